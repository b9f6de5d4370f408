package dev.ludo.client.resilience;

import java.time.Duration;

/**
 * How a call is tried again.
 *
 * @param attempts how often a call is sent at most, the first time included; 1 for no retries
 * @param base the longest that the first wait may be, at least a millisecond; it doubles with each further one
 * @param cap the longest that any wait without a hint of the server may be, from {@code base} to a day
 * @param budget how many tokens all calls of a client share for their retries
 * @param retryCost how many of them a retry takes
 */
public record RetryConfig(int attempts, Duration base, Duration cap, int budget, int retryCost) {
    /** Three attempts, half a second growing to ten, 100 retries in a row for the whole client. */
    public static final RetryConfig DEFAULT =
            new RetryConfig(3, Duration.ofMillis(500), Duration.ofSeconds(10), 500, 5);

    /** No retries. */
    public static final RetryConfig NONE = DEFAULT.withAttempts(1);

    /** Checks each. */
    public RetryConfig {
        Check.atLeast(1, attempts, "attempts");
        Check.positive(base, "base");
        if (cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("cap must be at least base, " + base + ", was " + cap);
        }
        Check.atLeast(0, budget, "budget");
        Check.atLeast(1, retryCost, "retryCost");
    }

    /**
     * With another number of attempts.
     *
     * @param attempts 1 or more
     * @return a new configuration
     */
    public RetryConfig withAttempts(int attempts) {
        return new RetryConfig(attempts, base, cap, budget, retryCost);
    }

    /**
     * With other waits.
     *
     * @param base the longest that the first wait may be
     * @param cap the longest that any wait may be
     * @return a new configuration
     */
    public RetryConfig withWaits(Duration base, Duration cap) {
        return new RetryConfig(attempts, base, cap, budget, retryCost);
    }

    /**
     * With another budget.
     *
     * @param budget tokens, 0 or more
     * @param retryCost tokens that a retry takes, 1 or more
     * @return a new configuration
     */
    public RetryConfig withBudget(int budget, int retryCost) {
        return new RetryConfig(attempts, base, cap, budget, retryCost);
    }
}
