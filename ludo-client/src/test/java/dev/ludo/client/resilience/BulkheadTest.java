package dev.ludo.client.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BulkheadTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Bulkhead bulkhead = new Bulkhead(new BulkheadConfig(3, 2, LONG));

    @Test
    void twoPerHostAndThreeInAll() {
        assertThat(bulkhead.tryEnter("a"), is(true));
        assertThat(bulkhead.tryEnter("a"), is(true));
        assertThat(bulkhead.tryEnter("a"), is(false));
        assertThat(bulkhead.tryEnter("b"), is(true));
        assertThat(bulkhead.tryEnter("b"), is(false));
        assertThat(bulkhead.inUse("b"), is(1));
        bulkhead.leave("a");
        assertThat(bulkhead.tryEnter("b"), is(true));
    }

    @Test
    void whoFindsItFullGetsThePlaceThatIsLeft() throws Exception {
        bulkhead.tryEnter("a");
        bulkhead.tryEnter("a");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waits = threads.submit(() -> bulkhead.enter("a", LONG));
            while (bulkhead.waiting("a") == 0) {
                Thread.onSpinWait();
            }
            assertThat("nobody overtakes", bulkhead.tryEnter("a"), is(false));
            bulkhead.leave("a");
            assertThat(waits.get(), is(true));
        }
        assertThat(bulkhead.inUse("a"), is(2));
    }

    @Test
    void whoWaitsTooLongIsRefusedAndHoldsNothing() throws Exception {
        bulkhead.tryEnter("a");
        bulkhead.tryEnter("a");
        bulkhead.tryEnter("b");
        assertThat(bulkhead.enter("a", Duration.ZERO), is(false));
        assertThat(bulkhead.enter("b", Duration.ofMillis(1)), is(false));
        assertThat(bulkhead.inUse("b"), is(1));
        bulkhead.leave("a");
        assertThat(bulkhead.tryEnter("b"), is(true));
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        bulkhead.tryEnter("a");
        bulkhead.tryEnter("a");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> bulkhead.enter("a", LONG));
        assertThat(bulkhead.inUse("a"), is(2));
        assertThat(bulkhead.waiting("a"), is(0));
    }

    @Test
    void aThousandThreadsAllGetTheirTurnAndNeverMoreThanTheLimitAtOnce() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Boolean>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                all.add(threads.submit(() -> {
                    boolean entered = bulkhead.enter("a", LONG);
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1_000); // lets others try
                    inside.decrementAndGet();
                    bulkhead.leave("a");
                    return entered;
                }));
            }
        }
        for (Future<Boolean> one : all) {
            assertThat(one.get(), is(true));
        }
        assertThat(most.get(), lessThanOrEqualTo(2));
        assertThat(bulkhead.inUse("a"), is(0));
    }
}
