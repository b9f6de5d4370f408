package dev.ludo.core.rules;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.rules.RuleSet.BonusStacking;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A situation being set up, and the checks that it can arise. */
final class Situation {
    private final Seating seating;
    private PerSeat rows;
    private PerSeat captures = PerSeat.ZERO;
    private PerSeat missed = PerSeat.ZERO;
    private @Nullable TurnStart turnStart;
    private int turn = -1;
    private int dice;

    int sixes;
    int pendingRolls;
    int turnNumber = 1;
    List<PlayerId> finished = List.of();
    List<PlayerId> left = List.of();

    Situation(Seating seating) {
        this.seating = seating;
        this.rows = new Play(seating).rows;
    }

    void place(Color color, int... progress) {
        require(progress.length == 4, "progress of " + color.word() + " must be 4 numbers, was " + progress.length);
        for (int piece = 0; piece < 4; piece++) {
            place(color, piece, progress[piece]);
        }
    }

    void place(Color color, int piece, int progress) {
        require(
                color != Color.UNKNOWN && seating.owner(color.seat()).isPresent(),
                "color must be one in this game, was " + color.word());
        require(piece >= 0 && piece < 4, "piece must be 0..3, was " + piece);
        require(
                progress >= Board.YARD && progress <= Board.HOME,
                "progress of " + color.word() + "-" + piece + " must be 0..57, was " + progress);
        rows = rows.with(color.seat(), Row.with(rows.at(color.seat()), piece, progress));
    }

    void turn(PlayerId who) {
        turn = seat(who, "turn");
    }

    void dice(int value) {
        require(value >= 0 && value <= 6, "dice must be 1..6, or 0 for none, was " + value);
        dice = value;
    }

    void captures(PlayerId who, int count) {
        require(count >= 0, "captures of " + who + " must not be negative, was " + count);
        captures = captures.with(seat(who, "captures"), count);
    }

    void missed(PlayerId who, int count) {
        require(count >= 0, "missedTurns of " + who + " must not be negative, was " + count);
        missed = missed.with(seat(who, "missedTurns"), count);
    }

    void turnStart(Game then) {
        require(
                then.players().equals(seating.players) && then.rules().equals(seating.rules),
                "turnStart must be a game of " + seating.players + " by the same rules, was one of " + then.players());
        turnStart = new TurnStart(then.state.rows(), then.state.standing().captures());
    }

    Play play() {
        Play play = new Play(seating);
        play.rows = rows;
        play.standing = new Standing(captures, missed, checkStatuses(), finished, left);
        checkMissed();
        require(turnNumber >= 1, "turnNumber must be at least 1, was " + turnNumber);
        play.turnNumber = turnNumber;
        boolean over = play.standing.countActive() <= 1
                || (!finished.isEmpty() && seating.rules.endCondition() == EndCondition.FIRST_WINNER);
        if (over) {
            checkEnded();
            play.stop();
        } else {
            goOn(play);
        }
        return play;
    }

    private void goOn(Play play) {
        require(
                turn < 0 || play.standing.isActive(turn),
                "turn must be that of a player who still plays, was that of " + owner(turn));
        play.beginTurn(turn >= 0 ? turn : Seating.next(play.standing.active(), 3));
        checkSixes();
        require(
                pendingRolls == 0 || (pendingRolls > 0 && seating.rules.bonusStacking() == BonusStacking.ACCUMULATE),
                "pendingRolls must be 0, or more where rolls accumulate, was " + pendingRolls);
        play.sixes = sixes;
        play.pendingRolls = pendingRolls;
        if (play.turnStart != null && turnStart != null) {
            play.turnStart = turnStart;
        }
        if (dice != 0) {
            play.dice = (byte) dice;
            play.legalMoves = seating.moveRules.legalMoves(rows, captures.at(play.turn), play.turn, dice);
            require(
                    !play.legalMoves.isEmpty(),
                    "dice must be one by which " + seating.player(play.turn) + " can move, was " + dice);
        }
    }

    /** The seats that still play. */
    private int checkStatuses() {
        int active = seating.taken();
        Set<PlayerId> seen = new HashSet<>();
        for (PlayerId who : finished) {
            int seat = seat(who, "finished");
            require(seen.add(who), "finished must name a player once, was " + finished);
            require(
                    home(seat) >= seating.rules.tokensToWin(),
                    "finished must name players with " + seating.rules.tokensToWin() + " pieces home, but " + who
                            + " has " + home(seat));
            active &= ~(1 << seat);
        }
        for (PlayerId who : left) {
            int seat = seat(who, "left");
            require(seen.add(who), "left must name a player once and none who has finished, was " + left);
            active &= ~(1 << seat);
        }
        for (PlayerId who : seating.players) {
            int seat = seating.seat(who);
            require(
                    finished.contains(who) || home(seat) < seating.rules.tokensToWin(),
                    "finished must name " + who + ", who has " + home(seat) + " pieces home");
        }
        require(
                seating.rules.endCondition() == EndCondition.PLAY_ON || finished.size() <= 1,
                "finished must name one player where the first one ends the game, was " + finished);
        require(active != 0, "finished and left must leave a player out, were " + finished + " and " + left);
        return active;
    }

    private void checkMissed() {
        int limit = seating.rules.maxMissedTurns();
        for (PlayerId who : seating.players) {
            int count = missed.at(seating.seat(who));
            int max = left.contains(who) ? limit : limit - 1;
            require(limit == 0 || count <= max, "missedTurns of " + who + " must be 0.." + max + ", was " + count);
        }
    }

    private void checkEnded() {
        require(turn < 0, "turn must not be set once the game has ended, was that of " + owner(turn));
        require(dice == 0, "dice must not be set once the game has ended, was " + dice);
    }

    private void checkSixes() {
        int limit = seating.rules.sixLimit();
        boolean last = dice == 6 && seating.rules.sixLimitRule() == SixLimitRule.PLAY_LAST;
        require(
                sixes >= 0 && (limit == 0 || sixes < limit || (last && sixes == limit)),
                "sixes must be " + (limit == 0 ? "0 or more" : "0.." + (last ? limit : limit - 1)) + ", was " + sixes);
    }

    private String owner(int seat) {
        return seating.players.stream()
                .filter(who -> seating.seat(who) == seat)
                .map(PlayerId::value)
                .findFirst()
                .orElse("nobody");
    }

    private int home(int seat) {
        return Row.count(rows.at(seat), Board.HOME);
    }

    private int seat(PlayerId who, String field) {
        int seat = seating.seat(who);
        require(seat >= 0, field + " must name a player of this game, was " + who);
        return seat;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
