package dev.ludo.client;

import dev.ludo.client.resilience.Backoff;
import dev.ludo.client.resilience.Bulkhead;
import dev.ludo.client.resilience.CircuitBreaker;
import dev.ludo.client.resilience.RateLimitGate;
import dev.ludo.client.resilience.RetryBudget;
import java.util.UUID;

/**
 * The way of a call: its turn (bulkhead), whether the host is to be asked at all (circuit breaker), one attempt; then whether to
 * try again, and when. Each step is bounded by the one deadline of the call.
 *
 * <p>A call that waits for its next attempt keeps neither its place in the bulkhead nor a connection, and asks the breaker anew:
 * a call that began before an outage was noticed does not go on hitting the host. Thread-safe; here is what all calls of a client
 * share, {@link OngoingCall} has what is one call's own.
 */
final class CallPath {
    final LudoClientConfig config;
    final String host;
    final Transport transport;
    final Listeners listeners;
    final Bulkhead bulkhead;
    final CircuitBreaker breaker;
    final RetryBudget budget;
    final Backoff backoff;
    final RateLimitGate rateLimit;

    CallPath(LudoClientConfig config, Transport transport) {
        this.config = config;
        this.transport = transport;
        this.host = config.baseUri().getRawAuthority();
        this.listeners = new Listeners(config.listeners());
        this.bulkhead = new Bulkhead(config.bulkhead());
        this.breaker = new CircuitBreaker(config.circuitBreaker(), config.nanoTime(), this::circuitChanged);
        this.budget = new RetryBudget(config.retry().budget(), config.retry().retryCost());
        this.backoff = new Backoff(config.retry().base(), config.retry().cap(), config.random());
        this.rateLimit = new RateLimitGate(config.nanoTime());
    }

    private void circuitChanged(CircuitBreaker.State from, CircuitBreaker.State to) {
        CallLog.circuitChanged(host, from, to);
        listeners.tell(listener -> listener.onCircuitChanged(host, from, to));
    }

    /** Sends a call and gives the last answer, whatever its status. */
    ApiAnswer send(ApiRequest request) {
        boolean needsKey =
                request.method().equals("POST") && request.idempotencyKey().isEmpty();
        return new OngoingCall(
                        this,
                        needsKey ? request.idempotencyKey(UUID.randomUUID().toString()) : request)
                .run();
    }
}
