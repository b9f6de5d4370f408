package dev.ludo.server.ops;

import dev.ludo.client.CallOptions;
import dev.ludo.client.LudoCalls;
import dev.ludo.client.LudoClient;
import dev.ludo.client.PoolState;
import dev.ludo.core.error.CallException;
import dev.ludo.server.cache.ResponseCache;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How the parts of the proxy are, for operators alone. It asks the API whether it is there, once each time, through the circuit
 * like any call. Thread-safe.
 */
public final class HealthDetails implements Supplier<Map<String, Object>> {
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final Health health;
    private final LudoClient client;
    private final LudoCalls probe;
    private final ResponseCache cache;
    private final Map<String, IntSupplier> load = new LinkedHashMap<>();

    /**
     * Knows the parts.
     *
     * @param health whether the proxy should be sent calls
     * @param client asks the API
     * @param cache keeps its answers
     */
    public HealthDetails(Health health, LudoClient client, ResponseCache cache) {
        this.health = health;
        this.client = client;
        this.probe = client.with(CallOptions.NONE.withDeadline(WITHIN));
        this.cache = cache;
    }

    /**
     * Adds a number of what there is now.
     *
     * @param name its name
     * @param value the number
     * @return this
     */
    public HealthDetails with(String name, IntSupplier value) {
        load.put(name, value);
        return this;
    }

    @Override
    public Map<String, Object> get() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("upstream", upstream());
        all.put("cache", Map.of("bytes", cache.bytes()));
        Map<String, Object> now = new LinkedHashMap<>();
        load.forEach((name, value) -> now.put(name, value.getAsInt()));
        all.put("load", now);
        all.put("draining", health.draining());
        return all;
    }

    private Map<String, Object> upstream() {
        Map<String, Object> upstream = new LinkedHashMap<>();
        try {
            probe.health();
            upstream.put("reachable", true);
        } catch (CallException e) {
            upstream.put("reachable", false);
            upstream.put("why", String.valueOf(e.getMessage()));
        }
        upstream.put(
                "circuit", client.circuitState().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        PoolState pool = client.poolState();
        upstream.put(
                "pool",
                Map.of("open", pool.open(), "idle", pool.idle(), "calls", pool.calls(), "waiting", pool.waiting()));
        return upstream;
    }
}
