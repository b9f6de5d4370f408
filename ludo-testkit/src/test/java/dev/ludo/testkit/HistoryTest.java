package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.json.Envelope;
import dev.ludo.core.model.AppliedMove;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.rules.BotPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest extends WithFake {
    private <T> Page<T> page(String path, Class<T> type) {
        return Envelope.readPage(api.get(path).body(), type);
    }

    private Page<GameSummary> games(PlayerId who, String query) {
        return page("players/" + who + "/games" + query, GameSummary.class);
    }

    private GameId play(Registration who) {
        Room room = ludo.openRoom(2, GameMode.CLASSIC);
        api.join(room, who.playerId());
        ludo.seat(room.code(), "Other");
        return api.room(room).gameId().orElseThrow();
    }

    @Test
    void aPlayersGamesComeLatestFirstPageByPage() {
        Registration ann = api.register("Ann");
        List<GameId> played = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            played.addFirst(play(ann));
        }
        List<GameId> seen = new ArrayList<>();
        Page<GameSummary> page = games(ann.playerId(), "?limit=2");
        assertThat(page.items().size(), is(2));
        play(ann); // what begins meanwhile moves nothing
        while (true) {
            page.items().forEach(game -> seen.add(game.gameId()));
            if (page.nextCursor().isEmpty()) {
                break;
            }
            page = games(ann.playerId(), "?limit=2&cursor=" + page.nextCursor().get());
        }
        assertThat(seen, is(played));
    }

    @Test
    void aPageHasTwentyUnlessAskedOtherwiseAndTheLastSaysSo() {
        Registration ann = api.register("Ann");
        for (int i = 0; i < 20; i++) {
            play(ann);
        }
        assertThat(games(ann.playerId(), "").items().size(), is(20));
        assertThat(games(ann.playerId(), "").nextCursor(), is(Optional.empty()));
        assertThat(Api.isNull(api.get("players/" + ann.playerId() + "/games").body(), "nextCursor"), is(true));
        play(ann);
        assertThat(games(ann.playerId(), "").nextCursor().isPresent(), is(true));
        assertThat(games(ann.playerId(), "?limit=100").items().size(), is(21));
        assertThat(games(api.register("Bob").playerId(), "").items(), is(List.of()));
    }

    @Test
    void aGameIsListedWhileItIsPlayedAndAsItEndedEvenWhenItsRoomIsForgotten() {
        Table table = ludo.gameAt(GameAt.players(2)
                .piece("red-0", 57)
                .piece("red-1", 57)
                .piece("red-2", 57)
                .piece("red-3", 55)
                .dice(2));
        PlayerId red = table.player(Color.RED).playerId();
        GameSummary playing = games(red, "").items().getFirst();
        assertThat(playing.status(), is(GameStatus.PLAYING));
        assertThat(playing.startedAt(), is(Optional.of(START)));
        assertThat(playing.endedAt(), is(Optional.empty()));
        ludo.advance(Duration.ofSeconds(5));
        api.tryMove(table.game(), "red-3", 57).data();
        GameSummary ended = new GameSummary(
                table.game().gameId(),
                table.room().code(),
                GameMode.CLASSIC,
                GameStatus.ENDED,
                List.of(
                        new GameSummary.Seat(red, "Player 1", Color.RED, OptionalInt.of(1)),
                        new GameSummary.Seat(
                                table.player(Color.YELLOW).playerId(), "Player 2", Color.YELLOW, OptionalInt.empty())),
                Optional.of(red),
                Optional.of(START),
                Optional.of(START.plusSeconds(5)));
        assertThat(games(red, "").items(), is(List.of(ended)));
        ludo.advance(Duration.ofMinutes(30));
        assertThat(api.get("games/" + ended.gameId() + "/state").outcome(), is("404 GAME_NOT_FOUND"));
        assertThat(games(table.player(Color.YELLOW).playerId(), "").items(), is(List.of(ended)));
    }

    @Test
    void botsGoWithTheirGamesAndOtherPlayersKeepTheirs() {
        Registration ann = api.register("Ann");
        Room room = ludo.openRoom(2, GameMode.CLASSIC);
        Api.Seated seat = new Api.Seated(
                ann.playerId(), api.join(room, ann.playerId()).playerToken().reveal());
        PlayerId bot = ludo.seatBots(room.code(), 1, BotPolicy.RANDOM, Duration.ZERO)
                .players()
                .getLast()
                .playerId();
        assertThat(games(bot, "").items().size(), is(1));
        api.post("rooms/" + room.code() + "/leave", "", seat.header()).data();
        ludo.advance(Duration.ofMinutes(12));
        assertThat(api.get("players/" + bot + "/games").outcome(), is("404 PLAYER_NOT_FOUND"));
        assertThat(games(ann.playerId(), "").items().size(), is(1));
    }

    @Test
    void soManyGamesAreKeptAndNoMore() {
        try (FakeLudo bounded = FakeLudo.builder().maxGames(2).start();
                Api calls = new Api(bounded)) {
            SeatedPlayer ann = bounded.gameAt(GameAt.players(2)).players().getFirst();
            String games = "players/" + ann.playerId() + "/games";
            bounded.gameAt(GameAt.players(2));
            assertThat(calls.get(games).list().size(), is(1));
            bounded.gameAt(GameAt.players(2));
            assertThat(calls.get(games).list().size(), is(0));
        }
    }

    @Test
    void theMovesOfAGameComeInTheirOrderPageByPage() throws InterruptedException {
        Room room = ludo.openRoom(2, GameMode.QUICK);
        ludo.seatBots(room.code(), 2, BotPolicy.GREEDY, Duration.ZERO);
        GameId game = ludo.awaitRoom(room.code(), r -> r.status() == RoomStatus.ENDED, SOON)
                .gameId()
                .orElseThrow();
        List<AppliedMove> all = new ArrayList<>();
        Page<AppliedMove> page = page("games/" + game + "/moves?limit=7", AppliedMove.class);
        while (page.nextCursor().isPresent()) {
            assertThat(page.items().size(), is(7));
            all.addAll(page.items());
            page = page(
                    "games/" + game + "/moves?limit=7&cursor="
                            + page.nextCursor().get(),
                    AppliedMove.class);
        }
        all.addAll(page.items());
        List<Long> numbers = all.stream().map(AppliedMove::seq).toList();
        assertThat(numbers, is(numbers.stream().sorted().distinct().toList()));
        // The moves explain where every piece stands in the end.
        ludo.game(game)
                .orElseThrow()
                .players()
                .forEach(player -> player.pieces().forEach(piece -> {
                    boolean startsOut = piece.pieceId().index() == 0; // in a quick game
                    Position last =
                            startsOut ? Position.atProgress(piece.pieceId().color(), 1) : Position.YARD;
                    for (AppliedMove move : all) {
                        if (move.pieceId().equals(piece.pieceId())) {
                            last = move.position();
                            assertThat(move.playerId(), is(player.playerId()));
                        } else if (move.captured().contains(piece.pieceId())) {
                            last = Position.YARD;
                        }
                    }
                    assertThat(piece.pieceId().toString(), piece.position(), is(last));
                }));
    }

    @Test
    void aMoveSaysWhatItDid() {
        Table table = ludo.gameAt(
                GameAt.players(2).piece("red-0", 18).piece("yellow-1", 20).dice(2));
        String moves = "games/" + table.game().gameId() + "/moves";
        assertThat(page(moves, AppliedMove.class).items(), is(List.of()));
        api.tryMove(table.game(), "red-0", 20).data();
        long seq = ludo.game(table.game().gameId()).orElseThrow().seq();
        assertThat(
                page(moves, AppliedMove.class).items(),
                is(List.of(new AppliedMove(
                        seq - 1,
                        table.player(Color.RED).playerId(),
                        PieceId.parse("red-0"),
                        Position.of(18),
                        Position.of(20),
                        2,
                        List.of(PieceId.parse("yellow-1")),
                        Optional.of(START)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=",
                "limit=-1",
                "limit=1e1",
                "limit=x",
                "cursor=",
                "cursor=x",
                "cursor=MQ"
            })
    void aBadParameterIsNamed(String query) {
        Table table = ludo.gameAt(GameAt.players(2));
        for (String path : List.of(
                "players/" + table.players().getFirst().playerId() + "/games",
                "games/" + table.game().gameId() + "/moves")) {
            Api.Reply reply = api.get(path + '?' + query);
            assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
            assertThat(reply.fields(), is(List.of(query.split("=", -1)[0])));
        }
    }

    @Test
    void whoOrWhatIsNotThereHasNoHistory() {
        assertThat(api.get("players/plr_nobody00/games").outcome(), is("404 PLAYER_NOT_FOUND"));
        assertThat(api.get("games/gam_nothing0/moves").outcome(), is("404 GAME_NOT_FOUND"));
        assertThat(
                api.get("players/" + api.register("Ann").playerId() + "/games", "X-Session-Token", "forged")
                        .outcome(),
                is("403 FORBIDDEN"));
    }
}
