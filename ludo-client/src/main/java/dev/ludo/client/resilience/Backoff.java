package dev.ludo.client.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: exponential with full jitter. The ceiling of the n-th wait is {@code base · 2ⁿ}, at
 * most {@code cap}; the wait is drawn evenly from zero to the ceiling. The cap is applied before the draw, so waits never
 * cluster at it, and many clients that lost the same server come back spread over the whole ceiling. What the server asks for
 * is a floor.
 *
 * <p>It only computes; somebody else sleeps. Thread-safe if its random generator is.
 */
public final class Backoff {
    private static final int MAX_SHIFT = 20;

    private final long baseNanos;
    private final long capNanos;
    private final RandomGenerator random;

    /**
     * A way to wait.
     *
     * @param base the ceiling of the first wait, at least a millisecond
     * @param cap the highest ceiling, not below the base, at most a day
     * @param random what is drawn from; {@code new Random()} is right for threads that share it
     * @throws IllegalArgumentException if base or cap is out of range
     */
    public Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.baseNanos = base.toNanos();
        this.capNanos = cap.toNanos();
        this.random = random;
        if (base.toMillis() < 1) {
            throw new IllegalArgumentException("base must be at least 1 ms, was " + base);
        }
        if (capNanos < baseNanos || cap.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("cap must be from " + base + " to a day, was " + cap);
        }
    }

    /**
     * Draws a wait.
     *
     * @param attempt how many waits there have been, from 0
     * @param hint how long the server asks to wait, if it does
     * @return zero to the ceiling of this attempt, but not less than the hint
     */
    public Duration delay(int attempt, Optional<Duration> hint) {
        int shift = Math.min(attempt, MAX_SHIFT);
        long ceiling = baseNanos > capNanos >> shift ? capNanos : baseNanos << shift;
        Duration jittered = Duration.ofNanos(random.nextLong(ceiling + 1)); // so fine that no two clients draw the same
        return hint.filter(h -> h.compareTo(jittered) > 0).orElse(jittered);
    }
}
