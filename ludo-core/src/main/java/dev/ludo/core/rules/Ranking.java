package dev.ludo.core.rules;

import dev.ludo.core.model.PlayerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order of the players: who has finished, then who still plays, then who has left. */
final class Ranking {
    private Ranking() {}

    /**
     * Ranks the players of a game.
     *
     * @param turn the seat to act, or −1
     */
    static List<PlayerId> of(Seating seating, PerSeat rows, Standing standing, int turn) {
        List<PlayerId> finished = standing.finished();
        int origin = finished.isEmpty() ? Math.max(turn, 0) : seating.seat(finished.getFirst());
        Comparator<Integer> byPieces = Comparator.comparingInt(seat -> -Row.count(rows.at(seat), Board.HOME));
        List<PlayerId> ranking = new ArrayList<>(finished);
        seating.seatsClockwise()
                .filter(standing::isActive)
                .sorted(byPieces.thenComparingInt(seat -> -Row.total(rows.at(seat)))
                        .thenComparingInt(seat -> (seat - origin) & 3))
                .map(seating::player)
                .forEach(ranking::add);
        ranking.addAll(standing.left().reversed());
        return List.copyOf(ranking);
    }
}
