package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.server.SocketConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However sockets end, and in whichever moment, nothing of them stays behind. */
@Timeout(300)
class RandomEndsTest {
    private static final int CONNECTIONS = Boolean.getBoolean("ludo.soak") ? 10_000 : 1_000;
    private static final int AT_ONCE = 250;
    private static final String WATCH = "{\"type\":\"room:watch\"}";
    private static final String JOINED =
            "{\"type\":\"room:joined\",\"data\":{\"resumed\":true,\"seq\":5,\"epoch\":\"e\"}}";

    /** What may happen to a connection. Each client closes its connection at last. */
    private enum Event {
        CLIENT_FIN,
        CLIENT_RESET,
        CLIENT_CLOSE,
        CLIENT_NONSENSE,
        CLIENT_BINARY,
        CLIENT_BROKEN_FRAME,
        CLIENT_MESSAGE,
        API_FIN,
        API_RESET,
        API_RESTARTS,
        API_SAYS_NO,
        API_BROKEN_FRAME,
        API_MESSAGE
    }

    @TempDir
    Path directory;

    private final LegWatch watch = LegWatch.start();
    private final SplittableRandom random = new SplittableRandom(20_260_101);
    private final Map<Event, Integer> happened = new HashMap<>();

    @Test
    void nothingStays() throws Exception {
        try (RawUpstream api = new RawUpstream();
                TestRelay relay = new TestRelay(
                        SocketConfig.of(api.uri()).withLimits(AT_ONCE, AT_ONCE), watch, System::nanoTime, d -> {})) {
            wave(api, relay, 20); // what is made once, with the first connections, is not what is looked for
            awaitNone(api, relay);
            int threads = Leftovers.threads(directory);
            long descriptors = Leftovers.descriptors();
            for (int done = 0; done < CONNECTIONS; done += AT_ONCE) {
                wave(api, relay, AT_ONCE);
                awaitNone(api, relay);
            }
            TestRelay.await("threads", () -> Leftovers.threads(directory) <= threads);
            TestRelay.await("descriptors", () -> Leftovers.descriptors() <= descriptors + 5);
            assertThat(happened.keySet().size(), is(Event.values().length));
            assertThat(relay.ended.size(), is(CONNECTIONS + 20));
        } finally {
            watch.close();
        }
    }

    private static void awaitNone(RawUpstream api, TestRelay relay) {
        TestRelay.await("sessions", () -> relay.sessions.open() == 0);
        api.closeAll();
    }

    private void wave(RawUpstream api, TestRelay relay, int count) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<RawUpstream.Connection> upstreams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(new RawClient(relay.port()));
            upstreams.add(api.next());
            if (random.nextInt(4) > 0) {
                clients.get(i).sendText(WATCH);
                upstreams.get(i).leg.send(JOINED.getBytes(UTF_8));
            }
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < count; i++) {
                Event event = Event.values()[random.nextInt(Event.values().length)];
                happened.merge(event, 1, Integer::sum);
                try {
                    happen(event, clients.get(i), upstreams.get(i));
                } catch (IOException e) {
                    // it has ended before
                }
            }
        }
        for (RawClient client : clients) {
            if (random.nextBoolean()) {
                client.close();
            } else {
                client.reset();
            }
        }
    }

    private static void happen(Event event, RawClient client, RawUpstream.Connection upstream) throws IOException {
        switch (event) {
            case CLIENT_FIN -> client.socket.shutdownOutput();
            case CLIENT_RESET -> client.reset();
            case CLIENT_CLOSE -> client.sendClose(1000);
            case CLIENT_NONSENSE -> client.sendText("nonsense");
            case CLIENT_BINARY -> client.sendFrame(0x82, new byte[3]);
            case CLIENT_BROKEN_FRAME -> client.socket.getOutputStream().write(new byte[] {(byte) 0xFF, 1, 2, 3});
            case CLIENT_MESSAGE -> client.sendText("{\"type\":\"ping\"}");
            case API_FIN -> upstream.socket.close();
            case API_RESET -> {
                upstream.socket.setSoLinger(true, 0);
                upstream.socket.close();
            }
            case API_RESTARTS -> upstream.leg.close(1012, "restart");
            case API_SAYS_NO -> upstream.leg.close(4403, "no");
            case API_BROKEN_FRAME -> upstream.socket.getOutputStream().write(new byte[] {(byte) 0xFF, 1, 2, 3});
            case API_MESSAGE ->
                upstream.leg.send("{\"type\":\"game:turn-change\",\"seq\":6,\"data\":{}}".getBytes(UTF_8));
        }
    }
}
