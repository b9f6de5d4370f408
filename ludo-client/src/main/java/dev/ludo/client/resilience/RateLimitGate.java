package dev.ludo.client.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Remembers that the server's rate limit is used up, so that calls can be held back until it is renewed instead of collecting
 * refusals.
 *
 * <p>The server's word is believed for a minute at most: if its clock and ours disagree, a client must not fall silent for
 * hours. Thread-safe.
 */
public final class RateLimitGate {
    /** How long the server's word is believed. */
    public static final Duration LONGEST = Duration.ofMinutes(1);

    private static final long OPEN = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong closedUntil = new AtomicLong(OPEN);

    /**
     * An open gate.
     *
     * @param nanoTime a clock that only runs forward, such as {@link System#nanoTime}
     */
    public RateLimitGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The server said that nothing is left.
     *
     * @param renewedIn how long until the limit is renewed
     */
    public void exhausted(Duration renewedIn) {
        if (renewedIn.isNegative() || renewedIn.isZero()) {
            return;
        }
        Duration believed = renewedIn.compareTo(LONGEST) > 0 ? LONGEST : renewedIn;
        long until = nanoTime.getAsLong() + believed.toNanos();
        closedUntil.accumulateAndGet(until, (have, wanted) -> have == OPEN || wanted - have > 0 ? wanted : have);
    }

    /**
     * How long to hold a call back.
     *
     * @return in nanoseconds; 0 if it need not wait
     */
    public long holdNanos() {
        long until = closedUntil.get();
        if (until == OPEN) {
            return 0;
        }
        long hold = until - nanoTime.getAsLong();
        if (hold > 0) {
            return hold;
        }
        closedUntil.compareAndSet(until, OPEN);
        return 0;
    }
}
