package dev.ludo.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.LeaderboardEntry;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookId;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.core.rules.BotPolicy;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.GameAt;
import dev.ludo.testkit.Reply;
import dev.ludo.testkit.SeatedPlayer;
import dev.ludo.testkit.Table;
import dev.ludo.testkit.journal.Expected;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed calls against an API that keeps to the contract. */
class ResourcesTest {
    private static final int GAMES = 45;
    private static final int A_PAGE = 20;

    @AutoClose
    private FakeLudo ludo = FakeLudo.start();

    @AutoClose
    private LudoClient client = to(ludo);

    private static LudoClient to(FakeLudo ludo) {
        return LudoClient.builder()
                .baseUri(ludo.baseUri())
                .apiKey(ludo::apiKey)
                .retry(RetryConfig.NONE)
                .build();
    }

    @BeforeEach
    void nothingWasAsked() {
        ludo.journal().clear();
    }

    private int asked(String method, String path) {
        return ludo.journal().count(Expected.request(method, path));
    }

    private Room played(GameMode mode) throws InterruptedException {
        Room room = ludo.openRoom(2, mode);
        ludo.seatBots(room.code(), 2, BotPolicy.GREEDY, Duration.ZERO);
        return ludo.awaitRoom(room.code(), r -> r.status() == RoomStatus.ENDED, Duration.ofSeconds(30));
    }

    @Test
    void theLeaderboardHasTheBestOfAModeFirst() throws InterruptedException {
        assertThat(client.leaderboard().top(), is(List.of()));
        GameState ranked =
                ludo.game(played(GameMode.RANKED).gameId().orElseThrow()).orElseThrow();
        played(GameMode.QUICK);

        List<LeaderboardEntry> top = client.leaderboard().top();
        assertThat(top.stream().map(LeaderboardEntry::rank).toList(), is(List.of(1, 2)));
        assertThat(Optional.of(top.getFirst().playerId()), is(ranked.winnerId()));
        assertThat(top.getFirst().gamesWon(), is(1));
        assertThat(top.get(0).rating() > top.get(1).rating(), is(true));

        assertThat(client.leaderboard().top(GameMode.RANKED, 1), is(top.subList(0, 1)));
        assertThat(client.leaderboard().top(GameMode.QUICK, 100), hasSize(2));
        assertThat(client.leaderboard().top(GameMode.CLASSIC, 100), is(List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, -1})
    void aLimitThatTheApiDoesNotTakeIsNotSent(int limit) {
        assertThat(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> client.leaderboard().top(GameMode.RANKED, limit))
                        .getMessage(),
                is("limit must be 1 to 100, was " + limit));
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> PageRequest.FIRST.withLimit(limit))
                        .getMessage(),
                is("limit must be 1 to 100, was " + limit));
        assertThrows(IllegalArgumentException.class, () -> client.leaderboard().top(GameMode.UNKNOWN, 1));
        assertThat(ludo.journal().entries(), is(List.of()));
    }

    @Test
    void aWebhookIsMadeListedWithoutItsSecretAndEnded() {
        URI url = URI.create("http://127.0.0.1:9/hook?of=ludo");
        WebhookSubscription made = client.webhooks()
                .create(NewWebhook.to(url, WebhookEventType.GAME_ENDED, WebhookEventType.ROOM_CREATED));
        assertThat(made.url(), is(url));
        assertThat(made.events(), is(List.of(WebhookEventType.GAME_ENDED, WebhookEventType.ROOM_CREATED)));
        assertThat(made.secret().orElseThrow().reveal(), startsWith("whsec_"));
        WebhookSubscription other = client.webhooks().create(NewWebhook.to(url, WebhookEventType.ROOM_CLOSED));

        assertThat(client.webhooks().list(), is(List.of(made.withoutSecret(), other.withoutSecret())));

        client.webhooks().delete(made.id());
        assertThat(client.webhooks().list(), is(List.of(other.withoutSecret())));
        RejectedException again =
                assertThrows(RejectedException.class, () -> client.webhooks().delete(made.id()));
        assertThat(again.status(), is(404));
        assertThat(again.getMessage(), startsWith("DELETE /webhooks/" + made.id()));
        assertThrows(RejectedException.class, () -> client.webhooks().delete(WebhookId.of("whk_unknown")));
    }

    /** Somebody who has begun many games, each in a room of its own. */
    private PlayerId busyPlayer() {
        PlayerId ann = client.players().register("Ann").playerId();
        PlayerId ben = client.players().register("Ben").playerId();
        for (int i = 0; i < GAMES; i++) {
            Room room = client.rooms().create(new NewRoom(2, GameMode.QUICK));
            client.rooms().join(room.code(), ann);
            client.rooms().join(room.code(), ben);
        }
        return ann;
    }

    @Test
    void thePagesOfAPlayersGamesAreFetchedAsFarAsTheyAreRead() {
        PlayerId ann = busyPlayer();
        String path = "/v1/players/" + ann + "/games";
        Pages<GameSummary> games = client.players().games(ann);
        assertThat("asked for nothing yet", asked("GET", path), is(0));

        assertThat(games.stream().limit(3).toList(), hasSize(3));
        assertThat("one page for three games", asked("GET", path), is(1));

        Iterator<GameSummary> one = games.iterator();
        for (int i = 0; i < A_PAGE; i++) {
            one.next();
        }
        assertThat("one page for twenty games", asked("GET", path), is(2));
        one.next();
        assertThat("another for the next", asked("GET", path), is(3));

        List<GameSummary> all = games.stream().toList();
        assertThat(all, hasSize(GAMES));
        assertThat(new HashSet<>(all.stream().map(GameSummary::gameId).toList()), hasSize(GAMES));
        assertThat(all.getFirst().status(), is(GameStatus.PLAYING));
        assertThat(all.getFirst().players().getFirst().playerName(), is("Ann"));
        assertThat(games.pages().map(page -> page.items().size()).toList(), is(List.of(20, 20, 5)));
    }

    @Test
    void aSinglePageHasTheCursorOfTheNext() {
        PlayerId ann = busyPlayer();
        Page<GameSummary> first = client.players().games(ann, PageRequest.FIRST.withLimit(30));
        assertThat(first.items(), hasSize(30));
        Page<GameSummary> second = client.players()
                .games(ann, PageRequest.after(first.nextCursor().orElseThrow()).withLimit(30));
        assertThat(second.items(), hasSize(GAMES - 30));
        assertThat(second.nextCursor(), is(Optional.empty()));
        RejectedException e = assertThrows(
                RejectedException.class, () -> client.players().games(ann, PageRequest.after("no cursor")));
        assertThat(e.code(), is(ErrorCode.VALIDATION_FAILED));
        assertThat(e.details().getFirst().field(), is("cursor"));
    }

    @Test
    void thePlayersGamesOfNobodyAreRefusedWhenTheyAreRead() {
        Pages<GameSummary> games = client.players().games(PlayerId.of("plr_00000000"));
        RejectedException e = assertThrows(RejectedException.class, () -> games.forEach(game -> {}));
        assertThat(e.code(), is(ErrorCode.PLAYER_NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,a", "a,b,a", "a,b,c,b"})
    void cursorsThatGoRoundEndInAFailure(String cursors) {
        PlayerId ann = PlayerId.of("plr_00000000");
        String path = "/v1/players/" + ann + "/games";
        for (String cursor : cursors.split(",", -1)) {
            ludo.on("GET", path)
                    .respond(Reply.ok(List.of())
                            .withBody("{\"success\":true,\"data\":[],\"nextCursor\":\"" + cursor + "\"}"));
        }
        TransportException e = assertThrows(
                TransportException.class,
                () -> client.players().games(ann).pages().toList());
        assertThat(e.getMessage(), endsWith("/games was answered with the cursor of an earlier page"));
        assertThat("never asked twice for a page", asked("GET", path), is(cursors.split(",", -1).length));
    }

    @Test
    void aMoveSaysWhatItDid() {
        Table table = ludo.gameAt(GameAt.players(2).piece("red-0", 10).dice(3));
        SeatedPlayer red = table.player(Color.RED);
        MoveResult moved = client.games()
                .move(table.game().gameId(), new Move(PieceId.parse("red-0"), Position.of(13)), red.playerToken());
        assertThat(moved.events().size(), greaterThanOrEqualTo(1));
        assertThat(
                moved.state(), is(Optional.of(client.games().state(table.game().gameId()))));
    }

    /** What is attested of a move's answer is an envelope with an empty object: the move was made. */
    @Test
    void aMoveWhoseAnswerSaysNothingIsMadeAllTheSame() {
        try (FakeLudo less = FakeLudo.builder().attestedOnly().start();
                LudoClient to = to(less)) {
            Table table = less.gameAt(GameAt.players(2).piece("red-0", 10).dice(3));
            GameId game = table.game().gameId();
            Move move = new Move(PieceId.parse("red-0"), Position.of(13));
            assertThat(to.games().move(game, move, table.player(Color.RED).playerToken()), is(MoveResult.BARE));
            assertThat(
                    to.games()
                            .state(game)
                            .players()
                            .getFirst()
                            .pieces()
                            .getFirst()
                            .position(),
                    is(Position.of(13)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"success\":true}", "{\"success\":true,\"data\":null}", "{\"success\":true,\"data\":\"ok\"}"})
    void anySuccessOfAMoveIsASuccess(String body) {
        GameId game = GameId.of("gam_1");
        ludo.on("POST", "/v1/games/" + game + "/move").respond(Reply.status(200).withBody(body));
        assertThat(client.games().move(game, new Move(PieceId.parse("red-0"), Position.of(0))), is(MoveResult.BARE));
    }

    @Test
    void callsThatTheApiLacksAreRefusedByIt() {
        try (FakeLudo less = FakeLudo.builder().attestedOnly().start();
                LudoClient to = to(less)) {
            RejectedException e =
                    assertThrows(RejectedException.class, () -> to.leaderboard().top());
            assertThat(e.status(), is(404));
            assertThat(e.getMessage(), startsWith("GET /leaderboard"));
            PlayerId ann = to.players().register("Ann").playerId();
            assertThrows(
                    RejectedException.class,
                    () -> to.players().games(ann).stream().toList());
            assertThrows(RejectedException.class, () -> to.webhooks().list());
        }
    }
}
