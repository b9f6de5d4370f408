package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.LeaderboardEntry;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderboardTest extends WithFake {
    private List<LeaderboardEntry> leaderboard(String query) {
        return LudoJson.readList(api.get("leaderboard" + query).list(), LeaderboardEntry.class);
    }

    /** A game of two that the first one wins, because the second one leaves. */
    private void beat(Registration winner, Registration loser, GameMode mode) {
        Room room = ludo.openRoom(2, mode);
        api.join(room, winner.playerId());
        Api.Seated seat = new Api.Seated(
                loser.playerId(), api.join(room, loser.playerId()).playerToken().reveal());
        api.post("rooms/" + room.code() + "/leave", "", seat.header()).data();
    }

    private static LeaderboardEntry row(int rank, Registration who, int rating, int won) {
        return new LeaderboardEntry(rank, who.playerId(), who.playerName(), rating, won);
    }

    @Test
    void thoseWhoHavePlayedRankedStandByRatingAndThenByGamesWon() {
        Registration ann = api.register("Ann");
        Registration bob = api.register("Bob");
        Registration cid = api.register("Cid");
        api.register("Dan, who has not played");
        assertThat(leaderboard(""), is(List.of()));
        beat(ann, bob, GameMode.RANKED);
        assertThat(leaderboard(""), is(List.of(row(1, ann, 1216, 1), row(2, bob, 1184, 0))));
        beat(cid, ann, GameMode.CLASSIC);
        assertThat("a classic game changes no rating", leaderboard("").size(), is(2));
        assertThat(leaderboard("?mode=classic"), is(List.of(row(1, ann, 1216, 0), row(2, cid, 1200, 1))));
        assertThat(leaderboard("?mode=quick"), is(List.of()));
    }

    @Test
    void equalRatingsStandByGamesWonAndThenById() {
        List<Registration> winners = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            winners.add(api.register("Winner " + i));
            beat(winners.get(i), api.register("Loser " + i), GameMode.RANKED);
        }
        List<PlayerId> byId = winners.stream()
                .map(Registration::playerId)
                .sorted(Comparator.comparing(PlayerId::value))
                .toList();
        assertThat(
                leaderboard("?limit=4").stream().map(LeaderboardEntry::playerId).toList(), is(byId));
        assertThat(leaderboard("").size(), is(8));
        assertThat(leaderboard("?limit=1").size(), is(1));
    }

    @Test
    void theOneWhoWonMoreOfTheClassicGamesIsFirstAmongEquals() {
        Registration ann = api.register("Ann");
        Registration bob = api.register("Bob");
        Registration cid = api.register("Cid");
        beat(bob, ann, GameMode.CLASSIC);
        beat(cid, bob, GameMode.CLASSIC);
        beat(cid, ann, GameMode.CLASSIC);
        assertThat(
                leaderboard("?mode=classic"),
                is(List.of(row(1, cid, 1200, 2), row(2, bob, 1200, 1), row(3, ann, 1200, 0))));
    }

    @Test
    void whoHasItAlreadyIsToldSoUntilItChanges() {
        Api.Reply first = api.get("leaderboard");
        String tag = first.header("ETag").orElseThrow();
        assertThat(first.header("Cache-Control"), is(Optional.of("max-age=10")));
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Api.Reply again = api.get("leaderboard", "If-None-Match", known);
            assertThat(known, again.status(), is(304));
            assertThat(again.text(), is(""));
            assertThat(again.header("ETag"), is(Optional.of(tag)));
            assertThat(again.header("Cache-Control"), is(Optional.of("max-age=10")));
            assertThat(again.header("X-RateLimit-Limit").isPresent(), is(true));
        }
        assertThat(api.call("HEAD", "leaderboard", "", "If-None-Match", tag).status(), is(304));
        assertThat(api.get("leaderboard", "If-None-Match", "\"other\"").status(), is(200));
        beat(api.register("Ann"), api.register("Bob"), GameMode.RANKED);
        Api.Reply changed = api.get("leaderboard", "If-None-Match", tag);
        assertThat(changed.status(), is(200));
        assertThat(changed.header("ETag").equals(Optional.of(tag)), is(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=unknown", "mode=", "mode=Ranked", "limit=0", "limit=101", "limit=many"})
    void aBadParameterIsNamed(String query) {
        Api.Reply reply = api.get("leaderboard?" + query);
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of(query.split("=", -1)[0])));
    }

    @Test
    void fourPlayersAreRatedByTheirPlacesOnce() {
        Table table = ludo.gameAt(GameAt.players(4)
                .mode(GameMode.RANKED)
                .piece("red-0", 57)
                .piece("red-1", 57)
                .piece("red-2", 57)
                .piece("red-3", 55)
                .piece("green-0", 57)
                .dice(2));
        api.tryMove(table.game(), "red-3", 57).data();
        leave(table, Color.BLUE);
        leave(table, Color.YELLOW);
        assertThat(
                leaderboard("").stream().map(LeaderboardEntry::rating).toList(), is(List.of(1216, 1205, 1195, 1184)));
        assertThat(
                leaderboard("").stream().map(LeaderboardEntry::playerId).toList(),
                is(List.of(
                        table.player(Color.RED).playerId(),
                        table.player(Color.GREEN).playerId(),
                        table.player(Color.YELLOW).playerId(),
                        table.player(Color.BLUE).playerId())));
        leave(table, Color.GREEN);
        assertThat(leaderboard("").stream().mapToInt(LeaderboardEntry::rating).sum(), is(4800));
    }

    private void leave(Table table, Color color) {
        api.post(
                        "rooms/" + table.room().code() + "/leave",
                        "",
                        "X-Player-Token",
                        table.player(color).playerToken().reveal())
                .data();
    }
}
