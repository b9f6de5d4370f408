package dev.ludo.client.realtime;

import java.time.Duration;

/**
 * When to get a new socket for one that was lost. Before the n-th attempt in a row, counted from 1, there is a wait between
 * zero and {@code base · 2ⁿ⁻¹}, at most {@code cap}, drawn evenly; longer when the API asks for it. After {@code maxFailures}
 * attempts in a row that led to nothing the connection ends.
 *
 * @param base the longest first wait, at least a millisecond; 0.5 seconds by default
 * @param cap the longest wait, not below the base, at most a day; 30 seconds by default
 * @param maxFailures after how many failures in a row to give up, from 0, which never tries; 5 by default
 */
public record ReconnectPolicy(Duration base, Duration cap, int maxFailures) {
    /** Half a second, 30 seconds, five failures. */
    public static final ReconnectPolicy DEFAULT =
            new ReconnectPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), 5);

    /** Checks the ranges. */
    public ReconnectPolicy {
        if (base.toMillis() < 1) {
            throw new IllegalArgumentException("base must be at least 1 ms, was " + base);
        }
        if (cap.compareTo(base) < 0 || cap.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("cap must be from " + base + " to a day, was " + cap);
        }
        if (maxFailures < 0) {
            throw new IllegalArgumentException("maxFailures must not be negative, was " + maxFailures);
        }
    }

    /**
     * A lost socket is the end.
     *
     * @return the policy that never tries again
     */
    public static ReconnectPolicy never() {
        return DEFAULT.withMaxFailures(0);
    }

    /**
     * The same without giving up.
     *
     * @return a new policy
     */
    public ReconnectPolicy unlimited() {
        return withMaxFailures(Integer.MAX_VALUE);
    }

    /**
     * The same with another end.
     *
     * @param failures after how many failures in a row to give up, from 0
     * @return a new policy
     */
    public ReconnectPolicy withMaxFailures(int failures) {
        return new ReconnectPolicy(base, cap, failures);
    }

    /** Whether there may be another attempt after so many failures in a row. */
    boolean allows(int failures) {
        return maxFailures == Integer.MAX_VALUE || failures < maxFailures;
    }
}
