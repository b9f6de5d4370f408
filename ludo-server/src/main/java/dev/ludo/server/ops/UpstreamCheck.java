package dev.ludo.server.ops;

import dev.ludo.client.CallOptions;
import dev.ludo.client.LudoCalls;
import dev.ludo.client.LudoClient;
import dev.ludo.client.resilience.CircuitBreaker.State;
import dev.ludo.core.error.CallException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Whether the API is asked at all. A proxy that is sent no calls because it is not ready would never find out that the API is
 * well again, so whoever asks if it is ready makes the call that the circuit breaker tries it with.
 */
public final class UpstreamCheck implements Supplier<String> {
    private static final System.Logger LOGGER = System.getLogger(UpstreamCheck.class.getName());

    // Less than balancers wait for their probe.
    private static final Duration WITHIN = Duration.ofMillis(800);

    private final LudoClient client;
    private final LudoCalls trial;

    /**
     * Knows the client.
     *
     * @param client asks the API
     */
    public UpstreamCheck(LudoClient client) {
        this.client = client;
        this.trial = client.with(CallOptions.NONE.withDeadline(WITHIN));
    }

    @Override
    public String get() {
        if (client.circuitState() == State.OPEN) {
            try {
                trial.health();
            } catch (CallException e) {
                LOGGER.log(Level.DEBUG, "the API is not well yet", e);
            }
        }
        return client.circuitState() == State.OPEN ? "the Ludo API fails, and is left alone for a while" : "";
    }
}
