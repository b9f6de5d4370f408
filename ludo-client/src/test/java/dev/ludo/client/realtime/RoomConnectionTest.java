package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.core.error.CommandException;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection to a room against an API that does what the test says. */
class RoomConnectionTest extends PeerTest {
    private static final String STATE =
            "{\"type\":\"game:state\",\"data\":{\"gameId\":\"g1\",\"roomCode\":\"K7Q2MX\",\"status\":\"active\",\"seq\":9,"
                    + "\"epoch\":\"e1\"}}";

    RoomConnectionTest() throws IOException {}

    private RoomConnection join() {
        return sockets.join(ROOM, TOKEN);
    }

    private RoomConnection tellAll(RoomConnection connection) {
        return connection
                .onAny(m -> told.add(m.event().type()))
                .onConnection(Closed.class, c -> told.add("closed " + c.code() + ' ' + c.by() + ' ' + c.reason()));
    }

    @Test
    void aHandshakeSaysWhatTheContractWantsAndTheJoinHasTheToken() throws InterruptedException {
        FutureTask<RoomEvent.RoomJoined> opened = async(() -> join().open());
        Peer peer = server.peer();
        String head = Objects.requireNonNull(server.requests.poll(20, TimeUnit.SECONDS));
        assertThat(head, containsString("GET /ws HTTP/1.1\r\n"));
        assertThat(PeerServer.header(head, "Authorization"), is("Bearer lk_test_secret_key"));
        assertThat(PeerServer.header(head, "Upgrade"), is("websocket"));
        assertThat(PeerServer.header(head, "Connection"), is("Upgrade"));
        assertThat(PeerServer.header(head, "Sec-WebSocket-Version"), is("13"));
        JsonObject join = peer.expect("room:join");
        assertThat(join.getString("playerToken"), is("pt_0123456789abcdef"));
        assertThat(join.getString("roomCode"), is("K7Q2MX"));
        assertThat(join.containsKey("lastSeq"), is(false));
        peer.say(Peer.JOINED);
        assertThat(await(opened).roomCode(), is(ROOM));
    }

    @Test
    void theRoomsCodeStandsInThePathWhereTheUriSaysSoAndASpectatorWatches() throws InterruptedException {
        try (RoomSockets proxied =
                server.sockets().uri(server.uri() + "/ws/game/{code}").build()) {
            FutureTask<RoomEvent.RoomJoined> opened =
                    async(() -> proxied.watch(ROOM).open());
            Peer peer = server.peer();
            assertThat(
                    Objects.requireNonNull(server.requests.poll(20, TimeUnit.SECONDS)),
                    containsString("GET /ws/game/K7Q2MX HTTP/1.1\r\n"));
            assertThat(peer.expect("room:watch").containsKey("playerToken"), is(false));
            peer.say(Peer.JOINED);
            await(opened);
        }
    }

    @Test
    void eventsComeInOrderAfterTheJoinWithTheirPlaceInTheHistory() {
        List<Optional<Sequence>> places = new ArrayList<>();
        RoomConnection connection = tellAll(join().onAny(m -> places.add(m.at())));
        Peer peer = open(connection);
        IntStream.rangeClosed(5, 1_000).forEach(peer::roll);
        peer.close(4409, "replaced");
        assertThat(told(), is("room:joined"));
        for (int i = 5; i <= 1_000; i++) {
            assertThat(told(), is("game:dice-rolled"));
        }
        assertThat(told(), is("closed 4409 API replaced"));
        assertThat(places.getFirst(), is(Optional.empty()));
        assertThat(
                places.stream().flatMap(Optional::stream).toList(),
                is(IntStream.rangeClosed(5, 1_000)
                        .mapToObj(seq -> new Sequence("e1", seq))
                        .toList()));
    }

    @Test
    void handlersAreCalledInTheOrderOfTheirRegistrationAndOneThatThrowsDisturbsNobody() {
        RoomConnection connection = join().on(RoomEvent.DiceRolled.class, e -> told.add("first"))
                .onAny(m -> {
                    throw new IllegalStateException("any");
                })
                .on(RoomEvent.DiceRolled.class, e -> {
                    throw new AssertionError("second");
                })
                .on(RoomEvent.TurnChange.class, e -> told.add("never"))
                .on(RoomEvent.DiceRolled.class, e -> told.add("third"))
                .onHandlerError(e -> told.add("error " + e.getMessage()))
                .onHandlerError(e -> {
                    throw new IllegalStateException("again");
                });
        Peer peer = open(connection);
        assertThat(told(), is("error any")); // of room:joined
        peer.roll(5);
        assertThat(List.of(told(), told(), told(), told()), is(List.of("first", "error any", "error second", "third")));
        peer.roll(6);
        assertThat(told(), is("first"));
    }

    @Test
    void handlersAreRegisteredBeforeOpeningAndAConnectionOpensOnce() {
        RoomConnection connection = join();
        open(connection);
        assertThrows(IllegalStateException.class, () -> connection.onAny(m -> {}));
        assertThrows(IllegalStateException.class, connection::open);
        connection.close();
        assertThrows(IllegalStateException.class, connection::open);
    }

    @Test
    void connectionsOfOneClientHearNothingOfEachOther() {
        Peer one = open(join().on(RoomEvent.DiceRolled.class, e -> told.add("one " + e.value())));
        Peer two = open(join().on(RoomEvent.DiceRolled.class, e -> told.add("two " + e.value())));
        two.roll(5);
        assertThat(told(), is("two 6"));
        one.roll(5);
        assertThat(told(), is("one 6"));
        two.cut();
        one.roll(6);
        assertThat(told(), is("one 1"));
    }

    @Test
    void theReadTimeoutOfTheHandshakeEndsWithIt() throws InterruptedException {
        Duration readTimeout = Duration.ofMillis(500);
        try (RoomSockets patient = server.sockets()
                .handshakeTimeout(readTimeout)
                .reconnects(ReconnectPolicy.never())
                .build()) {
            Peer peer = open(tellAll(patient.join(ROOM, TOKEN)));
            assertThat(told(), is("room:joined"));
            assertThat(told.poll(2 * readTimeout.toMillis(), TimeUnit.MILLISECONDS), is(nullValue()));
            peer.roll(5);
            assertThat(told(), is("game:dice-rolled"));
        }
    }

    @Test
    void commandsReturnTheirOwnAnswers() {
        RoomConnection connection = join();
        Peer peer = open(connection);
        FutureTask<RoomEvent.Ack> roll = async(connection::roll);
        JsonObject rolled = peer.expect("game:roll");
        FutureTask<RoomEvent.Ack> move =
                async(() -> connection.move(new Move(PieceId.of(Color.RED, 0), Position.of(0))));
        JsonObject moved = peer.expect("game:move");
        assertThat(moved.getString("pieceId"), is("red-0"));
        assertThat(moved.getInt("targetPosition"), is(0));
        peer.ack(moved);
        assertThat(await(move).requestId(), is(Optional.of(moved.getString("requestId"))));
        assertThat(roll.isDone(), is(false));
        peer.say("{\"type\":\"error\",\"data\":{\"code\":\"NOT_YOUR_TURN\",\"message\":\"wait\",\"requestId\":\""
                + rolled.getString("requestId") + "\"}}");
        CommandRejectedException no = assertThrows(CommandRejectedException.class, () -> await(roll));
        assertThat(no.code(), is(ErrorCode.NOT_YOUR_TURN));
        assertThat(no.getMessage(), is("game:roll was rejected: NOT_YOUR_TURN: wait"));
        FutureTask<Duration> ping = async(connection::ping);
        peer.say("{\"type\":\"pong\",\"data\":{\"requestId\":\""
                + peer.expect("ping").getString("requestId") + "\"}}");
        assertThat(await(ping).isNegative(), is(false));
    }

    @Test
    void syncGivesTheStateAndLeaveEndsTheConnection() {
        RoomConnection connection = tellAll(join());
        Peer peer = open(connection);
        FutureTask<Long> seq = async(() -> connection.sync().seq());
        peer.expect("state:sync");
        peer.say(STATE);
        assertThat(await(seq), is(9L));
        FutureTask<Boolean> refused = async(() -> connection.sync().epoch().isEmpty());
        peer.expect("state:sync");
        peer.say("{\"type\":\"error\",\"data\":{\"code\":\"GAME_NOT_FOUND\",\"message\":\"none\"}}");
        assertThat(
                assertThrows(CommandRejectedException.class, () -> await(refused))
                        .code(),
                is(ErrorCode.GAME_NOT_FOUND));
        FutureTask<Boolean> left = async(() -> {
            connection.leave();
            return true;
        });
        peer.expect("room:leave");
        peer.say("{\"type\":\"room:left\"}");
        assertThat(await(left), is(true));
        assertThat(
                List.of(told(), told(), told(), told(), told()),
                is(List.of("room:joined", "game:state", "error", "room:left", "closed 1000 CLIENT left the room")));
    }

    @Test
    void aLeaveThatIsAnsweredByTheCloseAloneIsDone() {
        RoomConnection connection = join();
        Peer peer = open(connection);
        FutureTask<Boolean> left = async(() -> {
            connection.leave();
            return true;
        });
        peer.expect("room:leave");
        peer.close(1000, "bye");
        assertThat(await(left), is(true));
    }

    @Test
    void aCommandWithoutAnAnswerTimesOutAndALateAnswerHarmsNobody() {
        RoomSockets impatient =
                server.sockets().commandTimeout(Duration.ofMillis(300)).build();
        try (impatient) {
            RoomConnection connection = impatient.join(ROOM, TOKEN);
            Peer peer = open(connection);
            FutureTask<RoomEvent.Ack> late = async(connection::roll);
            JsonObject rolled = peer.expect("game:roll");
            assertThat(
                    assertThrows(CommandTimeoutException.class, () -> await(late))
                            .command(),
                    is("game:roll"));
            peer.ack(rolled);
            FutureTask<RoomEvent.Ack> next = async(connection::roll);
            peer.ack(peer.expect("game:roll"));
            assertThat(await(next).requestId(), is(not(Optional.of(rolled.getString("requestId")))));
        }
    }

    @Test
    void aDropLeavesTheOutcomeUnknownAndWhoNeverReconnectsSendsNothingMore() {
        try (RoomSockets once =
                server.sockets().reconnects(ReconnectPolicy.never()).build()) {
            RoomConnection connection = tellAll(once.join(ROOM, TOKEN));
            Peer peer = open(connection);
            FutureTask<RoomEvent.Ack> roll = async(connection::roll);
            peer.expect("game:roll");
            peer.cut();
            DisconnectedException lost = assertThrows(DisconnectedException.class, () -> await(roll));
            assertThat(lost.closeCode(), is(CloseCode.ABNORMAL));
            assertThat(lost.effect(), is(DisconnectedException.Effect.UNKNOWN));
            assertThat(told(), is("room:joined"));
            assertThat(told(), containsString("closed 1006 NOBODY"));
            assertThrows(CommandNotSentException.class, connection::roll);
            assertThrows(CommandNotSentException.class, connection::sync);
            connection.close();
            assertThat(told.isEmpty(), is(true));
        }
    }

    @Test
    void aCommandThatTheLibraryDoesNotKnowIsSentAndAnswered() {
        RoomConnection connection = tellAll(join());
        Peer peer = open(connection);
        FutureTask<RoomEvent> sent = async(() -> connection.send("chat:say", Map.of("text", "hi", "loud", true)));
        JsonObject command = peer.expect("chat:say");
        assertThat(command.getString("text"), is("hi"));
        assertThat(command.getBoolean("loud"), is(true));
        peer.ack(command);
        assertThat(await(sent), is(instanceOf(RoomEvent.Ack.class)));
        assertThat(List.of(told(), told()), is(List.of("room:joined", "ack")));
        assertThrows(IllegalArgumentException.class, () -> connection.send("room:watch", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> connection.send("chat:say", Map.of("requestId", "x")));
        assertThrows(
                IllegalArgumentException.class, () -> connection.send("chat:say", Map.of("text", "x".repeat(70_000))));
        assertThat(peer.hasReceivedNothing(), is(true));
    }

    @Test
    void aHandlerMayGiveCommandsEvenWhenMoreWaitsThanIsBuffered() {
        CompletableFuture<RoomConnection> self = new CompletableFuture<>();
        RoomConnection connection = join().on(RoomEvent.TurnChange.class, e -> {
            self.join().roll();
            told.add("rolled");
        });
        self.complete(connection);
        Peer peer = open(connection);
        peer.say("{\"type\":\"game:turn-change\",\"seq\":5,\"data\":{\"currentPlayerId\":\"p1\"}}");
        JsonObject roll = peer.expect("game:roll");
        IntStream.rangeClosed(6, 5 + 3 * Mailbox.CAPACITY).forEach(peer::roll);
        peer.ack(roll);
        assertThat(told(), is("rolled"));
    }

    @Test
    void aClosedRoomEndsTheConnectionAfterItsDelivery() throws Exception {
        RoomConnection connection = tellAll(join());
        Peer peer = open(connection);
        peer.say("{\"type\":\"room:closed\",\"seq\":5,\"data\":{\"reason\":\"game over\"}}");
        peer.roll(6);
        assertThat(peer.end.get(20, TimeUnit.SECONDS).code(), is(1000));
        assertThat(
                List.of(told(), told(), told()),
                is(List.of("room:joined", "room:closed", "closed 1000 CLIENT game over")));
        assertThat(server.isLetGo(), is(true));
    }

    @ParameterizedTest
    @CsvSource({
        "4404, there is no room K, ROOM_NOT_FOUND, there is no room K (closed with 4404)",
        "4403, no seat's, FORBIDDEN, no seat's (closed with 4403)",
        "4401, '', UNAUTHORIZED, closed with 4401",
        "4400, what?, MALFORMED_REQUEST, what? (closed with 4400)"
    })
    void aCloseThatRefusesTheJoinIsARejection(int code, String reason, ErrorCode word, String why) {
        RoomConnection connection = tellAll(join());
        FutureTask<RoomEvent.RoomJoined> opened = async(connection::open);
        Peer peer = server.peer();
        peer.expect("room:join");
        peer.close(code, reason);
        CommandRejectedException no = assertThrows(CommandRejectedException.class, () -> await(opened));
        assertThat(no.code(), is(word));
        assertThat(no.getMessage(), is("room:join was rejected: " + word + ": " + why));
        assertThat(told.isEmpty(), is(true));
    }

    @ParameterizedTest
    @CsvSource({"4409, REPLACED", "1013, TRY_LATER", "1002, PROTOCOL_ERROR"})
    void anyOtherCloseInPlaceOfTheJoinIsTold(int code, CloseCode meaning) {
        RoomConnection connection = tellAll(join());
        FutureTask<RoomEvent.RoomJoined> opened = async(connection::open);
        Peer peer = server.peer();
        peer.expect("room:join");
        peer.close(code, "no");
        DisconnectedException closed = assertThrows(DisconnectedException.class, () -> await(opened));
        assertThat(closed.code(), is(code));
        assertThat(closed.closeCode(), is(meaning));
        assertThat(closed.reason(), is("no"));
        assertThat(closed.command(), is("room:join"));
        assertThat(told.isEmpty(), is(true));
    }

    @Test
    void anErrorInPlaceOfTheJoinIsToldAndClosesTheConnection() throws Exception {
        FutureTask<RoomEvent.RoomJoined> opened = async(() -> tellAll(join()).open());
        Peer peer = server.peer();
        peer.expect("room:join");
        peer.say("{\"type\":\"error\",\"data\":{\"code\":\"ROOM_CLOSED\",\"message\":\"too late\"}}");
        CommandRejectedException no = assertThrows(CommandRejectedException.class, () -> await(opened));
        assertThat(no.code(), is(ErrorCode.ROOM_CLOSED));
        assertThat(peer.end.get(20, TimeUnit.SECONDS).code(), is(1000));
        assertThat(told.isEmpty(), is(true));
    }

    @Test
    void aJoinWithoutAnAnswerTimesOutAndIsCut() throws Exception {
        try (RoomSockets impatient =
                server.sockets().commandTimeout(Duration.ofMillis(300)).build()) {
            FutureTask<RoomEvent.RoomJoined> opened =
                    async(() -> impatient.join(ROOM, TOKEN).open());
            Peer peer = server.peer();
            assertThat(assertThrows(CommandException.class, () -> await(opened)).getClass(), is((Object)
                    CommandTimeoutException.class));
            assertThat(
                    peer.end.get(20, TimeUnit.SECONDS).code(),
                    is(either(is(1000)).or(is(1006))));
        }
    }

    @Test
    void closeWorksWithinAHandlerAndDropsWhatWaits() {
        CompletableFuture<RoomConnection> self = new CompletableFuture<>();
        RoomConnection connection = tellAll(join().on(RoomEvent.DiceRolled.class, e -> {
            self.join().close();
            self.join().close();
        }));
        self.complete(connection);
        Peer peer = open(connection);
        peer.roll(5);
        peer.roll(6);
        assertThat(
                List.of(told(), told(), told()), is(List.of("room:joined", "game:dice-rolled", "closed 1000 CLIENT ")));
    }

    @Test
    void aHandlerThatBlocksForEverDoesNotStopCloseAndIsInterrupted() throws Exception {
        LegLimits d = LegLimits.DEFAULT;
        LegLimits quick = new LegLimits(
                d.pingEvery(), d.pongWithin(), Duration.ofMillis(300), d.writeWithin(), d.maxMessage(), 256, 1 << 20);
        try (RoomSockets hasty = server.sockets().limits(quick).build()) {
            CountDownLatch never = new CountDownLatch(1);
            RoomConnection connection = tellAll(hasty.join(ROOM, TOKEN).on(RoomEvent.DiceRolled.class, e -> {
                told.add("blocked");
                try {
                    never.await();
                } catch (InterruptedException interrupt) {
                    told.add("interrupted");
                }
            }));
            Peer peer = open(connection);
            assertThat(told(), is("room:joined"));
            IntStream.rangeClosed(5, 5 + 2 * Mailbox.CAPACITY).forEach(peer::roll); // the reader has to wait too
            assertThat(told(), is("blocked"));
            long since = System.nanoTime();
            connection.close();
            assertThat(Duration.ofNanos(System.nanoTime() - since).toSeconds() < 5, is(true));
            assertThat(server.isLetGo(), is(true));
            assertThat(told(), is("interrupted"));
            assertThat(told(), is("game:dice-rolled"));
            assertThat(told(), is("closed 1000 CLIENT "));
            assertThat(told.isEmpty(), is(true));
        }
    }

    @Test
    void closeWhileConnectingEndsTheOpening() throws Exception {
        try (PeerServer silent = new PeerServer("");
                RoomSockets waiting = silent.sockets().build()) {
            RoomConnection connection = waiting.join(ROOM, TOKEN);
            FutureTask<RoomEvent.RoomJoined> opened = async(connection::open);
            Objects.requireNonNull(silent.requests.poll(20, TimeUnit.SECONDS));
            connection.close();
            assertThrows(CommandNotSentException.class, () -> await(opened));
            assertThat(silent.isLetGo(), is(true));
        }
    }

    @Test
    void unreadableMessagesAreReportedInTheirPlaceAndMoreThanTenInARowCloseWith4400() throws Exception {
        RoomConnection connection = tellAll(join()).onUnreadable(e -> told.add("unreadable"));
        Peer peer = open(connection);
        for (int i = 0; i < MessageReader.MAX_UNREADABLE; i++) {
            peer.say(i % 2 == 0 ? "{" : "{\"type\":\"game:dice-rolled\",\"data\":{\"value\":7}}");
        }
        peer.say("{\"type\":\"shiny:new\",\"data\":[1]}");
        for (int i = 0; i <= MessageReader.MAX_UNREADABLE; i++) {
            peer.say("[]");
        }
        assertThat(peer.end.get(20, TimeUnit.SECONDS).code(), is(4400));
        assertThat(told(), is("room:joined"));
        for (int i = 0; i < MessageReader.MAX_UNREADABLE; i++) {
            assertThat(told(), is("unreadable"));
        }
        assertThat(told(), is("shiny:new"));
        for (int i = 0; i <= MessageReader.MAX_UNREADABLE; i++) {
            assertThat(told(), is("unreadable"));
        }
        assertThat(told(), is("closed 4400 CLIENT more than 10 messages in a row could not be read"));
    }

    @Test
    void aSlowHandlerMakesTheReaderStopAndLosesNothing() {
        CountDownLatch go = new CountDownLatch(1);
        RoomConnection connection = join().onAny(m -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            told.add(m.event().type());
        });
        Peer peer = open(connection);
        String large = "{\"type\":\"filler\",\"data\":\"" + "x".repeat(60_000) + "\"}";
        CountDownLatch enough = new CountDownLatch(1);
        BlockingQueue<Integer> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < 2; i++) { // one of them gets stuck in a write, and the other fills the queue
            Thread.ofVirtual().start(() -> {
                int sent = 0;
                while (enough.getCount() > 0 && peer.say(large) == SendResult.SENT) {
                    sent++;
                }
                results.add(sent);
            });
        }
        int sent = take(results); // which only ends when nothing is read any more
        enough.countDown();
        go.countDown();
        sent += take(results);
        assertThat(told(), is("room:joined"));
        for (int i = 0; i < sent; i++) {
            assertThat(told(), is("filler"));
        }
    }

    private static int take(BlockingQueue<Integer> from) {
        try {
            return Objects.requireNonNull(from.poll(30, TimeUnit.SECONDS), "nothing came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingTheSocketsClosesTheirConnectionsAndNoneIsOpenedAfterwards() throws Exception {
        Peer one = open(tellAll(join()));
        Peer two = open(tellAll(join()));
        sockets.close();
        assertThat(one.end.get(20, TimeUnit.SECONDS).code(), is(1000));
        assertThat(two.end.get(20, TimeUnit.SECONDS).code(), is(1000));
        assertThrows(IllegalStateException.class, () -> join().open());
    }
}
