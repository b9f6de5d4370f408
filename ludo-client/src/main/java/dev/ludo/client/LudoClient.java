package dev.ludo.client;

import dev.ludo.client.http.ConnectionPool;
import dev.ludo.client.http.Dialer;
import dev.ludo.client.http.HttpCaller;
import dev.ludo.client.realtime.RoomConnection;
import dev.ludo.client.realtime.RoomSockets;
import dev.ludo.client.realtime.RoomSocketsBuilder;
import dev.ludo.client.resilience.CircuitBreaker;
import dev.ludo.core.error.Failure;
import dev.ludo.core.json.Envelope;
import dev.ludo.core.model.Health;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * A client of a Ludo API.
 *
 * <p>Calls block and are made for virtual threads. Every call ends by its deadline with what was asked for or with a
 * {@link dev.ludo.core.error.CallException}: {@link dev.ludo.core.error.RejectedException} when the API said no,
 * {@link dev.ludo.core.error.TimeoutExceededException} when it did not answer in time,
 * {@link dev.ludo.core.error.TransportException} when there was no answer that could be understood,
 * {@link dev.ludo.core.error.NotSentException} when the client did not even ask.
 *
 * <p>What failed for a reason that may pass is tried again: every call may be, since a POST carries an idempotency key, the same on
 * all its attempts, by which the API does it once. A retry budget, a circuit breaker and a bulkhead keep a client from making an
 * outage worse. Redirects are not followed. An interrupt ends a call at once, with the thread's flag set.
 *
 * <p>Thread-safe; one client for a whole application is right. Close it to close its connections.
 */
public final class LudoClient implements LudoCalls, AutoCloseable {
    private final LudoClientConfig config;
    private final HttpCaller http;
    private final CallPath path;
    private final LudoView calls;
    private final RoomSockets sockets;

    LudoClient(LudoClientConfig config) {
        this.config = config;
        this.http = http(config);
        this.path = new CallPath(
                config,
                (request, deadline) -> http.call(
                        request.method(),
                        request.target(),
                        request.headers(),
                        request.body(),
                        request.isRepeatable(),
                        deadline));
        this.calls = new LudoView(new Caller(path, CallOptions.NONE));
        this.sockets = sockets(config).states(calls.games()::state).build();
    }

    private static RoomSocketsBuilder sockets(LudoClientConfig config) {
        RoomSocketsBuilder out = RoomSockets.builder()
                .uri(config.wsUri())
                .apiKey(config.apiKey())
                .userAgent(config.userAgent())
                .allowPlain(config.allowHttp())
                .connectTimeout(config.timeouts().connect())
                .handshakeTimeout(config.timeouts().read())
                .commandTimeout(config.commandTimeout())
                .joinSilence(config.joinSilence())
                .clock(config.clock())
                .reconnects(config.reconnects());
        config.sslContext().ifPresent(out::sslContext);
        config.httpProxy()
                .ifPresent(proxy -> proxy.user()
                        .ifPresentOrElse(
                                user -> out.httpProxy(proxy.uri(), user.name(), user.password()),
                                () -> out.httpProxy(proxy.uri())));
        return out;
    }

    private static HttpCaller http(LudoClientConfig config) {
        SSLContext trust = config.sslContext().orElseGet(LudoClient::systemTrust);
        Timeouts times = config.timeouts();
        Dialer dialer = new Dialer(config.baseUri(), trust, config.httpProxy(), times.connect());
        ConnectionPool pool = new ConnectionPool(
                dialer, config.pool().maxIdle(), config.pool().idleTime(), times.read(), times.write());
        return new HttpCaller(
                config.baseUri(),
                pool,
                config.httpProxy().filter(proxy -> dialer.speaksToProxy()),
                config.apiKey(),
                config.userAgent(),
                config.gzip());
    }

    private static SSLContext systemTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no usable TLS; set an sslContext", e);
        }
    }

    /**
     * A client to be.
     *
     * @return a builder that lacks only the key
     */
    public static LudoClientBuilder builder() {
        return new LudoClientBuilder();
    }

    /**
     * A client as the environment describes it, and for what it does not say the file {@code .env}.
     *
     * @return the client
     * @throws IllegalStateException if there is no key
     * @throws IllegalArgumentException if a value is wrong; the message names the variable
     */
    public static LudoClient fromEnvironment() {
        return builder().environment().build();
    }

    @Override
    public Rooms rooms() {
        return calls.rooms();
    }

    @Override
    public Games games() {
        return calls.games();
    }

    @Override
    public Players players() {
        return calls.players();
    }

    @Override
    public Leaderboard leaderboard() {
        return calls.leaderboard();
    }

    @Override
    public Webhooks webhooks() {
        return calls.webhooks();
    }

    @Override
    public Health health() {
        return calls.health();
    }

    @Override
    public ApiAnswer send(ApiRequest request) {
        return calls.send(request);
    }

    /**
     * The same calls with options. The view costs little, shares everything with this client and needs no closing.
     *
     * @param options what is special about the calls
     * @return a view of this client
     */
    public LudoCalls with(CallOptions options) {
        return calls.with(options);
    }

    /**
     * A player's place in a room, over a socket. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @param playerToken the player's seat, from {@link dev.ludo.core.model.Joined}
     * @return the connection
     */
    public RoomConnection join(RoomCode roomCode, Secret playerToken) {
        return sockets.join(roomCode, playerToken);
    }

    /**
     * A spectator's place in a room, over a socket. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @return the connection
     */
    public RoomConnection watch(RoomCode roomCode) {
        return sockets.watch(roomCode);
    }

    /**
     * What a failed answer says. It may be an envelope, some other text, or nothing.
     *
     * @param answer the answer
     * @return its failure; the parts are empty where it has none
     */
    public static Failure failure(ApiAnswer answer) {
        return Envelope.readFailure(answer.body(), Rejections.MAX_BODY);
    }

    /**
     * What it was built with.
     *
     * @return the settings
     */
    public LudoClientConfig config() {
        return config;
    }

    /**
     * Whether the API is asked at all.
     *
     * @return the state of the circuit breaker; a {@link CallListener} is told of changes
     */
    public CircuitBreaker.State circuitState() {
        return path.breaker.state();
    }

    /**
     * How busy it is.
     *
     * @return the connections and calls of this moment
     */
    public PoolState poolState() {
        return new PoolState(
                http.pool().open(),
                http.pool().idle(),
                path.bulkhead.inUse(path.host),
                path.bulkhead.waiting(path.host));
    }

    /**
     * Closes all connections, those to rooms too. Calls under way fail; later ones throw {@link IllegalStateException}.
     */
    @Override
    public void close() {
        sockets.close();
        http.close();
    }
}
