package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.cache.Touched;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Players who come into a room that is watched: they have a socket before they have a connection to the API. */
@Timeout(60)
class LatePlayersTest {
    private static final String JOIN = "{\"type\":\"room:join\",\"roomCode\":\"ROOM1\",\"playerToken\":\"t\"}";
    private static final String PING = "{\"type\":\"ping\"}";
    private static final String NOT_NOW = "HTTP/1.1 503 Odd\r\nContent-Length: 2\r\n\r\n{}";

    private final GatedTime time = new GatedTime();
    private final LegWatch watch = LegWatch.manual();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Browser> browsers = new ArrayList<>();
    private RawUpstream api;
    private TestRelay relay;
    private RawUpstream.Connection room;
    private Browser watcher;

    @BeforeEach
    void start() throws Exception {
        api = new RawUpstream();
        startRelay(SocketConfig.of(api.uri()));
    }

    private void startRelay(SocketConfig config) throws InterruptedException {
        relay = new TestRelay(config, watch, time, time);
        watcher = browser();
        api.next();
        watcher.send("{\"type\":\"room:watch\"}");
        room = api.next();
        room.next();
        say(room, SpectatorsTest.joined(4, false));
        assertThat(watcher.next(), is(SpectatorsTest.joined(4, false)));
    }

    @AfterEach
    void stop() throws IOException {
        browsers.forEach(Browser::vanish);
        http.shutdownNow();
        relay.close();
        api.close();
    }

    private Browser browser() {
        Browser browser = Browser.open(http, relay.socket("room1"));
        browsers.add(browser);
        return browser;
    }

    private static void say(RawUpstream.Connection upstream, String message) {
        upstream.leg.send(message.getBytes(UTF_8));
    }

    private static String roll(String requestId) {
        return "{\"type\":\"game:roll\",\"requestId\":\"" + requestId + "\"}";
    }

    /** An API that lets a player in twice ends the connection of before, which would be the one that the player has by then. */
    @Test
    void whoGivesUpWhileItsConnectionIsMadeIsNotLetInAnyMore() throws Exception {
        Browser player = browser();
        CompletableFuture<Boolean> gate = api.holdsHandshakes();
        player.send(JOIN);
        api.awaitHandshake();
        player.send(roll("r1"));
        player.close(1000, "bye");
        assertThat(player.end(), startsWith("1000 "));
        gate.complete(true);
        RawUpstream.Connection late = api.next();
        late.end();
        assertThat(late.received.isEmpty(), is(true));
        say(room, SpectatorsTest.broadcast(5));
        assertThat(watcher.next(), is(SpectatorsTest.broadcast(5)));
    }

    @Test
    void whatAPlayerSaysBeforeItsConnectionStandsIsToldInOrder() throws Exception {
        Browser player = browser();
        CompletableFuture<Boolean> gate = api.holdsHandshakes();
        List<String> said = new ArrayList<>();
        said.add(JOIN);
        for (int i = 1; i <= 32; i++) {
            said.add(roll("r" + i));
        }
        said.forEach(player::send);
        player.send(roll("too-many"));
        assertThat(player.next(), allOf(containsString("\"code\":\"UNAVAILABLE\""), containsString("too-many")));
        gate.complete(true);
        RawUpstream.Connection late = api.next();
        for (String message : said) {
            assertThat(late.next(), is(message));
        }
        player.send(PING);
        assertThat(late.next(), is(PING));
    }

    @Test
    void whoJoinsTwiceBeforeItsConnectionStandsIsToldOfByBoth() throws Exception {
        Browser player = browser();
        CompletableFuture<Boolean> gate = api.holdsHandshakes();
        String again = JOIN.replace("\"t\"", "\"u\"");
        player.send(JOIN);
        player.send(again);
        api.awaitHandshake();
        gate.complete(true);
        RawUpstream.Connection late = api.next();
        assertThat(late.next(), is(JOIN));
        assertThat(late.next(), is(again));
    }

    @Test
    void whatWaitsForAConnectionThatFailsIsGivenBack() throws Exception {
        Browser player = browser();
        CompletableFuture<Boolean> gate = api.holdsHandshakes();
        int before = relay.up.get();
        player.send(JOIN);
        player.send(roll("r1"));
        TestRelay.await("the player's messages", () -> relay.up.get() == before + 2);
        api.answers(NOT_NOW);
        gate.complete(true);
        assertThat(player.next(), allOf(containsString("\"code\":\"UNAVAILABLE\""), containsString("\"r1\"")));
        time.asked();
        api.answers("");
        time.wake();
        RawUpstream.Connection late = api.next();
        assertThat(late.next(), is(JOIN));
        say(late, SpectatorsTest.joined(4, false));
        assertThat(player.next(), is(SpectatorsTest.joined(4, false)));
        player.send(PING);
        assertThat(late.next(), is(PING));
    }

    @Test
    void theConnectionIsTriedAgainAfterAsLongAsTheApiAsks() throws Exception {
        Browser player = browser();
        api.answers(NOT_NOW.replace("\r\n\r\n", "\r\nRetry-After: 12\r\n\r\n"));
        player.send(JOIN);
        assertThat(time.asked(), greaterThanOrEqualTo(Duration.ofSeconds(12)));
        api.answers("");
        time.wake();
        assertThat(api.next().next(), is(JOIN));
    }

    @Test
    void whoIsNotToBeBroughtBackIsClosedWhereTheConnectionFails() throws Exception {
        relay.close();
        startRelay(SocketConfig.of(api.uri()).withResumes(false));
        Browser player = browser();
        api.answers(NOT_NOW);
        player.send(JOIN);
        assertThat(player.end(), startsWith("1013 "));
    }

    /** A connection on which the first write does not end before the connection does. */
    private static final class Stuck implements DataWriter {
        final CountDownLatch writing = new CountDownLatch(1);
        final CountDownLatch cut = new CountDownLatch(1);

        Line line() {
            return new Line(new DataReader(this::nothing), this, cut::countDown);
        }

        private byte[] nothing() {
            awaitCut();
            throw new UncheckedIOException(new IOException("cut"));
        }

        private void awaitCut() {
            try {
                cut.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void write(BufferData... buffers) {
            throw new IllegalStateException("legs write now");
        }

        @Override
        public void write(BufferData buffer) {
            throw new IllegalStateException("legs write now");
        }

        @Override
        public void writeNow(BufferData... buffers) {
            throw new IllegalStateException("legs write one buffer");
        }

        @Override
        public void writeNow(BufferData buffer) {
            writing.countDown();
            awaitCut();
            throw new UncheckedIOException(new IOException("cut"));
        }
    }

    @Test
    void anApiThatReadsNothingOfWhoComesLateIsGivenUpOnceTheClientGoes() throws Exception {
        Stuck stuck = new Stuck();
        Engine engine = new Engine(
                new SocketConnector(Duration.ofSeconds(5), Duration.ofSeconds(5), Clock.systemUTC()),
                watch,
                LegLimits.DEFAULT,
                SocketMeter.NONE,
                ended -> {},
                time,
                time,
                new Random(1));
        UpstreamSide side = new UpstreamSide(engine, within -> stuck.line(), new Deaf(), true);
        side.enter("{\"type\":\"room:join\"}".getBytes(UTF_8), -1);
        side.startLate();
        side.send("{\"type\":\"game:roll\"}".getBytes(UTF_8));
        stuck.writing.await();
        side.close(1000, "bye");
        CompletableFuture<Void> gone = CompletableFuture.runAsync(side::awaitGone, Thread::startVirtualThread);
        TestRelay.await("the end of the API's side", () -> {
            time.pass(Duration.ofMillis(10));
            watch.look();
            return gone.isDone();
        });
    }

    private static final class Deaf implements UpstreamSide.Client {
        @Override
        public void pass(byte[] message, long readAt, Touched touched) {}

        @Override
        public void tell(byte[] message) {}

        @Override
        public void missed() {}

        @Override
        public void refuse(byte[] message) {}

        @Override
        public void close(int code, String reason) {}
    }
}
