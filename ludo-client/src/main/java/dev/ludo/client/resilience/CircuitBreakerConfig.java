package dev.ludo.client.resilience;

import java.time.Duration;

/**
 * When a host is left alone, and for how long.
 *
 * @param failureRate which share of the calls must have failed, above 0 up to 1
 * @param minimumCalls how many there must have been for the share to mean something
 * @param window how far back calls are counted
 * @param openTime how long the host is left alone the first time
 * @param maxOpenTime how long at most, when trials keep failing and the time doubles
 * @param trials how many calls try whether the host is back, and must all succeed
 */
public record CircuitBreakerConfig(
        double failureRate, int minimumCalls, Duration window, Duration openTime, Duration maxOpenTime, int trials) {
    /** Half of at least 20 calls in 10 seconds; 5 seconds doubling to 30; 3 trials. */
    public static final CircuitBreakerConfig DEFAULT =
            new CircuitBreakerConfig(0.5, 20, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(30), 3);

    /** Checks each. */
    public CircuitBreakerConfig {
        if (!(failureRate > 0 && failureRate <= 1)) {
            throw new IllegalArgumentException("failureRate must be above 0 up to 1, was " + failureRate);
        }
        Check.atLeast(1, minimumCalls, "minimumCalls");
        if (window.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("window must be at least 10 ms, was " + window);
        }
        Check.positive(openTime, "openTime");
        if (maxOpenTime.compareTo(openTime) < 0) {
            throw new IllegalArgumentException(
                    "maxOpenTime must be at least openTime, " + openTime + ", was " + maxOpenTime);
        }
        Check.atLeast(1, trials, "trials");
    }

    /**
     * One that never opens.
     *
     * @return a configuration
     */
    public static CircuitBreakerConfig never() {
        return new CircuitBreakerConfig(
                1, Integer.MAX_VALUE, DEFAULT.window, DEFAULT.openTime, DEFAULT.maxOpenTime, DEFAULT.trials);
    }
}
