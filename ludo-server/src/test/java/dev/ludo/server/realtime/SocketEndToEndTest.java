package dev.ludo.server.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.LudoClient;
import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.client.realtime.RoomConnection;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.Turn;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.RuleSet;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.Tap;
import dev.ludo.testkit.FakeLudo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole games through proxy and fake in which one player uses nothing but a socket and the other plays over REST. Both
 * players' sockets and a watcher's must have seen the same, without a gap, and the rules must explain it.
 */
@Timeout(120)
class SocketEndToEndTest {
    /** A socket and what it saw. */
    private static final class Seen implements AutoCloseable {
        final RoomConnection room;
        final List<RoomMessage> broadcasts = new CopyOnWriteArrayList<>();
        final CompletableFuture<RoomEvent.GameEnded> ended = new CompletableFuture<>();
        final CompletableFuture<Closed> closed = new CompletableFuture<>();

        Seen(RoomConnection room) {
            this.room = room.onAny(message -> {
                        if (message.at().isPresent()) {
                            broadcasts.add(message);
                        }
                    })
                    .on(RoomEvent.GameEnded.class, ended::complete)
                    .onConnection(Closed.class, closed::complete);
        }

        List<RoomMessage> sinceTheStart() {
            int start = 0;
            while (!(broadcasts.get(start).event() instanceof RoomEvent.GameStarted)) {
                start++;
            }
            return broadcasts.subList(start, broadcasts.size());
        }

        @Override
        public void close() {
            room.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"QUICK, 5", "CLASSIC, 6"})
    void everySocketSeesTheSameGameAndTheRulesExplainIt(GameMode mode, long seed) throws Exception {
        try (FakeLudo fake = FakeLudo.builder()
                        .rateLimit(0)
                        .turnTime(Duration.ZERO)
                        .seed(seed)
                        .start();
                LudoServer proxy = LudoServer.start(config(fake));
                Tap tap = Tap.before(proxy.port());
                LudoClient client = LudoClient.builder()
                        .baseUri(tap.uri())
                        .wsUri("ws://localhost:" + tap.uri().getPort() + "/ws/game/{code}")
                        .apiKey("browsers-have-no-key")
                        .build()) {
            Room room = client.rooms().create(new NewRoom(3, mode));
            RoomCode code = room.code();
            Registration ann = client.players().register("Ann");
            Registration ben = client.players().register("Ben");
            Secret annsSeat = client.rooms()
                    .join(code, ann.playerId(), ann.sessionToken())
                    .playerToken();
            Secret bensSeat = client.rooms()
                    .join(code, ben.playerId(), ben.sessionToken())
                    .playerToken();

            try (Seen anns = new Seen(client.join(code, annsSeat));
                    Seen bens = new Seen(client.join(code, bensSeat));
                    Seen watcher = new Seen(client.watch(code))) {
                playOverTheSocket(anns.room, ann.playerId(), new SplittableRandom(seed));
                playOverRest(client, bens.room, ben.playerId(), bensSeat, new SplittableRandom(seed + 1));
                assertThat(anns.room.open().playerId(), is(Optional.of(ann.playerId())));
                bens.room.open();
                assertThat(watcher.room.open().playerId(), is(Optional.empty()));

                client.rooms().start(code);
                for (Seen seen : List.of(anns, bens, watcher)) {
                    seen.ended.get(60, TimeUnit.SECONDS);
                }
                GameState end =
                        client.games().state(client.rooms().get(code).gameId().orElseThrow());
                fake.advance(Duration.ofSeconds(60));

                // All of them before any is compared with another: each hears of the end in its own time.
                for (Seen seen : List.of(anns, bens, watcher)) {
                    assertThat(seen.closed.get(20, TimeUnit.SECONDS).code(), is(1000));
                }
                for (Seen seen : List.of(anns, bens, watcher)) {
                    assertThat(seen.broadcasts.getLast().event().getClass(), is((Object) RoomEvent.RoomClosed.class));
                    assertNoGap(seen.broadcasts);
                    assertThat(seen.sinceTheStart(), is(watcher.sinceTheStart()));
                }
                assertExplained(watcher.sinceTheStart(), mode, List.of(ann.playerId(), ben.playerId()), end);
            }
            awaitNoSockets(proxy);
        }
    }

    private static ServerConfig config(FakeLudo fake) {
        ServerConfig config = ProxyTest.config(fake);
        SocketConfig sockets = config.sockets();
        return config.withSockets(sockets.withMessageLimit(0));
    }

    private static void playOverTheSocket(RoomConnection room, PlayerId me, SplittableRandom random) {
        room.on(RoomEvent.TurnChange.class, turn -> {
            // It may be told late: while the handler below was at work, the turn may have come back and been played.
            if (turn.currentPlayerId().equals(me) && rollsAgain(room.sync(), me)) {
                room.roll();
            }
        });
        room.on(RoomEvent.DiceRolled.class, rolled -> {
            if (rolled.playerId().equals(Optional.of(me))
                    && !rolled.legalMoves().isEmpty()) {
                room.move(choice(rolled.legalMoves(), random));
                if (rollsAgain(room.sync(), me)) {
                    room.roll();
                }
            }
        });
    }

    private static void playOverRest(
            LudoClient client, RoomConnection room, PlayerId me, Secret seat, SplittableRandom random) {
        room.on(RoomEvent.TurnChange.class, turn -> {
            GameState state = turn.currentPlayerId().equals(me) ? room.sync() : null;
            while (state != null && rollsAgain(state, me)) {
                RollResult rolled = client.games().roll(state.gameId(), seat);
                state = rolled.state();
                if (!rolled.legalMoves().isEmpty()) {
                    MoveResult moved = client.games().move(state.gameId(), choice(rolled.legalMoves(), random), seat);
                    state = moved.state().orElseThrow();
                }
            }
        });
    }

    private static boolean rollsAgain(GameState state, PlayerId me) {
        Optional<Turn> turn = state.turn();
        return state.status() == GameStatus.PLAYING
                && turn.isPresent()
                && turn.get().playerId().equals(me)
                && turn.get().phase() == TurnPhase.ROLL;
    }

    private static Move choice(List<LegalMove> moves, SplittableRandom random) {
        return moves.get(random.nextInt(moves.size())).asMove();
    }

    private static void assertNoGap(List<RoomMessage> broadcasts) {
        long expected = broadcasts.getFirst().at().orElseThrow().seq();
        for (RoomMessage message : broadcasts) {
            assertThat(message.at().orElseThrow().seq(), is(expected));
            expected++;
        }
    }

    private static void assertExplained(
            List<RoomMessage> messages, GameMode mode, List<PlayerId> players, GameState end) {
        Game game = Game.start(RuleSet.of(mode), players).game();
        Deque<RoomEvent> expected =
                new ArrayDeque<>(Game.start(RuleSet.of(mode), players).events());
        List<RoomEvent> events =
                new ArrayList<>(messages.stream().map(RoomMessage::event).toList());
        events.removeIf(e -> e instanceof RoomEvent.GameStarted
                || e instanceof RoomEvent.RoomClosed
                || e instanceof RoomEvent.PlayerConnection);
        for (RoomEvent event : events) {
            if (expected.isEmpty()) {
                var step = switch (event) {
                    case RoomEvent.DiceRolled rolled ->
                        game.roll(rolled.playerId().orElseThrow(), rolled.value());
                    case RoomEvent.PieceMoved moved
                    when moved.cause() == MoveCause.MOVED ->
                        game.move(moved.playerId().orElseThrow(), moved.pieceId());
                    default -> throw new AssertionError("the rules do not explain " + event);
                };
                game = step.game();
                expected.addAll(step.events());
            }
            assertThat(event, is(expected.remove()));
        }
        assertThat(expected.isEmpty(), is(true));
        assertThat(game.isOver(), is(true));
        assertThat(game.ranking(), is(end.ranking()));
        for (var player : end.players()) {
            for (var piece : player.pieces()) {
                assertThat(piece.position(), is(game.position(piece.pieceId())));
            }
        }
    }

    private static void awaitNoSockets(LudoServer proxy) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (proxy.openSockets() > 0) {
            assertThat("sockets still open: " + proxy.openSockets(), System.nanoTime() < deadline, is(true));
            Thread.onSpinWait();
        }
    }
}
