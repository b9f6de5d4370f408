package dev.ludo.server;

import dev.ludo.client.LudoClient;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.server.api.Api;
import dev.ludo.server.api.CachedReads;
import dev.ludo.server.api.Failures;
import dev.ludo.server.cache.ResponseCache;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.Cors;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.GuardedConnections;
import dev.ludo.server.guard.Guards;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.WhoActs;
import dev.ludo.server.ops.AccessLog;
import dev.ludo.server.realtime.RelayUpgrader;
import dev.ludo.server.realtime.Sessions;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

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

    private final LudoClient client;
    private final LegWatch watch;
    private final Sessions sessions;
    private final WebServer web;
    private final AtomicBoolean draining;
    private final Duration drain;

    private LudoServer(
            LudoClient client,
            LegWatch watch,
            Sessions sessions,
            WebServer web,
            AtomicBoolean draining,
            Duration drain) {
        this.client = client;
        this.watch = watch;
        this.sessions = sessions;
        this.web = web;
        this.draining = draining;
        this.drain = drain;
    }

    /**
     * Starts a proxy.
     *
     * @param config what it is told
     * @return the proxy, which listens
     * @throws BadSettingException if the address cannot be listened on
     */
    public static LudoServer start(ServerConfig config) {
        LudoClient client = LudoClient.builder()
                .baseUri(config.apiBaseUrl())
                .apiKey(config::apiKey)
                .allowHttp(config.allowHttp())
                .build();
        GuardConfig guard = config.guard();
        CallerAuth callers = new CallerAuth(guard.proxyTokens(), guard.trustedProxies());
        Guards guards = new Guards(
                callers,
                new WhoActs(guard.trustCallers()),
                RateLimits.local(guard.callsPerMinute(), System::nanoTime, Clock.systemUTC()),
                new Cors(config.sockets().origins()),
                new Semaphore(guard.concurrentCalls()));
        CachedReads reads = new CachedReads(
                config.cache(), ResponseCache.local(config.cache().bytes(), System::nanoTime));
        AccessLog log = new AccessLog();
        AtomicBoolean draining = new AtomicBoolean();

        SocketConfig sockets = config.sockets();
        SocketConnector connector =
                new SocketConnector(Duration.ofSeconds(5), Duration.ofSeconds(10), Clock.systemUTC());
        Sessions sessions = new Sessions(sockets.perClient(), sockets.total());
        LegWatch watch = LegWatch.start();
        RelayUpgrader relay = new RelayUpgrader(
                sockets, config.apiKey(), callers, connector, sessions, watch, reads::heardFrom, log, System::nanoTime);

        GuardedConnections connections = new GuardedConnections(guard.wire(), List.of(relay));

        WebServer web = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .shutdownGracePeriod(config.drain())
                .maxPayloadSize(MAX_ENTITY)
                .directHandlers(Failures.belowRouting())
                // The only protocol: where there are two, what is neither is dropped without an answer.
                .protocolsDiscoverServices(false)
                .connectionOptions(connections.socketOptions())
                .addConnectionSelector(connections)
                // A peer that does not read what is sent to it: to wait for what it sends has deadlines in the guard.
                .idleConnectionTimeout(STALLED)
                .idleConnectionPeriod(STALLED.dividedBy(3))
                .routing(Api.routing(client, config.apiKey(), reads, guards, log, System::nanoTime, draining::get))
                .build();
        try {
            tryToListen(config);
            web.start();
            if (!web.isRunning()) {
                throw cannotListen(config, "Address already in use");
            }
        } catch (RuntimeException e) {
            watch.close();
            client.close();
            throw e;
        }
        if (guard.proxyTokens().isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    "everybody who reaches this proxy may call it; set LUDO_PROXY_TOKENS to change that");
        }
        return new LudoServer(client, watch, sessions, web, draining, config.drain());
    }

    // Helidon logs a stack trace where a port is busy and goes on; so the address is tried first.
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
     * Where it is reached from this machine.
     *
     * @return such as {@code http://localhost:8000}
     */
    public URI uri() {
        return URI.create("http://localhost:" + port());
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
     * Takes no more sockets and calls, tells the sockets that are open to come back elsewhere, lets calls in flight finish
     * for as long as the configuration grants, and ends.
     */
    @Override
    public void close() {
        draining.set(true);
        sessions.drain(drain.compareTo(SOCKETS_LEAVE_WITHIN) < 0 ? drain : SOCKETS_LEAVE_WITHIN);
        web.stop();
        watch.close();
        client.close();
    }
}
