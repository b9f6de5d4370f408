package dev.ludo.client.micrometer;

import dev.ludo.client.CallListener;
import dev.ludo.client.LudoClient;
import dev.ludo.client.resilience.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times what a {@link LudoClient} does. Thread-safe.
 *
 * <p>Timers {@code ludo.client.calls} (whole calls), {@code ludo.client.attempts} and {@code ludo.client.waits} (tag {@code for}:
 * bulkhead or rate_limit), counters {@code ludo.client.retries} and {@code ludo.client.circuit.changes} (tags {@code host},
 * {@code to}). Calls, attempts and retries have the tags {@code method}, {@code route} and {@code outcome}: the status, or the
 * name of the exception. With {@link #watch} also gauges: {@code ludo.client.circuit.open} (0 closed, 1 open, 0.5 half-open),
 * {@code ludo.client.connections} (tag {@code state}: open or idle), {@code ludo.client.bulkhead} (tag {@code state}: in_use or
 * waiting).
 */
public final class MicrometerListener implements CallListener {
    private final MeterRegistry registry;

    /**
     * A listener, for {@link dev.ludo.client.LudoClientBuilder#listener}.
     *
     * @param registry where the meters are
     */
    @SuppressWarnings("exports") // whoever has a registry has its module; nobody else needs it
    public MicrometerListener(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Adds the gauges of a client.
     *
     * @param client the client; it is not kept from being collected
     */
    public void watch(LudoClient client) {
        Tags host = Tags.of("host", client.config().baseUri().getAuthority());
        Gauge.builder("ludo.client.circuit.open", client, c -> openness(c.circuitState()))
                .tags(host)
                .register(registry);
        Gauge.builder("ludo.client.connections", client, c -> c.poolState().open())
                .tags(host.and("state", "open"))
                .register(registry);
        Gauge.builder("ludo.client.connections", client, c -> c.poolState().idle())
                .tags(host.and("state", "idle"))
                .register(registry);
        Gauge.builder("ludo.client.bulkhead", client, c -> c.poolState().calls())
                .tags(host.and("state", "in_use"))
                .register(registry);
        Gauge.builder("ludo.client.bulkhead", client, c -> c.poolState().waiting())
                .tags(host.and("state", "waiting"))
                .register(registry);
    }

    private static double openness(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
    }

    @Override
    public void onWait(Call call, Wait what, Duration waited) {
        registry.timer("ludo.client.waits", "for", what.name().toLowerCase(Locale.ROOT))
                .record(waited);
    }

    @Override
    public void onAttempt(Call call, int attempt, Outcome outcome, Duration took) {
        registry.timer("ludo.client.attempts", tags(call, outcome)).record(took);
    }

    @Override
    public void onRetry(Call call, int attempt, Outcome outcome, Duration wait) {
        registry.counter("ludo.client.retries", tags(call, outcome)).increment();
    }

    @Override
    public void onCallEnded(Call call, int attempts, Outcome outcome, Duration took) {
        registry.timer("ludo.client.calls", tags(call, outcome)).record(took);
    }

    @Override
    public void onCircuitChanged(String host, CircuitBreaker.State from, CircuitBreaker.State to) {
        registry.counter(
                        "ludo.client.circuit.changes",
                        "host",
                        host,
                        "to",
                        to.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private static Tags tags(Call call, Outcome outcome) {
        String word = switch (outcome) {
            case Outcome.Answered answered -> Integer.toString(answered.status());
            case Outcome.Failed failed -> failed.error().getClass().getSimpleName();
        };
        return Tags.of("method", call.method(), "route", call.route(), "outcome", word);
    }
}
