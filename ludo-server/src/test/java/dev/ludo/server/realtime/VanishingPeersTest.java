package dev.ludo.server.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.server.SocketConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
        try (RawUpstream api = RawUpstream.unattended();
                TestRelay relay = relay(api)) {
            warmUp(relay, api);
            int threads = Leftovers.threads(directory);
            long descriptors = Leftovers.descriptors();
            List<Socket> clients = new ArrayList<>();
            List<Socket> upstreams = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(ByHand.connect(relay.port(), "room1"));
                upstreams.add(api.next().socket);
            }
            assertThat(relay.sessions.open(), is(CONNECTIONS));

            int silent = 0;
            for (int i = 0; i < CONNECTIONS; i++) {
                silent += vanish(Way.of(i), clients.get(i), upstreams.get(i)) ? 0 : 1;
            }
            int gone = CONNECTIONS - silent;
            await("the legs whose peers are gone", () -> watch.size() == 2 * CONNECTIONS - gone);
            for (int i = 0; i < CONNECTIONS; i++) {
                assertIsTold(Way.of(i), clients.get(i), upstreams.get(i));
            }
            passSlowlyUntil(() -> relay.sessions.open() == CONNECTIONS - gone); // who is told does not answer
            pass(10); // Who is silent is pinged after 20 s, and given up after 10 more.
            assertThat(relay.sessions.open(), is(CONNECTIONS - gone));
            pass(11);
            // Both are silent here: whichever is found first, the other is told, and given up 5 s after that.
            await("sessions with a silent peer", () -> {
                pass(1);
                return relay.sessions.open() == 0;
            });

            for (int i = 0; i < CONNECTIONS; i++) {
                clients.get(i).close();
                upstreams.get(i).close();
            }
            await("threads", () -> Leftovers.threads(directory) <= threads);
            await("legs under watch", () -> watch.size() == 0);
            await("descriptors", () -> Leftovers.descriptors() <= descriptors + 5);
        }
    }

    @Test
    void whoGoesAwayBeforeTheSocketIsThereLeavesNothingAndIsNoErrorOfOurs() throws Exception {
        List<LogRecord> errors = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.ludo.server");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (isLoggable(entry)) {
                    errors.add(entry);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.SEVERE);
        logger.addHandler(handler);
        try (ServerSocket api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestRelay relay = new TestRelay(
                        SocketConfig.of(URI.create("ws://127.0.0.1:" + api.getLocalPort() + "/ws")),
                        watch,
                        now::get,
                        Thread::sleep)) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
            client.getOutputStream().write(ByHand.asking("room1"));
            try (Socket upstream = api.accept()) {
                upstream.setSoTimeout(20_000);
                String key = RawUpstream.header(ByHand.head(upstream), "Sec-WebSocket-Key");
                reset(client);
                upstream.getOutputStream().write(Handshake.answer(key, false, "upstream"));
                assertThat(upstream.getInputStream().read(), is(-1));
            }
            await("the place of the socket", () -> relay.sessions.open() == 0);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(errors, is(List.of()));
    }

    // What is made once, with the first connection, is not what is looked for.
    private static void warmUp(TestRelay relay, RawUpstream api) throws Exception {
        Socket client = ByHand.connect(relay.port(), "room1");
        Socket upstream = api.next().socket;
        upstream.close();
        client.close();
        await("the first session", () -> relay.sessions.open() == 0);
    }

    private TestRelay relay(RawUpstream api) {
        SocketConfig config = SocketConfig.of(api.uri()).withResumes(false).withLimits(CONNECTIONS, CONNECTIONS);
        return new TestRelay(config, watch, now::get, Thread::sleep);
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
}
