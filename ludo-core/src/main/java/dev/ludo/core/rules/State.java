package dev.ludo.core.rules;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that a moment of a game is.
 *
 * @param rows the pieces of each seat, as a {@link Row}
 * @param turnStart only there under {@link RuleSet.SixLimitRule#REVERT_TURN} and until the game ends
 * @param legalMoves follows from the rest; empty unless a move is awaited
 * @param turn the seat to act, or −1 once the game has ended
 * @param dice the die that awaits its move, or 0
 */
record State(
        Seating seating,
        PerSeat rows,
        Standing standing,
        @Nullable TurnStart turnStart,
        List<LegalMove> legalMoves,
        byte turn,
        byte dice,
        int sixes,
        int pendingRolls,
        int turnNumber) {

    boolean isOver() {
        return turn < 0;
    }

    List<PlayerId> ranking() {
        return Ranking.of(seating, rows, standing, turn);
    }

    Seat seat(PlayerId who, int seat) {
        int place = standing.finished().indexOf(who);
        return new Seat(
                who,
                Color.ofSeat(seat),
                standing.isActive(seat) ? SeatStatus.ACTIVE : place < 0 ? SeatStatus.LEFT : SeatStatus.FINISHED,
                place < 0 ? OptionalInt.empty() : OptionalInt.of(place + 1),
                standing.captures().at(seat),
                standing.missed().at(seat));
    }

    /** The turn and every player's pieces, for people to read. */
    @Override
    public String toString() {
        String act = isOver()
                ? "ended, ranking " + ranking()
                : seating.describe(turn) + (dice == 0 ? " to roll" : " to move by " + dice);
        return "turn " + turnNumber + ": " + act + "; "
                + seating.seatsClockwise().map(this::describe).collect(Collectors.joining(", "));
    }

    private String describe(int seat) {
        String status = seat(seating.player(seat), seat).status().name().toLowerCase(Locale.ROOT);
        return Color.ofSeat(seat).word() + " " + Row.describe(rows.at(seat))
                + (standing.isActive(seat) ? "" : " " + status);
    }
}
