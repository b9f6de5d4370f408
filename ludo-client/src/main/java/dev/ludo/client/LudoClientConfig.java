package dev.ludo.client;

import dev.ludo.client.http.ProxyAddress;
import dev.ludo.client.realtime.ReconnectPolicy;
import dev.ludo.client.resilience.BulkheadConfig;
import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.client.resilience.Sleeper;
import dev.ludo.core.model.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** What a {@link LudoClient} was built with. Immutable. It does not show the key. */
public final class LudoClientConfig {
    private final URI baseUri;
    private final String wsUri;
    private final Supplier<Secret> apiKey;
    private final boolean allowHttp;
    private final String userAgent;
    private final boolean gzip;
    private final Timeouts timeouts;
    private final Duration commandTimeout;
    private final Duration joinSilence;
    private final ReconnectPolicy reconnects;
    private final PoolConfig pool;
    private final BulkheadConfig bulkhead;
    private final RetryConfig retry;
    private final CircuitBreakerConfig circuitBreaker;
    private final boolean adaptsToRateLimit;
    private final Optional<SSLContext> sslContext;
    private final Optional<ProxyAddress> httpProxy;
    private final List<CallListener> listeners;
    private final Clock clock;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    LudoClientConfig(LudoClientBuilder from) {
        this.baseUri = BaseUri.check(from.baseUri, from.allowHttp);
        this.wsUri = from.wsUri.orElseGet(() -> beside(from.baseUri));
        this.apiKey = from.apiKey.orElseThrow(() -> new IllegalStateException(
                "a LudoClient needs a key: call apiKey(…), or set LUDO_API_KEY or LUDO_API_KEY_FILE"
                        + " in the environment or in a file .env"));
        this.allowHttp = from.allowHttp;
        this.userAgent = from.userAgent;
        this.gzip = from.gzip;
        this.timeouts = from.timeouts;
        this.commandTimeout = from.commandTimeout;
        this.joinSilence = from.joinSilence;
        this.reconnects = from.reconnects;
        this.pool = from.pool;
        this.bulkhead = from.bulkhead;
        this.retry = from.retry;
        this.circuitBreaker = from.circuitBreaker;
        this.adaptsToRateLimit = from.adaptToRateLimit;
        this.sslContext = from.sslContext;
        this.httpProxy = from.httpProxy;
        this.listeners = List.copyOf(from.listeners);
        this.clock = from.clock;
        this.random = from.random;
        this.nanoTime = from.nanoTime;
        this.sleeper = from.sleeper;
    }

    private static String beside(URI baseUri) {
        return baseUri.getScheme().replaceFirst("(?i)^http", "ws") + "://" + baseUri.getRawAuthority() + "/ws";
    }

    /**
     * Where the API is.
     *
     * @return http or https, without a slash at its end
     */
    public URI baseUri() {
        return baseUri;
    }

    /**
     * Where the API's socket is.
     *
     * @return ws or wss; <code>{code}</code> stands for the room's code
     */
    public String wsUri() {
        return wsUri;
    }

    /**
     * Whether the key may travel unencrypted to another machine.
     *
     * @return false by default
     */
    public boolean allowHttp() {
        return allowHttp;
    }

    /**
     * What the client calls itself.
     *
     * @return the header's value
     */
    public String userAgent() {
        return userAgent;
    }

    /**
     * Whether answers may be packed.
     *
     * @return true by default
     */
    public boolean gzip() {
        return gzip;
    }

    /**
     * How long things may take.
     *
     * @return the times
     */
    public Timeouts timeouts() {
        return timeouts;
    }

    /**
     * How long the answer to a command over a socket may take.
     *
     * @return the time
     */
    public Duration commandTimeout() {
        return commandTimeout;
    }

    /**
     * How long a join may stay without an answer before the client goes by signs.
     *
     * @return the time
     */
    public Duration joinSilence() {
        return joinSilence;
    }

    /**
     * When to get a new socket to a room for one that was lost.
     *
     * @return the policy
     */
    public ReconnectPolicy reconnects() {
        return reconnects;
    }

    /**
     * Which connections are kept.
     *
     * @return the sizes
     */
    public PoolConfig pool() {
        return pool;
    }

    /**
     * How much is done at once.
     *
     * @return the sizes
     */
    public BulkheadConfig bulkhead() {
        return bulkhead;
    }

    /**
     * How calls are tried again.
     *
     * @return the policy
     */
    public RetryConfig retry() {
        return retry;
    }

    /**
     * When the API is left alone.
     *
     * @return the policy
     */
    public CircuitBreakerConfig circuitBreaker() {
        return circuitBreaker;
    }

    /**
     * Whether calls are held back while the API's rate limit is used up.
     *
     * @return true by default
     */
    public boolean adaptsToRateLimit() {
        return adaptsToRateLimit;
    }

    Supplier<Secret> apiKey() {
        return apiKey;
    }

    Optional<SSLContext> sslContext() {
        return sslContext;
    }

    Optional<ProxyAddress> httpProxy() {
        return httpProxy;
    }

    List<CallListener> listeners() {
        return listeners;
    }

    Clock clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    Sleeper sleeper() {
        return sleeper;
    }
}
