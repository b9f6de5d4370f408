package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.realtime.SocketMeter.Comeback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However sockets end, and in whichever moment, nothing of them stays behind. */
@Timeout(300)
class RandomEndsTest {
    private static final int CONNECTIONS = Boolean.getBoolean("ludo.soak") ? 10_000 : 1_000;
    private static final int AT_ONCE = 250;
    private static final String WATCH = "{\"type\":\"room:join\"}";
    private static final String JOINED =
            "{\"type\":\"room:joined\",\"data\":{\"resumed\":false,\"seq\":5,\"epoch\":\"e\"}}";
    private static final String REJOINED = JOINED.replace("false", "true");

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

    /** What takes the API away for a moment. */
    private static final Set<Event> LOSSES = EnumSet.of(Event.API_FIN, Event.API_RESET, Event.API_RESTARTS);

    @TempDir
    Path directory;

    private final LegWatch watch = LegWatch.start();
    private final SplittableRandom random = new SplittableRandom(20_260_101);
    private final Map<Event, Integer> happened = new EnumMap<>(Event.class);
    private final Map<String, RawUpstream.Connection> upstreams = new HashMap<>();
    private int clients;
    private int resumed;

    @Test
    void nothingStays() throws Exception {
        try (RawUpstream api = new RawUpstream();
                TestRelay relay = new TestRelay(
                        SocketConfig.of(api.uri()).withLimits(AT_ONCE, AT_ONCE), watch, System::nanoTime, d -> {})) {
            api.rejoins(REJOINED);
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
            assertThat("resumed", resumed, is(greaterThan(CONNECTIONS / 10)));
            assertThat(Collections.frequency(relay.comebacks, Comeback.RESUMED), is(greaterThanOrEqualTo(resumed)));
        } finally {
            watch.close();
        }
    }

    private static void awaitNone(RawUpstream api, TestRelay relay) {
        TestRelay.await("sessions", () -> relay.sessions.open() == 0);
        api.closeAll();
    }

    /** A client, and the connection to the API that is behind it now. */
    private static final class Pair {
        final RawClient client;
        RawUpstream.Connection upstream;

        /** Whether the client is known to be in the room. */
        boolean settled;

        Pair(RawClient client, RawUpstream.Connection upstream) {
            this.client = client;
            this.upstream = upstream;
        }
    }

    private void wave(RawUpstream api, TestRelay relay, int count) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "r" + ++clients;
            RawClient client = new RawClient(relay.port(), 0, id);
            Pair pair = new Pair(client, upstream(api, id));
            if (random.nextInt(4) > 0) {
                join(pair, random.nextInt(4) > 0);
            }
            pairs.add(pair);
        }
        List<Pair> comingBack = new ArrayList<>();
        for (Pair pair : pairs) {
            Event event = happen(pair);
            if (pair.settled && LOSSES.contains(event)) {
                comingBack.add(pair);
            }
        }
        for (Pair pair : comingBack) {
            assertThat(pair.client.read(), is("{\"type\":\"proxy:reconnecting\",\"data\":{\"attempt\":1}}"));
            assertThat(pair.client.read(), is("{\"type\":\"proxy:resumed\",\"data\":{\"seq\":5,\"resumed\":true}}"));
            pair.upstream = upstream(api, pair.upstream.requestId());
        }
        resumed += comingBack.size();
        for (Pair pair : pairs) {
            happen(pair);
        }
        for (Pair pair : pairs) {
            if (random.nextBoolean()) {
                pair.client.close();
            } else {
                pair.client.reset();
            }
        }
    }

    private static void join(Pair pair, boolean settles) throws Exception {
        pair.client.sendText(WATCH);
        if (settles) {
            pair.upstream.next();
        }
        pair.upstream.leg.send(JOINED.getBytes(UTF_8));
        if (settles) {
            assertThat(pair.client.read(), is(JOINED));
            pair.settled = true;
        }
    }

    /** The next connection for a client's request. Those that others of an earlier wave left behind are passed over. */
    private RawUpstream.Connection upstream(RawUpstream api, String requestId) throws InterruptedException {
        RawUpstream.Connection next = upstreams.remove(requestId);
        while (next == null || !next.requestId().equals(requestId)) {
            if (next != null) {
                upstreams.put(next.requestId(), next);
            }
            next = api.next();
        }
        return next;
    }

    private Event happen(Pair pair) {
        Event event = Event.values()[random.nextInt(Event.values().length)];
        happened.merge(event, 1, Integer::sum);
        try {
            happen(event, pair.client, pair.upstream);
        } catch (IOException e) {
            // it has ended before
        }
        return event;
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
