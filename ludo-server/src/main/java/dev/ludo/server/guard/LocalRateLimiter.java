package dev.ludo.server.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The generic cell rate algorithm. For each client one time is kept: when it would have used up all that it did, if it did so
 * evenly. What it does moves that time on by one interval, and it may not be more than a period ahead.
 */
final class LocalRateLimiter implements RateLimiter {
    /** How many clients are remembered; a flood of addresses drives out others of its kind first, not those who come often. */
    static final int MAX_CLIENTS = 100_000;

    private static final long NANOS = 1_000_000_000L;

    private final int limit;
    private final long interval;
    private final long tolerance;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Cache<String, AtomicLong> clients;

    LocalRateLimiter(int limit, Duration period, LongSupplier nanoTime, Clock clock) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        this.limit = limit;
        this.interval = Math.max(period.toNanos() / limit, 1);
        this.tolerance = interval * limit;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.clients = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Verdict take(String client) {
        AtomicLong cell = cell(client);
        while (true) {
            long now = nanoTime.getAsLong();
            long was = cell.get();
            long next = later(was, now) + interval;
            if (next - now > tolerance) {
                return refused(later(was, now) - now);
            }
            if (cell.compareAndSet(was, next)) {
                return new Verdict(true, limit, remaining(next - now), resetAt(next - now), 0);
            }
        }
    }

    @Override
    public Verdict look(String client) {
        long now = nanoTime.getAsLong();
        AtomicLong cell = clients.getIfPresent(client);
        long ahead = cell == null ? 0 : Math.max(cell.get() - now, 0);
        return ahead + interval > tolerance
                ? refused(ahead)
                : new Verdict(true, limit, remaining(ahead), resetAt(ahead), 0);
    }

    @Override
    public void charge(String client) {
        AtomicLong cell = cell(client);
        long now = nanoTime.getAsLong();
        cell.updateAndGet(was -> later(was, now) + interval);
    }

    @Override
    public long clients() {
        clients.cleanUp();
        return clients.estimatedSize();
    }

    private AtomicLong cell(String client) {
        return clients.get(client, unknown -> new AtomicLong(nanoTime.getAsLong()));
    }

    // By their difference, as times of this clock are to be compared.
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private Verdict refused(long ahead) {
        return new Verdict(false, limit, 0, resetAt(ahead), ceilSeconds(ahead + interval - tolerance));
    }

    private int remaining(long ahead) {
        return (int) ((tolerance - ahead) / interval);
    }

    private long resetAt(long ahead) {
        return ceilSeconds(Math.addExact(Math.multiplyExact(clock.millis(), 1_000_000L), ahead));
    }

    private static long ceilSeconds(long nanos) {
        return Math.ceilDiv(nanos, NANOS);
    }
}
