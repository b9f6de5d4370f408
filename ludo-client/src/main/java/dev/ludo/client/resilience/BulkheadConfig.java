package dev.ludo.client.resilience;

import java.time.Duration;

/**
 * How much a client does at once.
 *
 * @param total how many attempts are under way at most
 * @param perHost how many of them with one host
 * @param maxWait how long a call waits for its turn at most; not longer than its deadline anyway
 */
public record BulkheadConfig(int total, int perHost, Duration maxWait) {
    /** 100 at once, 30 a host, 15 seconds. */
    public static final BulkheadConfig DEFAULT = new BulkheadConfig(100, 30, Duration.ofSeconds(15));

    /** Checks each. */
    public BulkheadConfig {
        Check.atLeast(1, total, "total");
        Check.atLeast(1, perHost, "perHost");
        Check.notNegative(maxWait, "maxWait");
    }
}
