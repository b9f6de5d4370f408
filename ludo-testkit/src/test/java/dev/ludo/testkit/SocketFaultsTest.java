package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.Ack;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.Pong;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Room;
import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.fault.Direction;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.journal.JournalEntry;
import dev.ludo.testkit.journal.JournalEntry.Kind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketFaultsTest extends WithFake {
    private static final FaultMatch ROLL = FaultMatch.message("game:roll");
    private static final FaultMatch ROLLED = FaultMatch.message("game:dice-rolled");
    private static final String SAY_ROLL = "{\"type\":\"game:roll\",\"requestId\":\"r\"}";

    private Room room;
    private Api.Seated ann;

    @BeforeEach
    void aGame() {
        room = api.open(2, "classic");
        ann = api.seat(room, "Ann");
        api.seat(room, "Bob");
        ludo.rollNext(1, 1, 1, 1, 1, 1, 1, 1);
    }

    /** Ann's socket, after she has joined and read what that brings. */
    private TestSocket joined() {
        TestSocket socket = TestSocket.join(ludo, room, ann, "");
        socket.joined();
        socket.next(RoomEvent.PlayerConnection.class);
        return socket;
    }

    private boolean hasRolled() {
        return ludo.messages(room.code()).stream().anyMatch(message -> message.event() instanceof DiceRolled);
    }

    private void add(FaultRule rule) {
        ludo.faults().add(rule);
    }

    @Test
    void aSkippedMessageLeavesAGap() {
        try (TestSocket socket = joined()) {
            long before = ludo.messages(room.code()).size();
            add(FaultRule.during(Fault.skip()).on(ROLLED));
            socket.send(SAY_ROLL);
            assertThat(socket.next().at().orElseThrow().seq(), is(before + 2));
            assertThat(socket.nextEvent(), instanceOf(Ack.class));
        }
    }

    @Test
    void aDuplicateComesTwice() {
        try (TestSocket socket = joined()) {
            add(FaultRule.during(Fault.duplicate()).on(ROLLED));
            socket.send(SAY_ROLL);
            long first = socket.next().at().orElseThrow().seq();
            assertThat(socket.nextNumbers(2), is(List.of(first, first + 1)));
        }
    }

    @Test
    void aReorderedMessageComesAfterTheNext() {
        try (TestSocket socket = joined()) {
            add(FaultRule.during(Fault.reorder()).on(ROLLED));
            socket.send(SAY_ROLL);
            assertThat(socket.nextEvent(), instanceOf(TurnChange.class));
            assertThat(socket.nextEvent(), instanceOf(DiceRolled.class));
            assertThat(socket.nextEvent(), instanceOf(Ack.class));
        }
    }

    @Test
    void aReorderedMessageIsNotLostWhenNoneFollowsButTheClose() {
        try (TestSocket socket = joined()) {
            add(FaultRule.during(Fault.reorder()).on(FaultMatch.message("room:left")));
            socket.send("{\"type\":\"room:leave\"}");
            List<String> types = new ArrayList<>();
            socket.rest().forEach(message -> types.add(message.event().type()));
            assertThat(types.getLast(), is("room:left"));
            assertThat(socket.endCode(), is(1000));
        }
    }

    @Test
    void aMessageMayBeLateOrSlow() {
        try (TestSocket socket = joined()) {
            add(FaultRule.during(Fault.delay(Duration.ofMillis(50))).on(ROLLED));
            add(FaultRule.during(Fault.slowBody(20_000)).on(FaultMatch.message("game:turn-change")));
            long start = System.nanoTime();
            socket.send(SAY_ROLL);
            socket.next(DiceRolled.class);
            assertThat(
                    System.nanoTime() - start,
                    greaterThanOrEqualTo(Duration.ofMillis(50).toNanos()));
            socket.next(TurnChange.class);
            socket.next(Ack.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSocketIsClosedInsteadOfTheMessageOrAfterIt(After after) {
        try (TestSocket socket = joined()) {
            add(after.rule(Fault.close(4410, "too slow")).on(ROLLED));
            socket.send(SAY_ROLL);
            assertThat(socket.rest().size(), is(after.messages()));
            assertThat(socket.end(), is("4410 too slow"));
        }
    }

    /** The end of a connection without a close frame is looked at from here: the JDK's client does not always tell of it. */
    private void assertCut(TestSocket socket) throws InterruptedException {
        assertEnded();
        assertThat(socket.noneComes(), is(true));
    }

    private void assertEnded() throws InterruptedException {
        assertThat(ludo.awaitSockets(0, SOON), is(true));
        assertThat(
                ludo.journal()
                        .count(entry ->
                                entry.kind() == Kind.FRAME_OUT && entry.opcode().equals(Optional.of("close"))),
                is(0));
    }

    @ParameterizedTest
    @EnumSource
    void anAbortedSocketHasNoCloseFrame(After after) throws InterruptedException {
        for (Fault fault : List.of(Fault.abort(), Fault.drop())) {
            try (TestSocket socket = joined()) {
                add(after.rule(fault).on(FaultMatch.message("game:state")));
                socket.send("{\"type\":\"state:sync\"}");
                if (after == After.YES) {
                    assertEnded(); // whether the message arrives is up to the JDK's client, which may see the end first
                } else {
                    assertCut(socket);
                }
            }
        }
    }

    enum After {
        NO,
        YES;

        FaultRule rule(Fault fault) {
            return this == YES ? FaultRule.after(fault) : FaultRule.before(fault);
        }

        int messages() {
            return this == YES ? 1 : 0;
        }
    }

    @Test
    void aStalledSocketStaysOpenAndSaysNothing() throws InterruptedException {
        try (TestSocket socket = joined()) {
            add(FaultRule.during(Fault.stall()).on(ROLLED));
            socket.send(SAY_ROLL).send("{\"type\":\"ping\"}");
            ludo.journal().await(entry -> entry.type().equals(Optional.of("ping")), SOON);
            assertThat(hasRolled(), is(true));
            assertThat(socket.isSilent(), is(true));
            assertThat(ludo.openSockets(), is(1));
        }
    }

    @Test
    void aPingMayStayWithoutItsPong() throws InterruptedException {
        try (TestSocket socket = joined()) {
            ActiveFault fault = ludo.faults().add(FaultRule.before(Fault.noPong()));
            socket.raw()
                    .sendPing(ByteBuffer.wrap("one".getBytes(StandardCharsets.US_ASCII)))
                    .join();
            socket.raw()
                    .sendPing(ByteBuffer.wrap("two".getBytes(StandardCharsets.US_ASCII)))
                    .join();
            assertThat(socket.pong(), is("two"));
            assertThat(fault.hits(), is(1L));
            JournalEntry ping = ludo.journal().await(entry -> entry.body().equals("one"), SOON);
            assertThat(ping.opcode().orElseThrow(), is("ping"));
            assertThat(ping.faultId().orElseThrow(), is(fault.id()));
        }
    }

    /** A socket whose messages need not be good ones. */
    private final class RawSocket implements WebSocket.Listener, AutoCloseable {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + ludo.apiKey().reveal())
                .buildAsync(ludo.wsUri(), this)
                .join();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        String after(String message) throws InterruptedException {
            socket.sendText(message, true).join();
            String next = texts.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            return String.valueOf(next);
        }

        @Override
        public void close() {
            socket.abort();
            http.shutdownNow();
        }
    }

    @Test
    void aMessageMayBeNoJsonOrTooBig() throws InterruptedException {
        String watch = "{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}";
        FaultMatch welcome = FaultMatch.message("room:joined");
        add(FaultRule.during(Fault.malformed()).on(welcome));
        add(FaultRule.during(Fault.garble()).on(welcome));
        add(FaultRule.during(Fault.oversize()).on(welcome));
        try (RawSocket socket = new RawSocket()) {
            assertThat(isJson(socket.after(watch)), is(false));
            assertThat(isJson(socket.after(watch)), is(false));
            String big = socket.after(watch);
            assertThat(big.length(), greaterThanOrEqualTo(64 * 1024 + 1));
            assertThat(isJson(big), is(true));
            assertThat(big, startsWith("{\"type\":\"room:joined\""));
            assertThat(isJson(socket.after(watch)), is(true));
        }
    }

    private static boolean isJson(String text) {
        try {
            LudoJson.parseObject(text.getBytes(StandardCharsets.UTF_8), 1_000_000);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void beforeACommandNothingIsDone() throws InterruptedException {
        for (Fault fault : List.of(Fault.abort(), Fault.drop(), Fault.reset())) {
            try (TestSocket socket = joined()) {
                add(FaultRule.before(fault).on(ROLL));
                socket.send(SAY_ROLL);
                assertCut(socket);
            }
        }
        try (TestSocket socket = joined()) {
            add(FaultRule.before(Fault.close(1011, "no")).on(ROLL));
            socket.send(SAY_ROLL);
            socket.endsWith(1011);
        }
        assertThat(hasRolled(), is(false));
    }

    @Test
    void afterACommandItsAnswerIsLost() throws InterruptedException {
        for (Fault fault : List.of(Fault.abort(), Fault.drop(), Fault.reset())) {
            int rolled = rolls();
            try (TestSocket socket = joined()) {
                add(FaultRule.after(fault).on(ROLL));
                socket.send(SAY_ROLL);
                assertCut(socket);
            }
            assertThat(rolls(), is(rolled + 1));
            api.tryRoll(api.state(room)); // Bob's turn, so that it is Ann's again
        }
        try (TestSocket socket = joined()) {
            add(FaultRule.after(Fault.close(1013, "later")).on(ROLL));
            socket.send(SAY_ROLL);
            socket.endsWith(1013);
        }
        assertThat(rolls(), is(4));
    }

    private int rolls() {
        return (int) ludo.messages(room.code()).stream()
                .filter(message -> message.event() instanceof DiceRolled rolled
                        && rolled.playerId().equals(Optional.of(ann.playerId())))
                .count();
    }

    @Test
    void afterACommandOnlyItsAnswerSuffers() {
        try (TestSocket socket = joined()) {
            add(FaultRule.after(Fault.skip()).on(ROLL));
            socket.send(SAY_ROLL).send("{\"type\":\"ping\"}");
            socket.next(DiceRolled.class);
            socket.next(TurnChange.class);
            socket.next(Pong.class);
            add(FaultRule.after(Fault.duplicate()).on(FaultMatch.message("ping")));
            socket.send("{\"type\":\"ping\"}");
            socket.next(Pong.class);
            socket.next(Pong.class);
        }
    }

    @Test
    void aCommandMayBeIgnoredRepeatedOrMadeToWait() {
        try (TestSocket socket = joined()) {
            add(FaultRule.before(Fault.skip()).on(ROLL));
            socket.send(SAY_ROLL).send("{\"type\":\"ping\",\"requestId\":\"p\"}");
            assertThat(socket.next(Pong.class).requestId().orElseThrow(), is("p"));
            assertThat(hasRolled(), is(false));
            add(FaultRule.before(Fault.duplicate()).on(ROLL));
            socket.send(SAY_ROLL);
            socket.next(DiceRolled.class);
            socket.next(TurnChange.class);
            socket.next(Ack.class);
            assertThat(socket.nextEvent(), instanceOf(RoomEvent.Refused.class));
            add(FaultRule.before(Fault.delay(Duration.ofMillis(20))).on(FaultMatch.message("ping")));
            add(FaultRule.after(Fault.delay(Duration.ofMillis(20))).on(FaultMatch.message("ping")));
            long start = System.nanoTime();
            socket.send("{\"type\":\"ping\"}").send("{\"type\":\"ping\"}");
            socket.next(Pong.class);
            socket.next(Pong.class);
            assertThat(
                    System.nanoTime() - start,
                    greaterThanOrEqualTo(Duration.ofMillis(40).toNanos()));
        }
    }

    @Test
    void commandsMayBeHeardInAnotherOrder() {
        try (TestSocket socket = joined()) {
            add(FaultRule.before(Fault.reorder()).on(ROLL));
            socket.send(SAY_ROLL).send("{\"type\":\"ping\"}");
            socket.next(Pong.class);
            socket.next(DiceRolled.class);
        }
    }

    @Test
    void aCommandMayBeTakenAsMalformedOrTooBig() {
        try (TestSocket socket = joined()) {
            add(FaultRule.before(Fault.garble()).on(ROLL));
            socket.send(SAY_ROLL);
            assertThat(socket.endCode(), is(4400));
        }
        try (TestSocket socket = joined()) {
            add(FaultRule.before(Fault.oversize()).on(ROLL));
            socket.send(SAY_ROLL);
            assertThat(socket.endCode(), is(1009));
        }
        assertThat(hasRolled(), is(false));
    }

    @Test
    void aCommandMayBeMetWithSilence() throws InterruptedException {
        try (TestSocket socket = joined()) {
            add(FaultRule.before(Fault.stall()).on(ROLL));
            socket.send(SAY_ROLL).send(SAY_ROLL);
            ludo.journal().await(entry -> entry.kind() == Kind.FRAME_IN, 3, SOON);
            assertThat(hasRolled(), is(false));
            assertThat(socket.isSilent(), is(true));
            ludo.reset();
            assertCut(socket);
        }
    }

    @Test
    void directionsAreToldApart() throws IOException {
        add(FaultRule.before(Fault.close(4000, "out")).on(FaultMatch.messages(Direction.OUT)));
        add(FaultRule.before(Fault.close(4001, "in")).on(FaultMatch.messages(Direction.IN)));
        try (TestSocket socket = TestSocket.join(ludo, room, ann, "")) {
            assertThat(socket.end(), is("4001 in"));
        }
        ludo.faults().clear();
        try (TestSocket socket = joined()) {
            socket.send("{\"type\":\"ping\"}");
            assertThat(socket.nextEvent(), instanceOf(Pong.class));
        }
    }

    @Test
    void whatWasLostComesWhenTheClientResumes() throws InterruptedException {
        TestSocket socket = joined();
        RoomJoined first;
        try (TestSocket other = TestSocket.watch(ludo, room, "")) {
            first = other.joined();
        }
        add(FaultRule.after(Fault.abort()).on(ROLL));
        socket.send(SAY_ROLL);
        assertThat(ludo.awaitSockets(0, SOON), is(true));
        socket.close();
        String from = ",\"lastSeq\":" + first.seq() + ",\"epoch\":\"" + first.epoch() + '"';
        try (TestSocket again = TestSocket.join(ludo, room, ann, from)) {
            assertThat(again.joined().resumed(), is(true));
            again.next(DiceRolled.class);
        }
    }
}
