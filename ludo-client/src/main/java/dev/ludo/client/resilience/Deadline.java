package dev.ludo.client.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The moment by which a call must have ended, with all that it does: waiting for its turn, attempts, pauses between them, reading
 * the answer. Immutable.
 */
public final class Deadline {
    private final LongSupplier nanoTime;
    private final Duration total;
    private final long end;

    private Deadline(LongSupplier nanoTime, Duration total, long end) {
        this.nanoTime = nanoTime;
        this.total = total;
        this.end = end;
    }

    /**
     * A deadline from now on.
     *
     * @param total how far away it is, above zero
     * @param nanoTime a clock that only runs forward, such as {@link System#nanoTime}
     * @return the deadline
     */
    public static Deadline after(Duration total, LongSupplier nanoTime) {
        Check.positive(total, "total");
        return new Deadline(nanoTime, total, nanoTime.getAsLong() + total.toNanos());
    }

    /**
     * How far away it was at the beginning.
     *
     * @return above zero
     */
    public Duration total() {
        return total;
    }

    /**
     * How much time is left.
     *
     * @return in nanoseconds; zero or less when it has passed
     */
    public long remainingNanos() {
        return end - nanoTime.getAsLong();
    }

    /**
     * Whether it has passed.
     *
     * @return whether no time is left
     */
    public boolean isOver() {
        return remainingNanos() <= 0;
    }

    /**
     * Whether there is time left after a wait.
     *
     * @param wait how long the wait is
     * @return whether the deadline is later than its end
     */
    public boolean allows(Duration wait) {
        // A wait that does not fit into nanoseconds is 292 years long.
        return wait.toSeconds() < Long.MAX_VALUE / 2_000_000_000L && wait.toNanos() < remainingNanos();
    }

    @Override
    public String toString() {
        return "in " + Duration.ofNanos(remainingNanos());
    }
}
