package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.client.realtime.ConnectionEvent.Reconnecting;
import dev.ludo.client.realtime.ConnectionEvent.Resumed;
import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection does when its socket ends, against an API that does what the test says. Waits take no time. */
class ReconnectTest extends PeerTest {
    private static final Move MOVE = new Move(PieceId.of(Color.RED, 0), Position.of(7));

    private final List<Duration> waits = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    ReconnectTest() throws IOException {}

    @Override
    RoomSocketsBuilder settings() {
        return super.settings().nanoTime(now::get).sleeper(waits::add);
    }

    private RoomConnection join() {
        return sockets.join(ROOM, TOKEN)
                .onAny(m -> told.add(
                        m.event().type() + m.at().map(at -> " " + at.seq()).orElse("")))
                .onUnreadable(e -> told.add("unreadable"))
                .onConnection(Reconnecting.class, e -> told.add("reconnecting " + e.attempt()))
                .onConnection(Resumed.class, e -> told.add("resumed " + place(e.from()) + " to " + place(e.to())))
                .onConnection(
                        Resynced.class,
                        e -> told.add("resynced " + place(e.from()) + " to " + place(e.to())
                                + e.state()
                                        .map(state -> " with " + state.gameId())
                                        .orElse("")))
                .onConnection(Closed.class, e -> told.add("closed " + e.code() + ' ' + e.by() + ' ' + e.reason()));
    }

    private static String place(Sequence at) {
        return at.epoch() + ':' + at.seq();
    }

    private static String place(Optional<Sequence> at) {
        return at.map(ReconnectTest::place).orElse("-");
    }

    @Override
    Peer open(RoomConnection connection) {
        Peer peer = super.open(connection);
        assertThat(told(), is("room:joined"));
        return peer;
    }

    private static String state(String turn, int position) {
        return "{\"gameId\":\"g1\",\"roomCode\":\"K7Q2MX\",\"status\":\"playing\",\"seq\":9,\"epoch\":\"e1\"," + turn
                + "\"players\":[{\"playerId\":\"p1\",\"playerName\":\"Ann\",\"color\":\"red\",\"pieces\":"
                + "[{\"pieceId\":\"red-0\",\"position\":" + position + "}]}]}";
    }

    @Test
    void whatWasMissedIsDeliveredOnceAndInOrder() {
        RoomConnection connection = join();
        Peer first = open(connection);
        first.roll(5);
        first.roll(6);
        assertThat(told(2), is(List.of("game:dice-rolled 5", "game:dice-rolled 6")));
        assertThat(connection.status(), is(ConnectionStatus.JOINED));
        first.cut();
        Peer second = server.peer();
        JsonObject join = second.expect("room:join");
        assertThat(join.getInt("lastSeq"), is(6));
        assertThat(join.getString("epoch"), is("e1"));
        assertThat(join.getString("playerToken"), is(TOKEN.reveal()));
        assertThat(connection.status(), is(ConnectionStatus.CONNECTING));
        second.rejoined(true, 8, "e1", "");
        for (int seq = 5; seq <= 9; seq++) {
            second.roll(seq);
        }
        assertThat(
                told(5),
                is(List.of(
                        "reconnecting 1",
                        "resumed e1:6 to e1:8",
                        "game:dice-rolled 7",
                        "game:dice-rolled 8",
                        "game:dice-rolled 9")));
    }

    @Test
    void whoHasSeenNothingYetMissesNothingEither() {
        FutureTask<RoomEvent.RoomJoined> opened = async(join()::open);
        Peer first = server.peer();
        first.expect("room:join");
        first.rejoined(false, 0, "e1", "");
        await(opened);
        assertThat(told(), is("room:joined"));
        first.cut();
        Peer second = server.peer();
        JsonObject join = second.expect("room:join");
        assertThat(join.getInt("lastSeq"), is(0));
        assertThat(join.getString("epoch"), is("e1"));
        second.rejoined(true, 2, "e1", "");
        second.roll(1);
        second.roll(2);
        assertThat(
                told(4),
                is(List.of("reconnecting 1", "resumed e1:0 to e1:2", "game:dice-rolled 1", "game:dice-rolled 2")));
    }

    @ParameterizedTest
    @CsvSource({
        "false, 8, e1, resynced e1:4 to e1:8",
        "false, 3, e1, resynced e1:4 to e1:3",
        "false, 2, e2, resynced e1:4 to e2:2",
        "true, 9, e2, resynced e1:4 to e2:9",
        "true, 3, e1, resynced e1:4 to e1:3",
        "false, 0, e2, resynced e1:4 to e2:0",
        "false, 4, e1, resumed e1:4 to e1:4"
    })
    void whatCannotBeResumedIsToldWithTheState(boolean resumed, int seq, String epoch, String expected) {
        Peer first = open(join());
        first.cut();
        Peer second = server.peer();
        second.expect("room:join");
        second.rejoined(resumed, seq, epoch, ",\"state\":" + state("", 3));
        second.roll(seq + 1);
        assertThat(told(), is("reconnecting 1"));
        assertThat(told(), is(expected.startsWith("resumed") ? expected : expected + " with g1"));
        assertThat(told(), is("game:dice-rolled " + (seq + 1)));
    }

    @Test
    void theWholeGameIsToldWhereverTheApiTellsIt() {
        RoomConnection connection = sockets.join(ROOM, TOKEN)
                .onState(game -> told.add("at "
                        + game.players()
                                .getFirst()
                                .pieces()
                                .getFirst()
                                .position()
                                .value()))
                .on(RoomEvent.DiceRolled.class, e -> told.add("rolled"));
        FutureTask<RoomEvent.RoomJoined> opened = async(connection::open);
        Peer first = server.peer();
        first.expect("room:join");
        first.rejoined(false, 4, "e1", ",\"state\":" + state("", 1));
        await(opened);
        first.roll(5);
        first.say("{\"type\":\"game:started\",\"seq\":6,\"data\":{\"gameId\":\"g1\",\"state\":" + state("", 2) + "}}");
        first.say("{\"type\":\"game:state\",\"data\":" + state("", 3) + "}");
        first.cut();
        Peer second = server.peer();
        second.expect("room:join");
        second.rejoined(false, 9, "e1", ",\"state\":" + state("", 4));
        second.roll(10);
        assertThat(told(6), is(List.of("at 1", "rolled", "at 2", "at 3", "at 4", "rolled")));
    }

    @Test
    void aGapIsClosedByAnotherSocket() {
        Peer first = open(join());
        first.roll(5);
        first.roll(7);
        first.roll(8);
        Peer second = server.peer();
        assertThat(second.expect("room:join").getInt("lastSeq"), is(5));
        second.rejoined(true, 8, "e1", "");
        second.roll(6);
        second.roll(7);
        second.roll(8);
        assertThat(
                told(6),
                is(List.of(
                        "game:dice-rolled 5",
                        "reconnecting 1",
                        "resumed e1:5 to e1:8",
                        "game:dice-rolled 6",
                        "game:dice-rolled 7",
                        "game:dice-rolled 8")));
    }

    @Test
    void aGapThatStaysIsClosedByTheState() {
        Peer first = open(join());
        first.roll(6);
        Peer second = server.peer();
        assertThat(second.expect("room:join").getInt("lastSeq"), is(4));
        second.rejoined(true, 6, "e1", "");
        second.roll(6);
        Peer third = server.peer();
        assertThat(third.expect("room:join").containsKey("lastSeq"), is(false));
        third.rejoined(false, 6, "e1", ",\"state\":" + state("", 3));
        third.roll(7);
        assertThat(
                told(5),
                is(List.of(
                        "reconnecting 1",
                        "resumed e1:4 to e1:6",
                        "reconnecting 2",
                        "resynced e1:4 to e1:6 with g1",
                        "game:dice-rolled 7")));
    }

    @Test
    void anUnreadableBroadcastIsNoGap() {
        Peer peer = open(join());
        peer.say("{\"type\":\"game:dice-rolled\",\"seq\":5,\"data\":{\"value\":7}}");
        peer.roll(6);
        assertThat(told(2), is(List.of("unreadable", "game:dice-rolled 6")));
    }

    @Test
    void aBinaryMessageIsReportedAsUnreadable() {
        Peer peer = open(join());
        peer.write(new byte[] {(byte) 0x82, 1, 7});
        peer.roll(5);
        assertThat(told(2), is(List.of("unreadable", "game:dice-rolled 5")));
        for (int i = 0; i <= MessageReader.MAX_UNREADABLE; i++) {
            peer.write(new byte[] {(byte) 0x82, 1, 7});
        }
        told(MessageReader.MAX_UNREADABLE + 1);
        assertThat(told(), is("closed 4400 CLIENT more than 10 messages in a row could not be read"));
    }

    private void joinUnnumbered(Function<GameId, GameState> states) {
        sockets.close();
        sockets = settings().states(states).build();
        FutureTask<RoomEvent.RoomJoined> opened = async(join()::open);
        Peer first = server.peer();
        first.expect("room:join");
        first.say("{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2MX\",\"room\":{\"code\":\"K7Q2MX\","
                + "\"status\":\"playing\",\"playerCount\":2,\"maxPlayers\":2,\"gameId\":\"g1\"}}}");
        await(opened);
        first.say("{\"type\":\"game:dice-rolled\",\"data\":{\"value\":2}}");
        assertThat(told(2), is(List.of("room:joined", "game:dice-rolled")));
        first.cut();
    }

    @Test
    void anApiThatDoesNotNumberIsAskedForTheState() {
        AtomicInteger asked = new AtomicInteger();
        joinUnnumbered(game -> {
            if (asked.incrementAndGet() == 1) {
                throw new TransportException("GET", "/games/g1/state", "failed", null);
            }
            return LudoJson.read(state("", 3).getBytes(StandardCharsets.UTF_8), GameState.class);
        });
        for (int i = 0; i < 2; i++) { // the first time the state is not to be had
            Peer next = server.peer();
            assertThat(next.expect("room:join").containsKey("lastSeq"), is(false));
            next.say("{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2MX\"}}");
            next.say("{\"type\":\"game:dice-rolled\",\"data\":{\"value\":3}}");
        }
        assertThat(
                told(4),
                is(List.of("reconnecting 1", "reconnecting 2", "resynced - to - with g1", "game:dice-rolled")));
    }

    @Test
    void aGameThatIsGoneIsNoReasonToStayAway() {
        joinUnnumbered(game -> {
            throw new RejectedException(
                    "GET", "/games/g1/state", 404, new Failure(null, null, null, Optional.empty()), Optional.empty());
        });
        Peer next = server.peer();
        next.expect("room:join");
        next.say("{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2MX\"}}");
        assertThat(told(2), is(List.of("reconnecting 1", "resynced - to -")));
    }

    @Test
    void anApiThatAnswersAJoinWithNothingButEventsIsUnderstood() {
        FutureTask<RoomEvent.RoomJoined> opened = async(join()::open);
        Peer peer = server.peer();
        peer.expect("room:join");
        peer.say("{\"type\":\"game:dice-rolled\",\"data\":{\"value\":2}}");
        assertThat(await(opened).roomCode(), is(ROOM));
        assertThat(told(2), is(List.of("room:joined", "game:dice-rolled")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1011, 1012, 1013, 1014, 4408, 4410, 4429, 1005})
    void theCodesOfThoseWhoWantUsBackBringUsBack(int code) {
        Peer first = open(join());
        first.close(code, "");
        assertThat(told(), is("reconnecting 1"));
        server.peer().expect("room:join");
    }

    @Test
    void aPeerThatDoesNotHangUpAfterItsCloseKeepsNobodyWaiting() {
        Peer first = open(join()); // time stands still, so nobody ends its closing handshake
        first.ignoreAll();
        first.close(1001, "restart");
        assertThat(told(), is("reconnecting 1"));
        Peer second = server.peer();
        second.expect("room:join");
        second.rejoined(true, 4, "e1", "");
        second.roll(5);
        assertThat(told(2), is(List.of("resumed e1:4 to e1:4", "game:dice-rolled 5")));
        assertThat(first.end.isDone(), is(false));
        first.cut();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1002, 1003, 1007, 1008, 1009, 3000, 4400, 4401, 4403, 4404, 4409, 4999})
    void everyOtherCodeEndsIt(int code) {
        Peer first = open(join());
        first.close(code, "so");
        assertThat(told(), is("closed " + code + " API so"));
        assertThat(server.hasNoPeer(), is(true));
    }

    @Test
    void anAttemptThatLedToNothingIsFollowedByALongerWaitUntilItGivesUp() throws IOException {
        RoomConnection connection = join();
        Peer first = open(connection);
        first.roll(5);
        server.close();
        assertThat(told(), is("game:dice-rolled 5"));
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(told(), is("reconnecting " + attempt));
        }
        assertThat(told(), containsString("closed 1006 NOBODY gave up after 5 attempts: "));
        assertThat(connection.status(), is(ConnectionStatus.CLOSED));
        for (int i = 0; i < 5; i++) {
            assertThat(waits.get(i).toMillis() <= 500L << i, is(true));
        }
        assertThrows(CommandNotSentException.class, connection::roll);
    }

    @Test
    void withoutALimitItNeverGivesUp() throws IOException {
        sockets = settings()
                .handshakeTimeout(Duration.ofMillis(50))
                .reconnects(ReconnectPolicy.DEFAULT.unlimited())
                .build();
        open(join());
        server.close();
        for (int attempt = 1; attempt <= 20; attempt++) {
            assertThat(told(), is("reconnecting " + attempt));
        }
    }

    @Test
    void aHandshakeThatIsRefusedForGoodEndsItAndOneForNowWaitsAsLongAsItSays() {
        Peer first = open(join());
        server.answerNext("HTTP/1.1 503 Unavailable|Retry-After: 77|Content-Length: 0||");
        server.answerNext("HTTP/1.1 302 Found|Location: http://login.example/|Content-Length: 0||");
        server.answerNext("HTTP/1.1 401 Unauthorized|Content-Length: 0||");
        first.cut();
        assertThat(told(3), is(List.of("reconnecting 1", "reconnecting 2", "reconnecting 3")));
        assertThat(told(), containsString("closed 1006 NOBODY GET /ws was rejected (HTTP 401)"));
        assertThat(waits.get(1), is(Duration.ofSeconds(77)));
    }

    @ParameterizedTest
    @CsvSource({"ROOM_CLOSED, closed 1000", "FORBIDDEN, closed 4403", "UNAVAILABLE, reconnecting 2"})
    void aRefusalInPlaceOfTheJoinIsAsGoodAsAClose(String code, String expected) {
        Peer first = open(join());
        first.cut();
        Peer second = server.peer();
        second.expect("room:join");
        second.say("{\"type\":\"error\",\"data\":{\"code\":\"" + code + "\",\"message\":\"no\"}}");
        assertThat(told(), is("reconnecting 1"));
        assertThat(told(), containsString(expected));
    }

    @Test
    void aJoinThatIsNotAnsweredIsAFailedAttempt() {
        sockets = settings().commandTimeout(Duration.ofMillis(200)).build();
        Peer first = open(join());
        first.cut();
        server.peer().expect("room:join");
        assertThat(told(2), is(List.of("reconnecting 1", "reconnecting 2")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | {\"type\":\"game:dice-rolled\",\"seq\":5,\"data\":{\"value\":7}} | unreadable",
                "true  | {\"type\":\"error\",\"data\":{\"code\":\"UNAVAILABLE\",\"message\":\"sick\"}} | error",
                "true  | {\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2MX\",\"seq\":4,\"epoch\":\"e1\"}} | ",
                "true  | {\"type\":\"game:dice-rolled\",\"seq\":4,\"data\":{\"value\":2}} | ",
                "true  | {\"type\":\"proxy:reconnecting\",\"data\":{\"attempt\":1}} | proxy:reconnecting",
                "false | {\"type\":\"game:dice-rolled\",\"seq\":5,\"data\":{\"value\":2}} | game:dice-rolled 5",
                "false | {\"type\":\"game:state\",\"data\":{\"gameId\":\"g1\",\"roomCode\":\"K7Q2MX\",\"status\":\"playing\"}}"
                        + " | game:state",
                "false | {\"type\":\"pong\",\"data\":{}} | pong"
            })
    void failuresCountUntilSomethingUsefulHasComeAfterTheJoin(boolean counts, String message, @Nullable String tells) {
        Peer peer = open(join());
        peer.cut();
        assertThat(told(), is("reconnecting 1"));
        peer = server.peer();
        peer.expect("room:join");
        now.addAndGet(Duration.ofHours(1).toNanos()); // having been there for long does not count
        peer.rejoined(true, 4, "e1", "");
        assertThat(told(), is("resumed e1:4 to e1:4"));
        peer.say(message);
        if (tells != null) {
            assertThat(told(), is(tells));
        }
        peer.close(1011, "");
        assertThat(told(), is(counts ? "reconnecting 2" : "reconnecting 1"));
    }

    private FutureTask<RoomEvent.Ack> moveAndDrop(RoomConnection connection, Peer peer) {
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        peer.expect("game:move");
        peer.cut();
        return moved;
    }

    private static final String MOVED = "{\"type\":\"game:piece-moved\",\"seq\":5,\"data\":{\"pieceId\":\"red-0\","
            + "\"position\":7,\"playerId\":\"p1\",\"cause\":\"moved\"}}";

    @Test
    void aMoveThatTheReplayShowsWasMade() {
        RoomConnection connection = join();
        FutureTask<RoomEvent.Ack> moved = moveAndDrop(connection, open(connection));
        Peer second = server.peer();
        second.expect("room:join");
        second.rejoined(true, 5, "e1", "");
        second.say(MOVED);
        assertThat(await(moved).requestId().isPresent(), is(true));
    }

    @Test
    void aMoveThatWasToldBeforeTheDropWasMade() {
        RoomConnection connection = join();
        Peer first = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        first.expect("game:move");
        first.say(MOVED);
        assertThat(told(), is("game:piece-moved 5"));
        first.cut();
        await(moved);
    }

    @Test
    void aMoveThatTheReplayDoesNotShowWasNotMade() {
        RoomConnection connection = join();
        FutureTask<RoomEvent.Ack> moved = moveAndDrop(connection, open(connection));
        Peer second = server.peer();
        second.expect("room:join");
        second.rejoined(true, 5, "e1", "");
        second.roll(5);
        DisconnectedException lost = assertThrows(DisconnectedException.class, () -> await(moved));
        assertThat(lost.effect(), is(DisconnectedException.Effect.NONE));
        assertThat(lost.getMessage(), containsString("had no effect"));
    }

    @ParameterizedTest
    @CsvSource({"7, p2, roll, APPLIED", "3, p1, move, NONE", "3, p2, roll, UNKNOWN"})
    void aMoveIsLookedForInTheStateWhenThereIsNoReplay(int position, String player, String phase, String expected) {
        RoomConnection connection = join();
        FutureTask<RoomEvent.Ack> moved = moveAndDrop(connection, open(connection));
        Peer second = server.peer();
        second.expect("room:join");
        String turn =
                "\"turn\":{\"playerId\":\"" + player + "\",\"phase\":\"" + phase + "\",\"sixes\":0,\"number\":3},";
        second.rejoined(false, 9, "e1", ",\"state\":" + state(turn, position));
        if (expected.equals("APPLIED")) {
            await(moved);
        } else {
            DisconnectedException lost = assertThrows(DisconnectedException.class, () -> await(moved));
            assertThat(lost.effect().name(), is(expected));
        }
    }

    @Test
    void aMoveThatNobodyCanTellOfIsUnknownAndSoIsARoll() {
        RoomConnection connection = join();
        Peer first = open(connection);
        FutureTask<RoomEvent.Ack> rolled = async(connection::roll);
        first.expect("game:roll");
        FutureTask<RoomEvent.Ack> moved = moveAndDrop(connection, first);
        assertThat(
                assertThrows(DisconnectedException.class, () -> await(rolled)).effect(),
                is(DisconnectedException.Effect.UNKNOWN));
        Peer second = server.peer();
        second.expect("room:join");
        second.close(4404, "gone");
        assertThat(
                assertThrows(DisconnectedException.class, () -> await(moved)).effect(),
                is(DisconnectedException.Effect.UNKNOWN));
    }

    @Test
    void commandsAreRefusedWhileThereIsNoSocketAndCloseEndsTheWaiting() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        sockets = settings()
                .sleeper(howLong -> {
                    waiting.countDown();
                    new CountDownLatch(1).await();
                })
                .build();
        RoomConnection connection = join();
        Peer first = open(connection);
        first.cut();
        assertThat(waiting.await(20, TimeUnit.SECONDS), is(true));
        assertThat(connection.status(), is(ConnectionStatus.WAITING));
        CommandNotSentException no = assertThrows(CommandNotSentException.class, connection::roll);
        assertThat(no.getMessage(), containsString("lost and not joined again yet"));
        assertThat(told(), is("reconnecting 1"));
        connection.close();
        assertThat(told(), is("closed 1000 CLIENT "));
        assertThat(connection.status(), is(ConnectionStatus.CLOSED));
    }

    @Test
    void closeEndsAnAttemptToConnect() {
        RoomConnection connection = join();
        Peer first = open(connection);
        first.cut();
        Peer second = server.peer();
        second.expect("room:join");
        assertThat(told(), is("reconnecting 1"));
        connection.close();
        assertThat(told(), is("closed 1000 CLIENT "));
    }

    @Test
    void everythingCanBePulledInPlaceOfBeingTold() {
        RoomConnection connection = sockets.join(ROOM, TOKEN);
        RoomEvents events = connection.events();
        assertThrows(IllegalStateException.class, () -> connection.onAny(m -> {}));
        assertThrows(IllegalStateException.class, connection::events);
        FutureTask<RoomEvent.RoomJoined> opened = async(connection::open);
        Peer first = server.peer();
        first.expect("room:join");
        first.say(Peer.JOINED);
        await(opened);
        for (int seq = 5; seq <= 2 * Mailbox.CAPACITY; seq++) {
            first.roll(seq);
        }
        for (int seq = 4; seq <= 2 * Mailbox.CAPACITY; seq++) {
            assertThat(events.hasNext(), is(true));
            assertThat(events.next().getClass(), is((Object) RoomNotice.Received.class));
        }
        assertThat(events.poll(Duration.ofMillis(1)), is(Optional.empty()));
        first.cut();
        assertThat(events.next().getClass(), is((Object) Reconnecting.class));
        server.peer().close(4404, "");
        assertThat(events.poll(Duration.ofSeconds(20)).orElseThrow().getClass(), is((Object) Closed.class));
        assertThat(events.hasNext(), is(false));
        assertThrows(NoSuchElementException.class, events::next);
    }
}
