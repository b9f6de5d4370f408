package dev.ludo.server.worker;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.server.Await;
import dev.ludo.server.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a lane does that the wire does not show. */
class LanesTest {
    private static final int AT_ONCE = 4;

    private final WorkerTime time = new WorkerTime();
    private final Lanes lanes = new Lanes("test", AT_ONCE, time.pace());
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        lanes.close();
    }

    private Lanes.Work does(String what) {
        return () -> {
            done.add(what);
            return Optional.empty();
        };
    }

    private Lanes.Work breaksOnce(Error with) {
        AtomicInteger times = new AtomicInteger();
        return () -> {
            if (times.getAndIncrement() == 0) {
                throw with;
            }
            done.add("mended");
            return Optional.empty();
        };
    }

    @Test
    void whatBreaksOffIsTriedAgainBeforeWhatFollowsAndTheLogHasItOnce() throws Exception {
        try (Told told = new Told(Lanes.class)) {
            for (String lane : List.of("ROOM2", "ROOM3", "ROOM4")) {
                lanes.add(lane, breaksOnce(new OutOfMemoryError("on purpose")));
            }
            lanes.add("ROOM2", does("followed"));
            Await.until("all wait", time::somebodySleeps);
            Await.until("all are done", () -> {
                time.passToTheFirstSleeper();
                return done.size() == 4;
            });
            assertThat(done.indexOf("followed") > done.indexOf("mended"), is(true));
            assertThat(told.lines("SEVERE something of test broke off").size(), is(1));
        }
    }

    @Test
    void aLaneThatWaitsHasNoThreadAndHoldsUpNoOther() throws Exception {
        AtomicInteger waiting = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            lanes.add("ROOM" + i, () -> {
                waiting.incrementAndGet();
                return Optional.of(Duration.ofDays(1));
            });
        }
        Await.until("all wait", () -> waiting.get() == 100);
        lanes.add("OTHER", does("other"));
        Await.until("it is done", () -> done.equals(List.of("other")));
    }

    @Test
    void theOneThatIsDueFirstIsDoneFirst() throws Exception {
        for (int hours : List.of(3, 1, 2)) {
            AtomicInteger times = new AtomicInteger();
            lanes.add("ROOM" + hours, () -> {
                if (times.getAndIncrement() == 0) {
                    return Optional.of(Duration.ofHours(hours));
                }
                done.add("after " + hours);
                return Optional.empty();
            });
        }
        Await.until("all are done", () -> {
            int before = done.size();
            time.passToTheFirstSleeper();
            return before == 3;
        });
        assertThat(done.size(), is(3));
    }

    @Test
    void soManyAreDoneAtOnceAndNoMore() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            int number = i;
            lanes.add("ROOM" + i, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                go.await();
                now.decrementAndGet();
                done.add("work " + number);
                return Optional.empty();
            });
        }
        Await.until("as many as may are under way", () -> now.get() == AT_ONCE);
        go.countDown();
        Await.until("all are done", () -> done.size() == 50);
        assertThat(most.get(), lessThanOrEqualTo(AT_ONCE));
    }
}
