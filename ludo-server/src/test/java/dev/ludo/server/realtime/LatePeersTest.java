package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Either side takes its time before there is anything to relay. */
@Timeout(60)
class LatePeersTest {
    private final GatedTime time = new GatedTime();
    private final LegWatch watch = LegWatch.manual();

    private static ServerSocket silentApi() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private TestRelay relay(ServerSocket api, Duration handshakeWithin) {
        SocketConfig config = SocketConfig.of(URI.create("ws://127.0.0.1:" + api.getLocalPort() + "/ws"));
        return new TestRelay(config, watch, LegLimits.DEFAULT, handshakeWithin, time, time);
    }

    private static RawClient connect(int port) {
        try {
            return new RawClient(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClientHasItsSocketOnlyWhenTheApiHasAccepted() throws Exception {
        try (ServerSocket api = silentApi();
                TestRelay relay = relay(api, Duration.ofSeconds(20))) {
            CompletableFuture<RawClient> client =
                    CompletableFuture.supplyAsync(() -> connect(relay.port()), Thread::startVirtualThread);
            try (Socket upstream = api.accept()) {
                String head = ByHand.head(upstream);
                assertThat(client.isDone(), is(false));
                String key = RawUpstream.header(head, "Sec-WebSocket-Key");
                upstream.getOutputStream().write(Handshake.answer(key, false, "upstream"));
                client.get(20, TimeUnit.SECONDS).close();
            }
            TestRelay.await("the session", () -> relay.sessions.open() == 0);
        }
    }

    @Test
    void anApiThatDoesNotAnswerInTimeIsAGatewayTimeout() throws Exception {
        try (ServerSocket api = silentApi();
                TestRelay relay = relay(api, Duration.ofMillis(100))) {
            String answer = assertThrows(AssertionError.class, () -> connect(relay.port()))
                    .getMessage();
            assertThat(answer, containsString("HTTP/1.1 504 "));
            assertThat(relay.sessions.open(), is(0));
        }
    }

    @Test
    void aClientThatJoinsNothingWithin10SecondsIsClosedWith4408() throws Exception {
        try (RawUpstream api = new RawUpstream();
                TestRelay relay = new TestRelay(SocketConfig.of(api.uri()), watch, time, time);
                RawClient client = new RawClient(relay.port())) {
            RawUpstream.Connection clients = api.next();
            RawClient other = new RawClient(relay.port());
            RawUpstream.Connection others = api.next();
            other.sendText("{\"type\":\"room:join\"}");
            assertThat(others.next(), containsString("room:join"));
            TestRelay.await("the beginning of the wait", () -> relay.sessions.open(SocketKind.NEW) == 1);
            TestRelay.await("both ends of both sessions", () -> watch.size() == 4);
            TestRelay.await("the end of all writing", () -> !watch.isAnyWriting());
            time.pass(Duration.ofMillis(9_999));
            watch.look();
            assertThat(relay.sessions.open(), is(2));
            time.pass(Duration.ofMillis(2));
            watch.look();
            assertThat(client.read(), is("4408"));
            assertThat(clients.end().code(), is(4408));
            others.leg.send("{\"type\":\"pong\"}".getBytes(UTF_8));
            assertThat(other.read(), is("{\"type\":\"pong\"}"));
            other.close();
        }
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
