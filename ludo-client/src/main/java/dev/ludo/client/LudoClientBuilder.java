package dev.ludo.client;

import dev.ludo.client.http.ProxyAddress;
import dev.ludo.client.realtime.ReconnectPolicy;
import dev.ludo.client.resilience.BulkheadConfig;
import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.client.resilience.Sleeper;
import dev.ludo.core.model.Secret;
import io.helidon.common.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** A {@link LudoClient} to be. It lacks only the key. For one thread. */
public final class LudoClientBuilder {
    private static final String USER_AGENT = "ludo-java/"
            + Optional.ofNullable(LudoClient.class.getPackage().getImplementationVersion())
                    .orElse("dev");

    URI baseUri = URI.create("https://api.ludokingapi.site/v1");
    Optional<String> wsUri = Optional.empty();
    Optional<Supplier<Secret>> apiKey = Optional.empty();
    boolean allowHttp;
    String userAgent = USER_AGENT;
    boolean gzip = true;
    Timeouts timeouts = Timeouts.DEFAULT;
    Duration commandTimeout = Duration.ofSeconds(10);
    Duration joinSilence = Duration.ofSeconds(3);
    ReconnectPolicy reconnects = ReconnectPolicy.DEFAULT;
    PoolConfig pool = PoolConfig.DEFAULT;
    BulkheadConfig bulkhead = BulkheadConfig.DEFAULT;
    RetryConfig retry = RetryConfig.DEFAULT;
    CircuitBreakerConfig circuitBreaker = CircuitBreakerConfig.DEFAULT;
    boolean adaptToRateLimit = true;
    Optional<SSLContext> sslContext = Optional.empty();
    Optional<ProxyAddress> httpProxy = Optional.empty();
    final List<CallListener> listeners = new ArrayList<>();
    Clock clock = Clock.systemUTC();
    RandomGenerator random = new Random();
    LongSupplier nanoTime = System::nanoTime;
    Sleeper sleeper = Thread::sleep;

    LudoClientBuilder() {}

    /**
     * Takes what a configuration says; docs/client.md has its keys.
     *
     * @param config the node that holds the client's settings
     * @return this
     * @throws IllegalArgumentException if a key is not known or a value is wrong; the message names the key
     */
    public LudoClientBuilder config(Config config) {
        ConfigSettings.apply(config, this);
        return this;
    }

    /**
     * Takes what the environment says, and for what it does not say the file {@code .env} in the current directory:
     * {@code LUDO_API_KEY} or {@code LUDO_API_KEY_FILE}, {@code LUDO_API_BASE_URL}, {@code LUDO_WS_URL}, {@code LUDO_ALLOW_HTTP}.
     * A value that is empty counts as not set.
     *
     * @return this
     * @throws IllegalArgumentException if a value is wrong; the message names the variable
     */
    public LudoClientBuilder environment() {
        return environment(EnvironmentSettings.merged(EnvFile.read(Path.of(".env")), System.getenv()));
    }

    /**
     * Takes what variables say, named as in {@link #environment()}; {@link EnvFile} reads them from a file.
     *
     * @param variables the values by name; others are ignored
     * @return this
     * @throws IllegalArgumentException if a value is wrong; the message names the variable
     */
    public LudoClientBuilder environment(Map<String, String> variables) {
        EnvironmentSettings.apply(variables, this);
        return this;
    }

    /**
     * Where the API is.
     *
     * @param baseUri https without user-info; plain http only for this machine itself, unless {@link #allowHttp}
     * @return this
     */
    public LudoClientBuilder baseUri(URI baseUri) {
        this.baseUri = Objects.requireNonNull(baseUri, "baseUri");
        return this;
    }

    /**
     * Where the API's socket is, if not beside the base URI: by default its path is {@code /ws} on the same machine.
     *
     * @param wsUri wss without user-info; plain ws under the same conditions as plain http
     * @return this
     */
    public LudoClientBuilder wsUri(URI wsUri) {
        return wsUri(Objects.requireNonNull(wsUri, "wsUri").toString());
    }

    /**
     * The same with a place for the room: <code>{code}</code> stands for its code, as in
     * <code>wss://play.example/ws/game/{code}</code> of a proxy.
     *
     * @param wsUri wss without user-info; plain ws under the same conditions as plain http
     * @return this
     */
    public LudoClientBuilder wsUri(String wsUri) {
        this.wsUri = Optional.of(Objects.requireNonNull(wsUri, "wsUri"));
        return this;
    }

    /**
     * The key that every call carries.
     *
     * @param apiKey visible ASCII characters
     * @return this
     */
    public LudoClientBuilder apiKey(String apiKey) {
        Secret key = Secret.of(Objects.requireNonNull(apiKey, "apiKey"));
        return apiKey(() -> key);
    }

    /**
     * The key that every call carries, asked for at each attempt, so that it can change.
     *
     * @param apiKey gives the key of the moment; called from many threads
     * @return this
     */
    public LudoClientBuilder apiKey(Supplier<Secret> apiKey) {
        this.apiKey = Optional.of(Objects.requireNonNull(apiKey, "apiKey"));
        return this;
    }

    /**
     * A file with the key on its first line. It is read again when it changes.
     *
     * @param file the file
     * @return this
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public LudoClientBuilder apiKeyFile(Path file) {
        return apiKey(new KeyFile(file, nanoTime));
    }

    /**
     * Whether the key may travel unencrypted to another machine.
     *
     * @param allowHttp false by default
     * @return this
     */
    public LudoClientBuilder allowHttp(boolean allowHttp) {
        this.allowHttp = allowHttp;
        return this;
    }

    /**
     * What the client calls itself.
     *
     * @param userAgent visible ASCII and spaces; {@code ludo-java/} and the version by default
     * @return this
     */
    public LudoClientBuilder userAgent(String userAgent) {
        if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("userAgent must be visible ASCII");
        }
        this.userAgent = userAgent;
        return this;
    }

    /**
     * Whether answers may be packed on the way.
     *
     * @param gzip true by default
     * @return this
     */
    public LudoClientBuilder gzip(boolean gzip) {
        this.gzip = gzip;
        return this;
    }

    /**
     * How long things may take, all at once.
     *
     * @param timeouts {@link Timeouts#DEFAULT} by default
     * @return this
     */
    public LudoClientBuilder timeouts(Timeouts timeouts) {
        this.timeouts = timeouts;
        return this;
    }

    /**
     * How long opening a connection may take.
     *
     * @param connectTimeout above zero; 5 seconds by default
     * @return this
     */
    public LudoClientBuilder connectTimeout(Duration connectTimeout) {
        return timeouts(timeouts.withConnect(connectTimeout));
    }

    /**
     * How long the API may be silent while an answer is awaited or read.
     *
     * @param readTimeout above zero; 10 seconds by default
     * @return this
     */
    public LudoClientBuilder readTimeout(Duration readTimeout) {
        return timeouts(timeouts.withRead(readTimeout));
    }

    /**
     * How long the API may take nothing of what it is sent.
     *
     * @param writeTimeout above zero; 5 seconds by default
     * @return this
     */
    public LudoClientBuilder writeTimeout(Duration writeTimeout) {
        return timeouts(timeouts.withWrite(writeTimeout));
    }

    /**
     * How long a call may take as a whole: its turn, all attempts, the waits between them, reading the answer.
     *
     * @param deadline above zero; 15 seconds by default
     * @return this
     */
    public LudoClientBuilder deadline(Duration deadline) {
        return timeouts(timeouts.withDeadline(deadline));
    }

    /**
     * How long the answer to a command over a socket may take.
     *
     * @param commandTimeout above zero; 10 seconds by default
     * @return this
     */
    public LudoClientBuilder commandTimeout(Duration commandTimeout) {
        this.commandTimeout = Timeouts.positive(commandTimeout, "commandTimeout");
        return this;
    }

    /**
     * How long a join may stay without an answer before the client goes by signs, as
     * {@link dev.ludo.client.realtime.RoomSocketsBuilder#joinSilence} says.
     *
     * @param joinSilence above zero; 3 seconds by default; as long as the command timeout, or longer, for never
     * @return this
     */
    public LudoClientBuilder joinSilence(Duration joinSilence) {
        this.joinSilence = Timeouts.positive(joinSilence, "joinSilence");
        return this;
    }

    /**
     * When to get a new socket to a room for one that was lost.
     *
     * @param reconnects {@link ReconnectPolicy#DEFAULT} by default
     * @return this
     */
    public LudoClientBuilder reconnects(ReconnectPolicy reconnects) {
        this.reconnects = reconnects;
        return this;
    }

    /**
     * Which connections are kept when nobody uses them.
     *
     * @param pool {@link PoolConfig#DEFAULT} by default
     * @return this
     */
    public LudoClientBuilder pool(PoolConfig pool) {
        this.pool = pool;
        return this;
    }

    /**
     * How much is done at once.
     *
     * @param bulkhead {@link BulkheadConfig#DEFAULT} by default
     * @return this
     */
    public LudoClientBuilder bulkhead(BulkheadConfig bulkhead) {
        this.bulkhead = bulkhead;
        return this;
    }

    /**
     * How calls are tried again.
     *
     * @param retry {@link RetryConfig#DEFAULT} by default; {@link RetryConfig#NONE} turns it off
     * @return this
     */
    public LudoClientBuilder retry(RetryConfig retry) {
        this.retry = retry;
        return this;
    }

    /**
     * When the API is left alone because its calls fail.
     *
     * @param circuitBreaker {@link CircuitBreakerConfig#DEFAULT} by default; {@link CircuitBreakerConfig#never} turns it off
     * @return this
     */
    public LudoClientBuilder circuitBreaker(CircuitBreakerConfig circuitBreaker) {
        this.circuitBreaker = circuitBreaker;
        return this;
    }

    /**
     * Whether calls are held back while the API says that its rate limit is used up.
     *
     * @param adaptToRateLimit true by default
     * @return this
     */
    public LudoClientBuilder adaptToRateLimit(boolean adaptToRateLimit) {
        this.adaptToRateLimit = adaptToRateLimit;
        return this;
    }

    /**
     * By what an https or wss server is trusted, and what the client shows it.
     *
     * @param sslContext the JDK's default by default. The server's name is checked in any case.
     * @return this
     */
    public LudoClientBuilder sslContext(SSLContext sslContext) {
        this.sslContext = Optional.of(sslContext);
        return this;
    }

    /**
     * An HTTP proxy to go through. To an https server, and to sockets of any kind, it leads a tunnel.
     *
     * @param proxy {@code http://host:port}; none by default
     * @return this
     */
    public LudoClientBuilder httpProxy(URI proxy) {
        this.httpProxy = Optional.of(ProxyAddress.of(proxy));
        return this;
    }

    /**
     * An HTTP proxy that wants to know who comes.
     *
     * @param proxy {@code http://host:port}
     * @param user a name
     * @param password its password; both travel to the proxy unencrypted, by HTTP's basic authentication
     * @return this
     */
    public LudoClientBuilder httpProxy(URI proxy, String user, Secret password) {
        this.httpProxy = Optional.of(ProxyAddress.of(proxy).withUser(user, password));
        return this;
    }

    /**
     * Adds somebody who is told what the client does.
     *
     * @param listener is told
     * @return this
     */
    public LudoClientBuilder listener(CallListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * What time it is, for hints that are given as a time by a server that does not say what time it has.
     *
     * @param clock the system's by default
     * @return this
     */
    public LudoClientBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Where the chance of the waits between attempts comes from.
     *
     * @param random for many threads at once; a {@link Random} by default
     * @return this
     */
    public LudoClientBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** What time it is on a clock that only runs forward, and how to wait by it. For tests. */
    LudoClientBuilder time(LongSupplier nanoTime, Sleeper sleeper) {
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        return this;
    }

    /**
     * Makes the client. No connection is opened yet.
     *
     * @return the client
     * @throws IllegalStateException if there is no key
     * @throws IllegalArgumentException if the base URI or the socket's is not one that a key may be sent to
     */
    public LudoClient build() {
        return new LudoClient(new LudoClientConfig(this));
    }
}
