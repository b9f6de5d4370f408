package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.api.RoomStreams;
import dev.ludo.server.cache.Touched;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.guard.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of rooms that are watched when time passes. */
@Timeout(60)
class IdleRoomsTest {
    private static final RoomCode ROOM = RoomCode.of("ROOM1");
    private static final Caller CALLER = new Caller("somebody", "somebody", false);

    private final GatedTime time = new GatedTime();
    private final LegWatch watch = LegWatch.manual();
    private RawUpstream api;
    private TestRelay relay;

    @BeforeEach
    void start() throws IOException {
        api = new RawUpstream();
        relay = new TestRelay(SocketConfig.of(api.uri()), watch, time, time);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        api.close();
    }

    /** Takes what is flushed, a piece at a time. */
    private static final class Pieces extends OutputStream {
        final BlockingQueue<String> flushed = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            piece.write(b);
        }

        @Override
        public void flush() {
            flushed.add(piece.toString(UTF_8));
            piece.reset();
        }

        String next() throws InterruptedException {
            return String.valueOf(flushed.poll(20, TimeUnit.SECONDS));
        }
    }

    private CompletableFuture<Optional<RoomStreams.Stream>> opening() {
        return opening(ROOM);
    }

    private CompletableFuture<Optional<RoomStreams.Stream>> opening(RoomCode room) {
        return CompletableFuture.supplyAsync(
                () -> relay.hubs.open(room, CALLER, Optional.empty()), Thread::startVirtualThread);
    }

    private RoomStreams.Stream stream() throws Exception {
        return opening().get(20, TimeUnit.SECONDS).orElseThrow();
    }

    private RawUpstream.Connection heard(CompletableFuture<Optional<RoomStreams.Stream>> opening) throws Exception {
        RawUpstream.Connection room = api.next();
        room.next();
        room.leg.send(SpectatorsTest.joined(4, false).getBytes(UTF_8));
        opening.get(20, TimeUnit.SECONDS);
        return room;
    }

    @Test
    void aRoomIsHeardFor30SecondsAfterTheLastHasLeft() throws Exception {
        CompletableFuture<Optional<RoomStreams.Stream>> first = opening();
        RawUpstream.Connection room = heard(first);
        time.pass(Duration.ofMinutes(5));
        relay.hubs.look();
        assertThat(relay.hubs.open(), is(1));
        first.get().orElseThrow().close();
        time.pass(Duration.ofMillis(29_999));
        relay.hubs.look();
        assertThat(relay.hubs.open(), is(1));

        stream().close(); // which costs no connection
        time.pass(Duration.ofMillis(29_999));
        relay.hubs.look();
        assertThat(relay.hubs.open(), is(1));
        assertThat(api.poll(), is(nullValue()));
        time.pass(Duration.ofMillis(1));
        relay.hubs.look();
        assertThat(relay.hubs.open(), is(0));
        assertThat(room.end().code(), is(1000));
        assertThat(relay.sessions.open(), is(0));

        CompletableFuture<Optional<RoomStreams.Stream>> again = opening();
        heard(again);
        again.get().orElseThrow().close();
    }

    @Test
    void aStreamIsCommentedEvery15Seconds() throws Exception {
        CompletableFuture<Optional<RoomStreams.Stream>> opening = opening();
        heard(opening);
        Pieces pieces = new Pieces();
        try (RoomStreams.Stream stream = opening.get().orElseThrow()) {
            Thread writing = Thread.startVirtualThread(() -> stream.writeTo(pieces));
            assertThat(
                    pieces.next(),
                    is("retry: 2000\n\nid: e1:4\nevent: room:joined\ndata: " + SpectatorsTest.joined(4, false)
                            + "\n\n"));
            for (int i = 0; i < 3; i++) {
                time.pass(Duration.ofMillis(14_999));
                relay.hubs.look();
                time.pass(Duration.ofMillis(1));
                assertThat(pieces.flushed.isEmpty(), is(true));
                relay.hubs.look();
                assertThat(pieces.next(), is(":\n\n"));
            }
            relay.sessions.drain(Duration.ZERO, Duration.ZERO);
            writing.join();
        }
    }

    @Test
    void whoIsNotToldHowTheRoomStandsDoesNotWaitForEver() throws Exception {
        CompletableFuture<Optional<RoomStreams.Stream>> opening = opening();
        api.next().next();
        time.pass(Duration.ofSeconds(30));
        relay.hubs.look();
        assertThat(opening.isDone(), is(false));
        TestRelay.await("the end of the wait", () -> {
            time.pass(Duration.ofMillis(1)); // and more, if it did not wait yet when the first time passed
            relay.hubs.look();
            return opening.isDone();
        });
        assertThat(refused(opening), is(ErrorCode.UPSTREAM_ERROR));
        assertThat(relay.sessions.open(), is(0));
    }

    @Test
    void whatIsLostBetweenTwoHistoriesMayHaveEndedAGame() throws Exception {
        CompletableFuture<Optional<RoomStreams.Stream>> opening = opening();
        heard(opening).leg.close(1012, "restart");
        time.asked();
        time.wake();
        RawUpstream.Connection again = api.next();
        again.next();
        assertThat(relay.touched.contains(Touched.RATINGS), is(false));
        again.leg.send(
                SpectatorsTest.joined(2, false).replace("\"e1\"", "\"e2\"").getBytes(UTF_8));
        TestRelay.await("news of it", () -> relay.touched.contains(Touched.RATINGS));
        opening.get().orElseThrow().close();
    }

    /** A newcomer to a room in which much has happened has the API asked; one that cannot say so now is left alone for a while. */
    @Test
    void aQuestionThatIsRefusedIsNotAskedAgainAtOnce() throws Exception {
        String asked = "{\"type\":\"room:watch\",\"roomCode\":\"ROOM1\"}";
        HttpClient http = HttpClient.newHttpClient();
        CompletableFuture<Optional<RoomStreams.Stream>> opening = opening();
        RawUpstream.Connection room = heard(opening);
        for (long seq = 5; seq < 45; seq++) {
            room.leg.send(SpectatorsTest.broadcast(seq).getBytes(UTF_8));
        }
        TestRelay.await("the room's broadcasts", () -> relay.touched.size() == 1 + 40);
        Browser watcher = Browser.open(http, relay.socket("ROOM1"));
        watcher.send(asked);
        assertThat(room.next(), is(asked));
        for (Duration pause : List.of(Duration.ofSeconds(1), Duration.ofSeconds(2))) {
            room.leg.send("{\"type\":\"error\",\"data\":{\"code\":\"RATE_LIMITED\"}}".getBytes(UTF_8));
            int before = relay.touched.size();
            room.leg.send(SpectatorsTest.broadcast(40 + before - 36).getBytes(UTF_8));
            TestRelay.await("what comes after the refusal", () -> relay.touched.size() == before + 1);
            time.pass(pause);
            stream().close();
            watcher.send("{\"type\":\"state:sync\"}");
            assertThat(room.next(), is("{\"type\":\"state:sync\"}"));
            room.leg.send("{\"type\":\"game:state\",\"data\":{}}".getBytes(UTF_8));
            TestRelay.await("the answer", () -> watcher.received.removeIf(message -> message.contains("game:state")));
            time.pass(Duration.ofMillis(251));
            stream().close();
            assertThat(room.next(), is(asked));
        }
        watcher.vanish();
        opening.get().orElseThrow().close();
        http.shutdownNow();
    }

    private ErrorCode refused(CompletableFuture<Optional<RoomStreams.Stream>> opening) {
        ExecutionException failed =
                Assertions.assertThrows(ExecutionException.class, () -> opening.get(20, TimeUnit.SECONDS));
        return ((Refusal) Objects.requireNonNull(failed.getCause())).code();
    }

    // The API is asked, and says nothing for as long as it may.
    private ErrorCode unanswered(RoomCode room) throws InterruptedException {
        CompletableFuture<Optional<RoomStreams.Stream>> opening = opening(room);
        RawUpstream.Connection silent = api.next();
        silent.next();
        TestRelay.await("the end of all writing", () -> !watch.isAnyWriting());
        silent.leg.send("{\"type\":\"motd\",\"data\":{}}".getBytes(UTF_8)); // which is no answer
        time.pass(Duration.ofMillis(10_001));
        TestRelay.await("the end of the wait for the API", () -> {
            watch.look();
            return opening.isDone();
        });
        return refused(opening);
    }

    @Test
    void anApiThatIsSilentLetsNobodyWatchAndIsNotAskedAgainForAMinute() throws Exception {
        assertThat(unanswered(ROOM), is(ErrorCode.NOT_SUPPORTED));
        assertThat(refused(opening(RoomCode.of("ROOM2"))), is(ErrorCode.NOT_SUPPORTED));
        assertThat(api.poll(), is(nullValue()));
        time.pass(Duration.ofMinutes(1));
        heard(opening()).leg.close(1000, "");
    }

    @Test
    void silenceOfAnApiThatHasLetSomebodyWatchIsAFailureOfThatRoomAlone() throws Exception {
        CompletableFuture<Optional<RoomStreams.Stream>> first = opening();
        heard(first);
        assertThat(unanswered(RoomCode.of("ROOM2")), is(ErrorCode.UPSTREAM_ERROR));
        CompletableFuture<Optional<RoomStreams.Stream>> third = opening(RoomCode.of("ROOM3"));
        heard(third);
        first.get().orElseThrow().close();
        third.get().orElseThrow().close();
    }
}
