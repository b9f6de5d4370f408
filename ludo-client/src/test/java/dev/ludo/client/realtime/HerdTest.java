package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.core.model.RoomCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients that lose the same server at the same moment do not come back at the same moment. Time is virtual. */
@Timeout(60)
class HerdTest {
    private static final int CLIENTS = 200;
    private static final Duration WINDOW = ReconnectPolicy.DEFAULT.base();

    /** Whoever sleeps, by when they wake; time goes on when all sleep. */
    private final ConcurrentSkipListMap<Duration, CountDownLatch> sleepers = new ConcurrentSkipListMap<>();

    private final AtomicInteger atTheSameInstant = new AtomicInteger();
    private final Semaphore asleep = new Semaphore(0);

    private void sleep(Duration howLong) throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(1);
        if (sleepers.put(howLong, woken) != null) {
            atTheSameInstant.incrementAndGet();
        }
        asleep.release();
        woken.await();
    }

    @Test
    void aRestartIsFollowedByReconnectsSpreadOverTheWholeWindow() throws Exception {
        try (PeerServer server = new PeerServer();
                RoomSockets sockets = server.sockets()
                        .random(new Random(7))
                        .sleeper(this::sleep)
                        .build()) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                FutureTask<?> opened = new FutureTask<>(sockets.watch(RoomCode.of("K7Q2MX"))::open);
                Thread.ofVirtual().start(opened);
                Peer peer = server.peer();
                peer.expect("room:watch");
                peer.say(Peer.JOINED);
                opened.get(20, TimeUnit.SECONDS);
                peers.add(peer);
            }
            peers.forEach(peer -> peer.close(1001, "restart")); // all at the instant 0 of the virtual time
            assertThat(asleep.tryAcquire(CLIENTS, 20, TimeUnit.SECONDS), is(true));
            assertThat(server.hasNoPeer(), is(true));
            assertThat(atTheSameInstant.get(), is(0));
            assertThat(sleepers.size(), is(CLIENTS));
            int[] tenths = new int[10];
            for (Duration instant : sleepers.keySet()) {
                assertThat(instant, is(lessThanOrEqualTo(WINDOW)));
                tenths[(int) Math.min(9, 10 * instant.toNanos() / WINDOW.toNanos())]++;
            }
            for (int tenth : tenths) {
                assertThat(tenth, is(greaterThan(CLIENTS / 30)));
            }
            for (CountDownLatch woken : sleepers.values()) { // one instant after the other
                woken.countDown();
                Peer back = server.peer();
                assertThat(back.expect("room:watch").getInt("lastSeq"), is(4));
                back.rejoined(true, 4, "e1", "");
                assertThat(server.hasNoPeer(), is(true));
            }
        }
    }
}
