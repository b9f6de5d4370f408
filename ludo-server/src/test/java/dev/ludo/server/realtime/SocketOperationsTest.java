package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.core.json.LudoJson;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.Wire;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see of sockets, and how these are told that the proxy ends. */
@Timeout(60)
class SocketOperationsTest {
    private static final String JOIN = "{\"type\":\"room:join\",\"roomCode\":\"ROOM1\",\"playerToken\":\"canary\"}";
    private static final String JOINED =
            "{\"type\":\"room:joined\",\"data\":{\"resumed\":true,\"seq\":5,\"epoch\":\"e\"}}";

    private RawUpstream api;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        api = new RawUpstream();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() throws IOException {
        http.shutdownNow();
        api.close();
    }

    @Test
    void metricsAndTheLogTellOfASocketFromItsBeginningToItsEnd() throws Exception {
        ServerConfig config =
                ProxyTest.config(URI.create("http://127.0.0.1:1/v1")).withSockets(SocketConfig.of(api.uri()));
        try (Lines log = new Lines("dev.ludo.sockets");
                LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            URI uri = URI.create("ws://localhost:" + proxy.port() + "/ws/game/room1");
            Browser browser = Browser.open(http, uri, "X-Request-Id", "req-1");
            RawUpstream.Connection first = api.next();
            assertThat(wire.get("/metrics").text(), containsString("ludo_sockets_open{kind=\"new\"} 1.0\n"));
            browser.send(JOIN);
            first.next();
            first.leg.send(JOINED.getBytes(UTF_8));
            browser.next();
            first.leg.close(1012, "restart");
            RawUpstream.Connection second = api.next();
            second.next();
            second.leg.send(JOINED.getBytes(UTF_8));
            assertThat(browser.next(), startsWith("{\"type\":\"proxy:reconnecting\""));
            assertThat(browser.next(), startsWith("{\"type\":\"proxy:resumed\""));
            String during = wire.get("/metrics").text();
            assertThat(during, containsString("ludo_sockets_open{kind=\"new\"} 0.0\n"));
            assertThat(during, containsString("ludo_sockets_open{kind=\"player\"} 1.0\n"));
            assertThat(during, containsString("ludo_sockets_open{kind=\"spectator\"} 0.0\n"));
            assertThat(during, containsString("ludo_socket_queue_high_water 0.0\n"));
            second.leg.close(3456, "enough");
            assertThat(browser.end(), is("3456 enough"));

            JsonObject line = log.next();
            assertThat(line.getString("requestId"), is("req-1"));
            assertThat(line.getString("room"), is("ROOM1"));
            assertThat(line.getString("kind"), is("player"));
            assertThat(line.getInt("messagesUp"), is(1));
            assertThat(line.getInt("bytesUp"), is(JOIN.length()));
            assertThat(line.getInt("messagesDown"), is(1));
            assertThat(line.getInt("bytesDown"), is(JOINED.length()));
            assertThat(line.getInt("resumes"), is(1));
            assertThat(line.getString("by"), is("api"));
            assertThat(line.getInt("code"), is(3456));
            assertThat(line.getString("reason"), is("enough"));
            assertThat(line.getInt("upstreamCode"), is(3456));
            assertThat(line.getString("upstreamReason"), is("enough"));
            assertThat(line.toString(), not(containsString("canary")));

            String text = wire.get("/metrics").text();
            assertThat(text, containsString("ludo_socket_messages_total{direction=\"up\"} 1.0\n"));
            assertThat(text, containsString("ludo_socket_messages_total{direction=\"down\"} 1.0\n"));
            assertThat(text, containsString("ludo_socket_bytes_total{direction=\"up\"} " + (double) JOIN.length()));
            assertThat(text, containsString("ludo_socket_relay_seconds_count{direction=\"down\"} 1\n"));
            assertThat(text, containsString("ludo_sockets_ended_total{by=\"api\",code=\"other\"} 1.0\n"));
            assertThat(text, containsString("ludo_upstream_sockets_ended_total{code=\"1012\"} 1.0\n"));
            assertThat(text, containsString("ludo_upstream_sockets_ended_total{code=\"other\"} 1.0\n"));
            assertThat(text, containsString("ludo_relay_outage_seconds_count{result=\"resumed\"} 1\n"));
            assertThat(text, not(containsString("ROOM1")));
            assertThat(text, not(containsString("canary")));
        }
    }

    @Test
    void theLineSaysWhoEndedASocket() throws Exception {
        ServerConfig config =
                ProxyTest.config(URI.create("http://127.0.0.1:1/v1")).withSockets(SocketConfig.of(api.uri()));
        try (Lines log = new Lines("dev.ludo.sockets");
                LudoServer proxy = LudoServer.start(config)) {
            URI uri = URI.create("ws://localhost:" + proxy.port() + "/ws/game/room1");
            Browser.open(http, uri).close(1000, "bye");
            JsonObject left = log.next();
            assertThat(
                    left.getString("by") + ' ' + left.getInt("code") + ' ' + left.getString("reason"),
                    is("client 1000 bye"));
            assertThat(left.getInt("upstreamCode"), is(1000));
            Browser.open(http, uri).send("nonsense");
            JsonObject refused = log.next();
            assertThat(refused.getString("by") + ' ' + refused.getInt("code"), is("proxy 4400"));
            assertThat(refused.getString("kind"), is("new"));
        }
    }

    @Test
    void socketsAreToldToGoOverTheWindowAndTheApiToo() throws Exception {
        int clients = 40;
        GatedTime time = new GatedTime();
        List<Browser> browsers = new ArrayList<>();
        List<RawUpstream.Connection> upstreams = new ArrayList<>();
        try (TestRelay relay = new TestRelay(SocketConfig.of(api.uri()), LegWatch.manual(), time, time)) {
            for (int i = 0; i < clients; i++) {
                browsers.add(Browser.open(http, relay.socket("room1")));
                upstreams.add(api.next());
            }
            TestRelay.await("all are there to be told", () -> relay.sessions.open(SocketKind.NEW) == clients);
            Thread drain = Thread.startVirtualThread(
                    () -> relay.sessions.drain(Duration.ofSeconds(2), Duration.ofSeconds(20)));
            for (int told = 1; told < 4; told++) {
                assertThat(time.asked(), is(Duration.ofMillis(50)));
                int sofar = told;
                TestRelay.await(told + " are told", () -> ended(browsers) >= sofar);
                assertThat(ended(browsers), is(told));
                time.wake();
            }
            assertThat(handshake(relay.port()), startsWith("HTTP/1.1 503 "));
            time.open();
            drain.join();
            assertThat(relay.sessions.open(), is(0));
            for (int i = 0; i < clients; i++) {
                assertThat(browsers.get(i).end(), startsWith("1001 "));
                assertThat(upstreams.get(i).end().code(), is(1001));
            }
        }
    }

    private static int ended(List<Browser> browsers) {
        return (int) browsers.stream().filter(browser -> browser.end.isDone()).count();
    }

    private static String handshake(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(ByHand.asking("room1"));
            return ByHand.head(socket);
        }
    }

    /** The lines that a logger writes. */
    private static final class Lines implements AutoCloseable {
        private final Logger logger;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        Lines(String name) {
            logger = Logger.getLogger(name);
            logger.addHandler(handler);
        }

        JsonObject next() throws InterruptedException {
            String line = Objects.requireNonNull(lines.poll(20, TimeUnit.SECONDS), "nothing was logged");
            return LudoJson.parseObject(line.getBytes(UTF_8));
        }

        @Override
        public void close() {
            logger.removeHandler(handler);
        }
    }
}
