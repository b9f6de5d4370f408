package dev.ludo.server.realtime;

import dev.ludo.client.resilience.Sleeper;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that passes only while somebody sleeps, and only when a test lets them. */
final class GatedTime implements Sleeper, LongSupplier {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // clocks may run over
    private final BlockingQueue<Duration> asked = new LinkedBlockingQueue<>();
    private final Semaphore mayWake = new Semaphore(0);

    @Override
    public void sleep(Duration howLong) throws InterruptedException {
        asked.add(howLong);
        mayWake.acquire();
        pass(howLong);
    }

    @Override
    public long getAsLong() {
        return now.get();
    }

    void pass(Duration howLong) {
        now.addAndGet(howLong.toNanos());
    }

    /** Waits until somebody wants to sleep, and says for how long. */
    Duration asked() throws InterruptedException {
        return Objects.requireNonNull(asked.poll(20, TimeUnit.SECONDS), "nobody sleeps");
    }

    /** Lets somebody sleep to the end of their time. */
    void wake() {
        mayWake.release();
    }

    /** Lets everybody sleep from now on. */
    void open() {
        mayWake.release(1_000_000);
    }
}
