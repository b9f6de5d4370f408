package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.rules.BotPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsTest extends WithFake {
    @Test
    void anEndedGameCountsOnceForAllWhoPlayed() {
        Room room = api.open(3, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        Api.Seated cid = api.seat(room, "Cid");
        leave(room, ann);
        assertThat("the game goes on", stats(ann.playerId()), is(new PlayerStats(0, 0, 0, 1200)));
        leave(room, bob);
        assertThat(stats(ann.playerId()), is(new PlayerStats(1, 0, 0, 1200)));
        assertThat(stats(bob.playerId()), is(new PlayerStats(1, 0, 0, 1200)));
        assertThat(stats(cid.playerId()), is(new PlayerStats(1, 1, 0, 1200)));
        leave(room, cid);
        assertThat(stats(cid.playerId()), is(new PlayerStats(1, 1, 0, 1200)));
    }

    @Test
    void aRankedGameChangesTheRatingsByPlace() {
        Room room = api.open(3, "ranked");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        Api.Seated cid = api.seat(room, "Cid");
        leave(room, ann);
        leave(room, bob);
        assertThat(stats(ann.playerId()).rating(), is(1200 - 16));
        assertThat(stats(bob.playerId()).rating(), is(1200));
        assertThat(stats(cid.playerId()).rating(), is(1200 + 16));
    }

    @Test
    void capturesAreCounted() throws InterruptedException {
        Room room = api.open(4, "classic");
        ludo.seatBots(room.code(), 4, BotPolicy.GREEDY, Duration.ZERO);
        ludo.awaitRoom(room.code(), r -> r.status() == RoomStatus.ENDED, SOON);
        GameState state = api.state(room);
        List<PlayerStats> all =
                state.players().stream().map(p -> stats(p.playerId())).toList();
        assertThat(all.stream().mapToInt(PlayerStats::captures).sum(), greaterThan(0));
        assertThat(all.stream().mapToInt(PlayerStats::gamesWon).sum(), is(1));
        assertThat(stats(state.winnerId().orElseThrow()).gamesWon(), is(1));
    }

    private PlayerStats stats(PlayerId id) {
        return api.get("players/" + id).as(Player.class).stats().orElseThrow();
    }

    private void leave(Room room, Api.Seated who) {
        api.post("rooms/" + room.code() + "/leave", "", who.header()).data();
    }

    @ParameterizedTest
    @CsvSource({"1200, 1200, 16, -16", "1400, 1200, 8, -8", "1200, 1400, 24, -24", "1200, 1300, 20, -20"})
    void twoPlayersExchangeWhatTheirRatingsLetOneExpect(int winner, int loser, int gain, int loss) {
        PlayerId first = PlayerId.of("first");
        PlayerId second = PlayerId.of("second");
        Map<PlayerId, Integer> changes = Elo.changes(List.of(first, second), id -> id.equals(first) ? winner : loser);
        assertThat(changes, is(Map.of(first, gain, second, loss)));
    }

    @Test
    void fourEqualPlayersAreMovedByTheirPlacesAlone() {
        List<PlayerId> ranking = List.of(PlayerId.of("a"), PlayerId.of("b"), PlayerId.of("c"), PlayerId.of("d"));
        // 32/3 · (wins − 1.5) for 3, 2, 1 and 0 wins
        assertThat(Elo.changes(ranking, id -> 1500).values().stream().toList(), is(List.of(16, 5, -5, -16)));
    }

    @Test
    void noRatingIsMadeFromNothing() {
        List<PlayerId> ranking = List.of(PlayerId.of("a"), PlayerId.of("b"), PlayerId.of("c"), PlayerId.of("d"));
        Map<PlayerId, Integer> ratings =
                Map.of(ranking.get(0), 1111, ranking.get(1), 1717, ranking.get(2), 1203, ranking.get(3), 1450);
        double sum = Elo.changes(ranking, id -> ratings.getOrDefault(id, 0)).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat("rounding of four numbers aside", sum, closeTo(0, 2));
    }
}
