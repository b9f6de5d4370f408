package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckFeature.RATINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerStats;
import java.util.ArrayList;
import java.util.List;

/** What a game does to its players' stats and ratings. Section 1 of the contract, Shapes, rating. */
public abstract class RatingsTck extends TckSuite {
    /** For subclasses. */
    protected RatingsTck() {}

    /** All but the last leave, one by one; the stats of each, in joining order. */
    private List<PlayerStats> afterAllLeft(Table table) {
        List<Table.Seat> seats = table.seats();
        seats.subList(0, seats.size() - 1).forEach(seat -> table.tryLeave(seat).data(200));
        List<PlayerStats> stats = new ArrayList<>();
        for (Table.Seat seat : seats) {
            Player player = http().get("/players/" + seat.playerId()).as(200, Player.class);
            stats.add(player.stats().orElseThrow(() -> new AssertionError("stats must be there")));
        }
        return stats;
    }

    @TckCase(value = "1: Shapes, rating after a ranked game of two", needs = RATINGS)
    void aRankedGameOfTwoMovesTheRatingBySixteen() {
        assertEquals(
                List.of(new PlayerStats(1, 0, 0, 1184), new PlayerStats(1, 1, 0, 1216)),
                afterAllLeft(playing(2, GameMode.RANKED)));
    }

    @TckCase(value = "1: Shapes, rating after a ranked game of four", needs = RATINGS)
    void aRankedGameOfFourRatesEachPairOfPlayers() {
        assertEquals(
                List.of(1184, 1195, 1205, 1216),
                afterAllLeft(playing(4, GameMode.RANKED)).stream()
                        .map(PlayerStats::rating)
                        .toList());
    }

    @TckCase(value = "1: Shapes, rating: ranked games alone", needs = RATINGS)
    void otherGamesCountButAreNotRated() {
        assertEquals(
                List.of(new PlayerStats(1, 0, 0, 1200), new PlayerStats(1, 1, 0, 1200)),
                afterAllLeft(playing(2, GameMode.CLASSIC)));
    }
}
