package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.core.model.Secret;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.GuardedConnections;
import dev.ludo.server.guard.WireLimits;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However a peer vanishes, and on whichever side, nothing of its session stays behind. */
@Timeout(120)
class VanishingPeersTest {
    private static final int CONNECTIONS = 500;

    /** How a connection ends. */
    private enum Way {
        CLIENT_FIN,
        CLIENT_RESET,
        CLIENT_SILENCE,
        API_FIN,
        API_RESET,
        API_SILENCE;

        static Way of(int i) {
            return values()[i % values().length];
        }
    }

    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong();
    private final LegWatch watch = LegWatch.manual();

    @Test
    void fiveHundredPeersVanishAndNothingStays() throws Exception {
        try (RawUpstream api = RawUpstream.unattended()) {
            Sessions sessions = new Sessions(CONNECTIONS, CONNECTIONS);
            WebServer web = server(api, sessions);
            try {
                warmUp(web, api, sessions);
                int threads = threads();
                long descriptors = descriptors();
                List<Socket> clients = new ArrayList<>();
                List<Socket> upstreams = new ArrayList<>();
                for (int i = 0; i < CONNECTIONS; i++) {
                    clients.add(connect(web.port()));
                    upstreams.add(api.next().socket);
                }
                assertThat(sessions.open(), is(CONNECTIONS));

                int silent = 0;
                for (int i = 0; i < CONNECTIONS; i++) {
                    silent += vanish(Way.of(i), clients.get(i), upstreams.get(i)) ? 0 : 1;
                }
                int gone = CONNECTIONS - silent;
                await("the legs whose peers are gone", () -> watch.size() == 2 * CONNECTIONS - gone);
                for (int i = 0; i < CONNECTIONS; i++) {
                    assertIsTold(Way.of(i), clients.get(i), upstreams.get(i));
                }
                passSlowlyUntil(() -> sessions.open() == CONNECTIONS - gone); // who is told does not answer
                pass(10); // Who is silent is pinged after 20 s, and given up after 10 more.
                assertThat(sessions.open(), is(CONNECTIONS - gone));
                pass(11);
                // Both are silent here: whichever is found first, the other is told, and given up 5 s after that.
                await("sessions with a silent peer", () -> {
                    pass(1);
                    return sessions.open() == 0;
                });

                for (int i = 0; i < CONNECTIONS; i++) {
                    clients.get(i).close();
                    upstreams.get(i).close();
                }
                await("threads", () -> threads() <= threads);
                await("legs under watch", () -> watch.size() == 0);
                await("descriptors", () -> descriptors() <= descriptors + 5);
            } finally {
                web.stop();
            }
        }
    }

    private WebServer server(RawUpstream api, Sessions sessions) {
        RelayUpgrader relay = new RelayUpgrader(
                SocketConfig.of(api.uri()),
                Secret.of("lk_test_demo"),
                new CallerAuth(GuardConfig.DEFAULT, Clock.systemUTC()),
                new SocketConnector(Duration.ofSeconds(5), Duration.ofSeconds(10), Clock.systemUTC()),
                sessions,
                watch,
                room -> {},
                served -> {},
                now::get);
        GuardedConnections connections = new GuardedConnections(WireLimits.DEFAULT, List.of(relay));
        return WebServer.builder()
                .host("127.0.0.1")
                .shutdownHook(false)
                .backlog(CONNECTIONS)
                .protocolsDiscoverServices(false)
                .connectionOptions(connections.socketOptions())
                .addConnectionSelector(connections)
                .build()
                .start();
    }

    // What is made once, with the first connection, is not what is looked for.
    private void warmUp(WebServer web, RawUpstream api, Sessions sessions) throws Exception {
        Socket client = connect(web.port());
        Socket upstream = api.next().socket;
        upstream.close();
        client.close();
        await("the first session", () -> sessions.open() == 0);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        String handshake = String.join(
                "\r\n",
                "GET /ws/game/room1 HTTP/1.1",
                "Host: a",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        socket.getOutputStream().write(handshake.getBytes(ISO_8859_1));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head.substring(0, 12), is("HTTP/1.1 101"));
        return socket;
    }

    private static boolean vanish(Way way, Socket client, Socket upstream) throws IOException {
        switch (way) {
            case CLIENT_FIN -> client.close();
            case CLIENT_RESET -> reset(client);
            case API_FIN -> upstream.close();
            case API_RESET -> reset(upstream);
            case CLIENT_SILENCE, API_SILENCE -> {
                return false;
            }
        }
        return true;
    }

    // The first byte of a close.
    private static void assertIsTold(Way way, Socket client, Socket upstream) throws IOException {
        switch (way) {
            case CLIENT_FIN, CLIENT_RESET ->
                assertThat(upstream.getInputStream().read(), is(0x88));
            case API_FIN, API_RESET -> assertThat(client.getInputStream().read(), is(0x88));
            case CLIENT_SILENCE, API_SILENCE -> {}
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        watch.look();
    }

    // A session is given up 5 s after its close went out. Twelve are too few for a ping.
    private void passSlowlyUntil(BooleanSupplier condition) {
        for (int seconds = 0; seconds < 12 && !condition.getAsBoolean(); seconds++) {
            pass(1);
            long step = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            while (System.nanoTime() < step && !condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
        }
        await("sessions with a peer that is gone", condition);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(what + " stayed behind", System.nanoTime() < deadline, is(true));
        }
    }

    private int threads() {
        try {
            Path dump = directory.resolve("threads" + System.nanoTime());
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            return (int) Files.readAllLines(dump).stream()
                    .filter(line -> line.startsWith("#"))
                    .filter(line -> line.contains("ludo-") || line.contains("WebServer socket"))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long descriptors() {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open), "descriptors can be counted here");
        try (Stream<Path> entries = Files.list(open)) {
            return entries.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
