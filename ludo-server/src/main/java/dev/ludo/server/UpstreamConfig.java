package dev.ludo.server;

import dev.ludo.client.Timeouts;
import dev.ludo.client.resilience.BulkheadConfig;
import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;

/**
 * How patiently the proxy asks the API.
 *
 * @param timeouts how long things may take; no caller waits for the API longer than the deadline
 * @param retry how often a call is tried
 * @param circuitBreaker when the API is left alone for a while
 * @param bulkhead how many calls may be under way, and how long the others wait for their turn
 */
public record UpstreamConfig(
        Timeouts timeouts, RetryConfig retry, CircuitBreakerConfig circuitBreaker, BulkheadConfig bulkhead) {
    /**
     * As patiently as a client by itself, but with 256 calls under way: all browsers share one API, so that what is enough
     * for one program is not for them.
     */
    public static final UpstreamConfig DEFAULT = new UpstreamConfig(
            Timeouts.DEFAULT,
            RetryConfig.DEFAULT,
            CircuitBreakerConfig.DEFAULT,
            new BulkheadConfig(256, 256, BulkheadConfig.DEFAULT.maxWait()));
}
