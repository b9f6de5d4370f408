package dev.ludo.server.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets what others cause into the log once a minute for each reason. Thread-safe.
 *
 * @param <R> the reasons, of which there are few
 */
final class LogPace<R> {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final Map<R, Long> told = new ConcurrentHashMap<>();

    LogPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it is time to tell this reason, which then counts as told. */
    boolean isDue(R reason) {
        long now = nanoTime.getAsLong();
        Long before = told.get(reason);
        if (before == null) {
            return told.putIfAbsent(reason, now) == null;
        }
        return now - before >= MINUTE && told.replace(reason, before, now);
    }
}
