package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.server.SocketConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
}
