package dev.ludo.client;

import java.time.Duration;

/**
 * Which connections are kept when nobody uses them.
 *
 * @param maxIdle how many, 0 or more
 * @param idleTime for how long, above zero
 */
public record PoolConfig(int maxIdle, Duration idleTime) {
    /** 20, for 30 seconds. */
    public static final PoolConfig DEFAULT = new PoolConfig(20, Duration.ofSeconds(30));

    /** Checks both. */
    public PoolConfig {
        if (maxIdle < 0) {
            throw new IllegalArgumentException("maxIdle must be at least 0, was " + maxIdle);
        }
        Timeouts.positive(idleTime, "idleTime");
    }
}
