package dev.ludo.server;

import dev.ludo.client.LudoClient;
import dev.ludo.client.PoolConfig;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.client.resilience.CircuitBreaker;
import dev.ludo.server.api.Api;
import dev.ludo.server.api.CachedReads;
import dev.ludo.server.api.Failures;
import dev.ludo.server.api.Operations;
import dev.ludo.server.api.Routes;
import dev.ludo.server.api.Served;
import dev.ludo.server.cache.ResponseCache;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.Cors;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.GuardedConnections;
import dev.ludo.server.guard.Guards;
import dev.ludo.server.guard.Places;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.WhoActs;
import dev.ludo.server.ops.AccessLog;
import dev.ludo.server.ops.Health;
import dev.ludo.server.ops.HealthDetails;
import dev.ludo.server.ops.Metrics;
import dev.ludo.server.ops.SocketLog;
import dev.ludo.server.ops.SocketMetrics;
import dev.ludo.server.ops.UpstreamCheck;
import dev.ludo.server.realtime.Engine;
import dev.ludo.server.realtime.RelayUpgrader;
import dev.ludo.server.realtime.Sessions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The proxy: this class puts its parts together.
 *
 * <p>Thread-safe. {@link #close} lets calls in flight finish first.
 */
public final class LudoServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(LudoServer.class.getName());

    // Guards memory alone: a body is held to 64 KiB where it is read, with an answer that its sender gets to see.
    private static final long MAX_ENTITY = 2 * 1024 * 1024;

    // How long sockets may take to say goodbye: the closing handshake, and a little.
    private static final Duration SOCKETS_LEAVE_WITHIN = Duration.ofSeconds(6);

    // How long a peer may not read what was sent to it.
    private static final Duration STALLED = Duration.ofSeconds(30);

    // For how long calls are still taken once the proxy has said that it ends; less if nobody is connected.
    private static final Duration READY_FOR = Duration.ofSeconds(2);

    private static final PoolConfig UPSTREAM_CONNECTIONS = new PoolConfig(64, PoolConfig.DEFAULT.idleTime());

    private static final String ADMIN = "admin";

    private final String host;
    private final LudoClient client;
    private final LegWatch watch;
    private final Sessions sessions;
    private final WebServer web;
    private final Routes routes;
    private final GuardedConnections connections;
    private final GuardedConnections ofOperators;
    private final Health health;
    private final Duration drain;
    private final Duration drainSockets;

    private LudoServer(
            LudoClient client,
            LegWatch watch,
            Sessions sessions,
            WebServer web,
            Routes routes,
            GuardedConnections connections,
            GuardedConnections ofOperators,
            Health health,
            ServerConfig config) {
        this.host = config.host();
        this.client = client;
        this.watch = watch;
        this.sessions = sessions;
        this.web = web;
        this.routes = routes;
        this.connections = connections;
        this.ofOperators = ofOperators;
        this.health = health;
        this.drain = config.drain();
        this.drainSockets = config.sockets().drain();
    }

    /**
     * Starts a proxy.
     *
     * @param config what it is told
     * @return the proxy, which listens
     * @throws BadSettingException if the address cannot be listened on
     */
    public static LudoServer start(ServerConfig config) {
        tryToListen(config);
        Metrics metrics = new Metrics();
        LudoClient client = LudoClient.builder()
                .baseUri(config.apiBaseUrl())
                .apiKey(config::apiKey)
                .allowHttp(config.allowHttp())
                .timeouts(config.upstream().timeouts())
                .retry(config.upstream().retry())
                .circuitBreaker(config.upstream().circuitBreaker())
                .bulkhead(config.upstream().bulkhead())
                .listener(metrics)
                .pool(UPSTREAM_CONNECTIONS)
                .build();
        GuardConfig guard = config.guard();
        CallerAuth callers = new CallerAuth(guard, Clock.systemUTC());
        Guards guards = new Guards(
                callers,
                new WhoActs(guard.trustCallers()),
                RateLimits.local(guard.callsPerMinute(), System::nanoTime, Clock.systemUTC()),
                new Cors(config.sockets().origins()),
                new Places(guard.concurrentCalls()));
        ResponseCache cache = ResponseCache.local(config.cache().bytes(), System::nanoTime);
        CachedReads reads = new CachedReads(config.cache(), cache);
        Health health = new Health().check("upstream", new UpstreamCheck(client));
        Consumer<Served> log = new AccessLog().andThen(metrics);
        SocketConfig sockets = config.sockets();
        SocketConnector connector =
                new SocketConnector(Duration.ofSeconds(5), Duration.ofSeconds(10), Clock.systemUTC());
        Sessions sessions = new Sessions(sockets.perClient(), sockets.total(), Thread::sleep);
        LegWatch watch = LegWatch.start();
        SocketMetrics socketMetrics = new SocketMetrics(metrics);
        SocketLog socketLog = new SocketLog();
        Engine engine = new Engine(
                connector,
                watch,
                socketMetrics,
                session -> {
                    socketMetrics.ended(session);
                    socketLog.accept(session);
                },
                System::nanoTime,
                Thread::sleep,
                new Random());
        RelayUpgrader relay = new RelayUpgrader(
                sockets, config.apiKey(), callers, guards.limits(), sessions, engine, reads::roomChanged, log);
        SocketMetrics.showOpen(metrics, sessions::open);

        GuardedConnections connections = new GuardedConnections(guard.wire(), List.of(relay));
        HealthDetails details = new HealthDetails(health, client, cache)
                .with("sockets", sessions::open)
                .with("connections", connections::open)
                .with("calls", guards::inFlight)
                .with("clients", guards.limits()::clients);
        Operations operations = new Operations(
                health::failing, metrics::text, details, config.adminPort().isPresent());

        metrics.gauge("ludo_upstream_circuit", "0 closed, 1 half open, 2 open.", () -> number(client.circuitState()))
                .gauge(
                        "ludo_upstream_connections_open",
                        "Connections to the API.",
                        () -> client.poolState().open())
                .gauge(
                        "ludo_upstream_connections_idle",
                        "Of them, those nobody uses.",
                        () -> client.poolState().idle())
                .gauge(
                        "ludo_upstream_calls",
                        "Calls to the API that are under way.",
                        () -> client.poolState().calls())
                .gauge(
                        "ludo_upstream_waiting",
                        "Calls that wait for their turn.",
                        () -> client.poolState().waiting())
                .gauge(
                        "ludo_limiter_clients",
                        "Clients that are remembered for the calls that they made.",
                        guards.limits()::clients)
                .gauge(
                        "ludo_limiter_seekers",
                        "Clients that are remembered for having asked for rooms that do not exist.",
                        guards.limits()::seekers)
                .gauge(
                        "ludo_socket_queue_high_water",
                        "The most messages that have waited at once for a client whose socket is open.",
                        sessions::queueHighWater)
                .gauge("ludo_connections_open", "Connections that are open, sockets too.", connections::open)
                .gauge("ludo_calls_in_flight", "Calls that are being served.", guards::inFlight);

        Routes routes =
                Api.routes(client, config.apiKey(), reads, operations, guards, log, System::nanoTime, health::draining);
        WebServerConfig.Builder web = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .shutdownGracePeriod(config.drain())
                .maxPayloadSize(MAX_ENTITY)
                .directHandlers(Failures.belowRouting(log))
                // The only protocol: where there are two, what is neither is dropped without an answer.
                .protocolsDiscoverServices(false)
                .connectionOptions(connections.socketOptions())
                .addConnectionSelector(connections)
                // A peer that does not read what is sent to it: to wait for what it sends has deadlines in the guard.
                .idleConnectionTimeout(STALLED)
                .idleConnectionPeriod(STALLED.dividedBy(3))
                .routing(routes.routing());
        GuardedConnections ofOperators = new GuardedConnections(guard.wire(), List.of());
        config.adminPort()
                .ifPresent(port -> listenForOperators(web, config, port, operations, guards, health, ofOperators));
        return listen(config, web.build(), routes, client, watch, sessions, connections, ofOperators, health);
    }

    private static int number(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private static void listenForOperators(
            WebServerConfig.Builder web,
            ServerConfig config,
            int port,
            Operations operations,
            Guards guards,
            Health health,
            GuardedConnections connections) {
        web.putSocket(
                        ADMIN,
                        socket -> socket.host(config.host())
                                .port(port)
                                .shutdownGracePeriod(config.drain())
                                .directHandlers(Failures.belowRouting(served -> {}))
                                .protocolsDiscoverServices(false)
                                .connectionOptions(connections.socketOptions())
                                .addConnectionSelector(connections))
                .routing(
                        ADMIN,
                        Api.inside(operations, guards, System::nanoTime, health::draining)
                                .routing());
    }

    private static LudoServer listen(
            ServerConfig config,
            WebServer web,
            Routes routes,
            LudoClient client,
            LegWatch watch,
            Sessions sessions,
            GuardedConnections connections,
            GuardedConnections ofOperators,
            Health health) {
        try {
            web.start();
            if (!web.isRunning()) {
                throw cannotListen(config, "Address already in use");
            }
        } catch (RuntimeException e) {
            watch.close();
            client.close();
            throw e;
        }
        if (config.guard().isOpen()) {
            LOGGER.log(
                    Level.WARNING,
                    "everybody who reaches this proxy may call it; set LUDO_PROXY_TOKENS or LUDO_JWKS_URL to change"
                            + " that");
        }
        return new LudoServer(client, watch, sessions, web, routes, connections, ofOperators, health, config);
    }

    // Helidon logs a stack trace where a port is busy and goes on, and throws one for an unknown host; so the address
    // is tried first.
    private static void tryToListen(ServerConfig config) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            throw cannotListen(config, String.valueOf(e.getMessage()));
        }
    }

    private static BadSettingException cannotListen(ServerConfig config, String why) {
        return new BadSettingException("cannot listen on " + config.host() + " port " + config.port() + " (" + why
                + "); choose another with --port, LUDO_PORT or LUDO_HOST");
    }

    /**
     * The port that it listens on.
     *
     * @return the port, also when the configuration left it open
     */
    public int port() {
        return web.port();
    }

    /**
     * The port for operators alone.
     *
     * @return the port, also when the configuration left it open; -1 if there is none
     */
    public int adminPort() {
        return web.port(ADMIN);
    }

    /**
     * Where it is reached from this machine.
     *
     * @return such as {@code http://localhost:8000}; with the address in place of localhost if it listens on that one alone
     */
    public URI uri() {
        return Address.of(host, port());
    }

    /**
     * What it serves to callers.
     *
     * @return each route by its method and template, such as {@code GET /rooms/{code}}
     */
    public List<String> routes() {
        return routes.names();
    }

    /**
     * How many sockets are open.
     *
     * @return how many
     */
    public int openSockets() {
        return sessions.open();
    }

    /**
     * Ends in order. First {@code /health/ready} says so and every answer ends its connection, while calls are still taken, so
     * that whoever spreads calls can look elsewhere. Then the sockets that are open are told to come back elsewhere, no more
     * connections are taken, and calls in flight finish for as long as the configuration grants. A connection without a call ends once
     * it has been quiet for a while, so that a call which is just coming in on it is still served.
     */
    @Override
    public void close() {
        health.drain();
        connections.drain(READY_FOR.compareTo(drain.dividedBy(10)) < 0 ? READY_FOR : drain.dividedBy(10));
        sessions.drain(drainSockets, drain.compareTo(SOCKETS_LEAVE_WITHIN) < 0 ? drain : SOCKETS_LEAVE_WITHIN);
        ofOperators.drain(Duration.ZERO);
        web.stop();
        watch.close();
        client.close();
    }
}
