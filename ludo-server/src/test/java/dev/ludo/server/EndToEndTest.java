package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.ApiRequest;
import dev.ludo.client.LudoClient;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.Turn;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.RuleSet;
import dev.ludo.core.rules.Step;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole games through proxy and fake, each player with their own tokens. A second engine follows: the moves, replayed
 * through the rules, must give at every step the state that the proxy reports.
 */
class EndToEndTest {
    private static final int ENOUGH_TURNS = 5_000;

    private FakeLudo fake;
    private LudoServer proxy;
    private Tap tap;
    private LudoClient client;

    @BeforeEach
    void start() throws IOException {
        fake = FakeLudo.builder().rateLimit(0).turnTime(Duration.ZERO).start();
        proxy = LudoServer.start(ProxyTest.config(fake));
        tap = Tap.before(proxy.port());
        // The proxy keeps the API's key; what its callers send in its place goes nowhere.
        client = LudoClient.builder()
                .baseUri(tap.uri())
                .apiKey("browsers-have-no-key")
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        tap.close();
        proxy.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource({"2, CLASSIC, 1", "3, QUICK, 2", "4, QUICK, 3", "4, RANKED, 4"})
    void aGameThroughTheProxyGoesAsTheRulesSay(int players, GameMode mode, long seed) {
        fake.reseed(seed);
        Map<PlayerId, Secret> seats = seat(client.rooms().create(new NewRoom(players, mode)), players);
        Room room = client.rooms().list(RoomStatus.PLAYING).getFirst();
        assertThat(room.playerCount(), is(players));
        GameId gameId = room.gameId().orElseThrow();

        SplittableRandom random = new SplittableRandom(seed);
        Game game = Game.start(RuleSet.of(mode), List.copyOf(seats.keySet())).game();
        GameState state = client.games().state(gameId);
        for (int turn = 0; state.status() == GameStatus.PLAYING; turn++) {
            assertThat("turns of one game", ENOUGH_TURNS, greaterThan(turn));
            assertSame(game, state);
            PlayerId acting = state.turn().orElseThrow().playerId();
            for (PlayerId other : seats.keySet()) {
                if (!other.equals(acting) && random.nextInt(40) == 0) {
                    assertCannotAct(gameId, seatOf(seats, other), state);
                }
            }
            Secret token = seatOf(seats, acting);
            RollResult roll = client.games().roll(gameId, token);
            Step rolled = game.roll(acting, roll.value());
            assertThat(roll.legalMoves(), is(rolled.game().legalMoves()));
            assertSame(rolled.game(), roll.state());
            game = rolled.game();
            state = roll.state();
            if (roll.legalMoves().isEmpty()) {
                continue;
            }
            LegalMove choice =
                    roll.legalMoves().get(random.nextInt(roll.legalMoves().size()));
            MoveResult moved = client.games().move(gameId, choice.asMove(), token);
            Step step = game.move(acting, choice.pieceId());
            assertThat(moved.events().stream().map(RoomMessage::event).toList(), is(step.events()));
            assertNumbered(moved);
            game = step.game();
            state = moved.state().orElseThrow();
        }
        assertSame(game, state);
        assertSame(game, client.games().state(gameId));
        assertThat(client.rooms().get(room.code()).status(), is(RoomStatus.ENDED));
        assertThat(
                client.players()
                        .get(state.winnerId().orElseThrow())
                        .stats()
                        .orElseThrow()
                        .gamesWon(),
                is(1));
    }

    private Map<PlayerId, Secret> seat(Room room, int players) {
        Map<PlayerId, Secret> seats = new LinkedHashMap<>();
        for (int i = 0; i < players; i++) {
            Registration player = client.players().register("Player " + (i + 1));
            assertThat(client.players().me(player.sessionToken()).playerId(), is(player.playerId()));
            Joined joined = client.rooms().join(room.code(), player.playerId(), player.sessionToken());
            assertThat(joined.playerId(), is(player.playerId()));
            seats.put(player.playerId(), joined.playerToken());
        }
        return seats;
    }

    private static Secret seatOf(Map<PlayerId, Secret> seats, PlayerId player) {
        return Objects.requireNonNull(seats.get(player), () -> player + " has no seat");
    }

    private void assertCannotAct(GameId gameId, Secret token, GameState state) {
        Piece any = state.players().getFirst().pieces().getFirst();
        Move move = new Move(any.pieceId(), dev.ludo.core.model.Position.of(0));
        assertThat(rejection(() -> client.games().roll(gameId, token)).code(), is(ErrorCode.NOT_YOUR_TURN));
        assertThat(rejection(() -> client.games().move(gameId, move, token)).code(), is(ErrorCode.NOT_YOUR_TURN));
    }

    private static void assertNumbered(MoveResult moved) {
        long expected = moved.state().orElseThrow().seq() - moved.events().size();
        for (RoomMessage message : moved.events()) {
            expected++;
            assertThat(message.at().orElseThrow().seq(), is(expected));
            assertThat(
                    message.at().orElseThrow().epoch(),
                    is(moved.state().orElseThrow().epoch()));
        }
    }

    private static void assertSame(Game game, GameState state) {
        assertThat(state.status(), is(game.isOver() ? GameStatus.ENDED : GameStatus.PLAYING));
        assertThat(state.ranking(), is(game.isOver() ? game.ranking() : List.of()));
        assertThat(state.winnerId().isPresent(), is(game.isOver()));
        List<PlayerId> ids = new ArrayList<>();
        for (GamePlayer player : state.players()) {
            ids.add(player.playerId());
            assertThat(player.color(), is(game.seat(player.playerId()).color()));
            assertThat(player.finishedRank(), is(game.seat(player.playerId()).finishedRank()));
            for (Piece piece : player.pieces()) {
                assertThat(piece.pieceId().toString(), piece.position(), is(game.position(piece.pieceId())));
            }
        }
        assertThat(ids, is(game.players()));
        if (!game.isOver()) {
            Turn turn = state.turn().orElseThrow();
            assertThat(turn.playerId(), is(game.currentPlayer().orElseThrow()));
            assertThat(turn.phase(), is(game.phase()));
            assertThat(turn.dice(), is(game.dice()));
            assertThat(turn.sixes(), is(game.sixes()));
            assertThat(turn.number(), is(game.turnNumber()));
        }
    }

    @Test
    void nobodyPlaysForSomebodyElse() {
        Room room = client.rooms().create(new NewRoom(2, GameMode.CLASSIC));
        Registration ann = client.players().register("Ann");
        Registration bob = client.players().register("Bob");
        RoomCode code = room.code();

        assertThat(
                "no session",
                rejection(() -> client.rooms().join(code, ann.playerId())).code(),
                is(ErrorCode.FORBIDDEN));
        assertThat(
                "another's session",
                rejection(() -> client.rooms().join(code, ann.playerId(), bob.sessionToken()))
                        .code(),
                is(ErrorCode.FORBIDDEN));
        Secret annsSeat =
                client.rooms().join(code, ann.playerId(), ann.sessionToken()).playerToken();
        Joined bobs = client.rooms().join(code, bob.playerId(), bob.sessionToken());
        Secret bobsSeat = bobs.playerToken();
        GameId gameId = bobs.room().gameId().orElseThrow();

        assertThat("no seat", rejection(() -> client.games().roll(gameId)).code(), is(ErrorCode.FORBIDDEN));
        assertThat(
                "a made-up seat",
                rejection(() -> client.games().roll(gameId, Secret.of("made-up-player-token")))
                        .code(),
                is(ErrorCode.FORBIDDEN));
        assertThat(
                "a session is no seat",
                rejection(() -> client.games().roll(gameId, ann.sessionToken())).code(),
                is(ErrorCode.FORBIDDEN));
        assertThat(
                "not the turn",
                rejection(() -> client.games().roll(gameId, bobsSeat)).code(),
                is(ErrorCode.NOT_YOUR_TURN));
        assertThat(
                "no seat to leave",
                rejection(() -> client.rooms().leave(code, Secret.of("made-up-player-token")))
                        .code(),
                is(ErrorCode.FORBIDDEN));
        assertThat(client.games().state(gameId).turn().orElseThrow().phase(), is(TurnPhase.ROLL));
        client.games().roll(gameId, annsSeat);
    }

    @Test
    void oneCallerCannotReplayTheAnswerOfAnother() {
        ApiRequest create = ApiRequest.post("/rooms").body(NewRoom.DEFAULT).idempotencyKey("the-same-key");
        String mine = new String(client.send(create).body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(client.send(create).header("Idempotent-Replayed").orElse("false"), is("true"));
        assertThat(new String(client.send(create).body(), java.nio.charset.StandardCharsets.UTF_8), is(mine));
        ApiRequest others = create.sessionToken(client.players().register("Eve").sessionToken());
        assertThat(client.send(others).header("Idempotent-Replayed").orElse("false"), is("false"));
    }

    @Test
    void aPlayerMayComeBackToTheirSeat() {
        Room room = client.rooms().create(new NewRoom(2, GameMode.CLASSIC));
        Registration ann = client.players().register("Ann");
        Registration bob = client.players().register("Bob");
        client.rooms().join(room.code(), ann.playerId(), ann.sessionToken());
        client.rooms().join(room.code(), bob.playerId(), bob.sessionToken());
        Joined again = client.rooms().join(room.code(), ann.playerId(), ann.sessionToken());
        assertThat(again.room().player(ann.playerId()).orElseThrow().color().orElseThrow(), is(Color.RED));
        GameId gameId = again.room().gameId().orElseThrow();
        client.games().roll(gameId, again.playerToken());
    }

    @Test
    void leavingEndsAGameOfTwo() {
        Room room = client.rooms().create(new NewRoom(2, GameMode.CLASSIC));
        Map<PlayerId, Secret> seats = seat(room, 2);
        PlayerId first = seats.keySet().iterator().next();
        client.rooms().leave(room.code(), seatOf(seats, first));
        GameId gameId = client.rooms().get(room.code()).gameId().orElseThrow();
        GameState state = client.games().state(gameId);
        assertThat(state.status(), is(GameStatus.ENDED));
        assertThat(state.ranking().getLast(), is(first));
    }

    private static RejectedException rejection(Runnable call) {
        return assertThrows(RejectedException.class, call::run);
    }
}
