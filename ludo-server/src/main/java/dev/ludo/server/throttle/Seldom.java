package dev.ludo.server.throttle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps what happens again and again from filling the log. Thread-safe.
 *
 * @param <R> the reasons, of which there are few
 */
public final class Seldom<R> {
    private final long period;
    private final LongSupplier nanoTime;
    private final Map<R, Long> told = new ConcurrentHashMap<>();

    /**
     * Has told nothing.
     *
     * @param period how long a reason is kept quiet after it was told
     * @param nanoTime the clock for that
     */
    public Seldom(Duration period, LongSupplier nanoTime) {
        this.period = period.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Whether a reason may be told, which then counts as told.
     *
     * @param reason which
     * @return true the first time, and then once in each period
     */
    public boolean mayTell(R reason) {
        long now = nanoTime.getAsLong();
        Long before = told.get(reason);
        if (before == null) {
            return told.putIfAbsent(reason, now) == null;
        }
        return now - before >= period && told.replace(reason, before, now);
    }
}
