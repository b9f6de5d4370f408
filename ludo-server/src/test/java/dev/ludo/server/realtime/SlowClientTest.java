package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SendResult;
import dev.ludo.server.SocketConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client of a room does not read: the others get everything, and it is told to come back. */
@Timeout(120)
class SlowClientTest {
    private static final int CLIENTS = Boolean.getBoolean("ludo.soak") ? 40 : 8;
    private static final int MESSAGES = 120;
    private static final String PADDING = "x".repeat(60_000);

    private final GatedTime time = new GatedTime();
    private final LegWatch watch = LegWatch.manual();

    @Test
    void oneThatIsStuckDelaysNobodyAndIsClosedWith4410() throws Exception {
        try (RawUpstream api = new RawUpstream();
                TestRelay relay = new TestRelay(SocketConfig.of(api.uri()), watch, time, time)) {
            RawClient stuck = new RawClient(relay.port(), 8192);
            RawUpstream.Connection stucksUpstream = api.next();
            List<RawClient> others = new ArrayList<>();
            List<RawUpstream.Connection> upstreams = new ArrayList<>();
            for (int i = 1; i < CLIENTS; i++) {
                others.add(new RawClient(relay.port()));
                upstreams.add(api.next());
            }
            CompletableFuture<Void> untilStuck = CompletableFuture.runAsync(
                    () -> sendUntilItEnds(stucksUpstream, PADDING), Thread::startVirtualThread);
            List<CompletableFuture<Void>> readers = IntStream.range(0, others.size())
                    .mapToObj(i -> CompletableFuture.runAsync(() -> readAll(others.get(i)), Thread::startVirtualThread))
                    .toList();
            for (int message = 0; message < MESSAGES; message++) {
                for (RawUpstream.Connection upstream : upstreams) {
                    sendOnceThereIsRoom(upstream, message(message, PADDING));
                }
            }
            for (CompletableFuture<Void> reader : readers) {
                reader.get(60, TimeUnit.SECONDS);
            }
            assertThat(relay.sessions.open(), is(CLIENTS));
            for (RawClient other : others) {
                other.close();
            }
            TestRelay.await("the others' end", () -> relay.sessions.open() == 1);
            relay.ended.clear();

            // 17 messages of 60 KB are within 1 MiB.
            TestRelay.await("a full queue", () -> relay.sessions.queueHighWater() == 17);

            // A write may take 5 s. The buffers on the way may not be full yet when that begins.
            int attempts = 0;
            do {
                time.pass(Duration.ofMillis(5_001));
                watch.look();
                attempts++;
            } while (!isToldWithin(Duration.ofSeconds(5), stucksUpstream) && attempts < 3);
            assertThat(stucksUpstream.end().code(), is(4410));
            untilStuck.get(20, TimeUnit.SECONDS);
            time.pass(Duration.ofMillis(5_001)); // and so may the close
            watch.look();
            TestRelay.await("the end of the one that is stuck", () -> relay.sessions.open() == 0);
            assertThat(relay.ended.remove().code(), is(4410));
            stuck.close();
        }
    }

    @Test
    void whatIsOneTooManyForTheQueueClosesWith4410() throws Exception {
        try (RawUpstream api = new RawUpstream();
                TestRelay relay = new TestRelay(SocketConfig.of(api.uri()), watch, time, time)) {
            RawClient stuck = new RawClient(relay.port(), 8192);
            RawUpstream.Connection upstream = api.next();
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> sendUntilItEnds(upstream, "x"), Thread::startVirtualThread);
            TestRelay.await("a full queue", () -> relay.sessions.queueHighWater() == 256);

            // Waiting begins to count 100 ms after the buffers on the way are full, and is too long after 5 s.
            int attempts = 0;
            do {
                time.pass(Duration.ofMillis(101));
                watch.look();
                attempts++;
            } while (!isToldWithin(Duration.ofMillis(500), upstream) && attempts < 40);
            assertThat(upstream.end().code(), is(4410));
            sending.get(20, TimeUnit.SECONDS);
            stuck.close();
            TestRelay.await("the end of the one that is stuck", () -> relay.sessions.open() == 0);
            assertThat(relay.ended.remove().code(), is(4410));
        }
    }

    private static boolean isToldWithin(Duration patience, RawUpstream.Connection upstream) throws Exception {
        try {
            upstream.end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static byte[] message(int number, String padding) {
        return ("{\"type\":\"game:turn-change\",\"seq\":" + (number + 1) + ",\"data\":{\"x\":\"" + padding + "\"}}")
                .getBytes(UTF_8);
    }

    // The API's own queue may be full for a moment where many read at once.
    private static void sendOnceThereIsRoom(RawUpstream.Connection upstream, byte[] message) {
        TestRelay.await("room for a message", () -> upstream.leg.send(message) == SendResult.SENT);
    }

    // Past the leg, which would refuse some for a while where the relay is slow for a moment.
    private static void sendUntilItEnds(RawUpstream.Connection upstream, String padding) {
        byte[] text = message(0, padding);
        byte[] head = text.length < 126
                ? new byte[] {(byte) 0x81, (byte) text.length}
                : new byte[] {(byte) 0x81, 126, (byte) (text.length >>> 8), (byte) text.length};
        byte[] frame = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, frame, head.length, text.length);
        try {
            while (!upstream.isEnding()) {
                upstream.socket.getOutputStream().write(frame);
            }
        } catch (IOException e) {
            // which is an end, too
        }
    }

    private static void readAll(RawClient client) {
        try {
            for (int number = 0; number < MESSAGES; number++) {
                assertThat(client.read(), is(new String(message(number, PADDING), UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
