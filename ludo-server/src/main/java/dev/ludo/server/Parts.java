package dev.ludo.server;

import dev.ludo.client.LudoClient;
import dev.ludo.client.PoolConfig;
import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.server.api.Api;
import dev.ludo.server.api.CachedReads;
import dev.ludo.server.api.Failures;
import dev.ludo.server.api.Operations;
import dev.ludo.server.api.Routes;
import dev.ludo.server.api.Served;
import dev.ludo.server.cache.ResponseCache;
import dev.ludo.server.guard.BodiesAsTheyAre;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.Cors;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.GuardedConnections;
import dev.ludo.server.guard.Guards;
import dev.ludo.server.guard.Places;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.WhoActs;
import dev.ludo.server.inbox.StandbyInbox;
import dev.ludo.server.ops.AccessLog;
import dev.ludo.server.ops.Health;
import dev.ludo.server.ops.HealthDetails;
import dev.ludo.server.ops.Metrics;
import dev.ludo.server.ops.SocketLog;
import dev.ludo.server.ops.SocketMetrics;
import dev.ludo.server.ops.UpstreamCheck;
import dev.ludo.server.ops.WatchMetrics;
import dev.ludo.server.ops.WorkerMetrics;
import dev.ludo.server.realtime.Engine;
import dev.ludo.server.realtime.RelayUpgrader;
import dev.ludo.server.realtime.Sessions;
import dev.ludo.server.watch.Hubs;
import dev.ludo.server.watch.UpstreamBus;
import dev.ludo.server.worker.Archive;
import dev.ludo.server.worker.Worker;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** The parts of a proxy, put together; nothing listens yet. */
final class Parts {
    /** The name of the socket that is for operators alone. */
    static final String ADMIN = "admin";

    // Guards memory alone: a body is held to 64 KiB where it is read, with an answer that its sender gets to see.
    private static final long MAX_ENTITY = 2 * 1024 * 1024;

    // How long a peer may not read what was sent to it.
    private static final Duration STALLED = Duration.ofSeconds(30);

    private static final PoolConfig UPSTREAM_CONNECTIONS = new PoolConfig(64, PoolConfig.DEFAULT.idleTime());

    final ServerConfig config;
    final Metrics metrics = new Metrics();
    final LudoClient client;
    final Guards guards;
    final ResponseCache cache;
    final Health health;
    final LegWatch watch = LegWatch.start();
    final Sessions sessions;
    final Hubs hubs;
    final GuardedConnections connections;
    final GuardedConnections ofOperators;
    final Routes routes;
    private final CallerAuth callers;
    private final CachedReads reads;
    private final Consumer<Served> log = new AccessLog().andThen(metrics);
    private final Operations operations;
    private final Optional<Webhooks> webhooks;
    private final Optional<Archive> archive;
    private Optional<Worker> worker = Optional.empty();

    Parts(ServerConfig config, Optional<StandbyInbox> inbox) {
        this.config = config;
        this.client = client();
        GuardConfig guard = config.guard();
        this.callers = new CallerAuth(guard, Clock.systemUTC());
        this.guards = new Guards(
                callers,
                new WhoActs(guard.trustCallers()),
                RateLimits.local(guard.callsPerMinute(), System::nanoTime, Clock.systemUTC()),
                new Cors(config.sockets().origins()),
                new Places(guard.concurrentCalls()));
        this.cache = ResponseCache.local(config.cache().bytes(), System::nanoTime);
        this.reads = new CachedReads(config.cache(), cache);
        this.webhooks = config.webhooks()
                .flatMap(wanted -> inbox.map(open -> new Webhooks(wanted, open, client, reads, metrics)));
        this.archive = config.webhooks().map(wanted -> new Archive(wanted.folder(), System::nanoTime));
        this.health = new Health().check("upstream", new UpstreamCheck(client));
        this.sessions =
                new Sessions(config.sockets().perClient(), config.sockets().total(), Thread::sleep);
        Engine engine = engine();
        this.hubs = new Hubs(
                        new UpstreamBus(config.sockets(), config.apiKey(), engine),
                        sessions,
                        config.sockets().watchersPerRoom(),
                        reads::heardIn,
                        new WatchMetrics(metrics),
                        System::nanoTime)
                .start();
        RelayUpgrader relay = new RelayUpgrader(
                config.sockets(),
                config.apiKey(),
                callers,
                guards.limits(),
                sessions,
                hubs,
                engine,
                reads::heardIn,
                log);
        this.connections = new GuardedConnections(guard.wire(), List.of(relay));
        this.ofOperators = new GuardedConnections(guard.wire(), List.of());
        HealthDetails details = new HealthDetails(health, client, cache)
                .with("sockets", sessions::open)
                .with("watchedRooms", hubs::open)
                .with("connections", connections::open)
                .with("calls", guards::inFlight)
                .with("clients", guards.limits()::clients);
        this.operations = new Operations(
                health::failing, metrics::text, details, config.adminPort().isPresent());
        this.routes = Api.routes(
                client,
                config.apiKey(),
                reads,
                hubs,
                operations,
                webhooks.map(parts -> parts.deliveries),
                archive,
                guards,
                log,
                System::nanoTime,
                health::draining);
        Gauges.show(this);
    }

    /** Starts the worker, if one is to work in this process. */
    void work() {
        worker = config.worker().map(WorkerServer::begin);
        worker.ifPresent(working -> WorkerMetrics.show(metrics, working, Clock.systemUTC()));
    }

    private LudoClient client() {
        return LudoClient.builder()
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
    }

    private Engine engine() {
        SocketMetrics socketMetrics = new SocketMetrics(metrics);
        SocketLog socketLog = new SocketLog();
        return new Engine(
                new SocketConnector(Duration.ofSeconds(5), Duration.ofSeconds(10), Clock.systemUTC()),
                watch,
                LegLimits.DEFAULT,
                socketMetrics,
                session -> {
                    socketMetrics.ended(session);
                    socketLog.accept(session);
                },
                System::nanoTime,
                Thread::sleep,
                new Random());
    }

    /** The web server that serves all of this, not yet started. */
    WebServer web() {
        WebServerConfig.Builder web = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .shutdownGracePeriod(config.drain())
                .maxPayloadSize(MAX_ENTITY)
                .contentEncoding(new BodiesAsTheyAre())
                .directHandlers(Failures.belowRouting(log))
                // The only protocol: where there are two, what is neither is dropped without an answer.
                .protocolsDiscoverServices(false)
                .connectionOptions(connections.socketOptions())
                .addConnectionSelector(connections)
                // A peer that does not read what is sent to it: to wait for what it sends has deadlines in the guard.
                .idleConnectionTimeout(STALLED)
                .idleConnectionPeriod(STALLED.dividedBy(3))
                .routing(routes.routing());
        config.adminPort().ifPresent(port -> listenForOperators(web, port));
        return web.build();
    }

    private void listenForOperators(WebServerConfig.Builder web, int port) {
        web.putSocket(
                        ADMIN,
                        socket -> socket.host(config.host())
                                .port(port)
                                .shutdownGracePeriod(config.drain())
                                .directHandlers(Failures.belowRouting(served -> {}))
                                .protocolsDiscoverServices(false)
                                .connectionOptions(ofOperators.socketOptions())
                                .addConnectionSelector(ofOperators))
                .routing(
                        ADMIN,
                        Api.inside(operations, guards, System::nanoTime, health::draining)
                                .routing());
    }

    /** Frees what the parts hold of the machine, the web server apart. */
    void close() {
        webhooks.ifPresent(Webhooks::close);
        hubs.close();
        worker.ifPresent(Worker::close);
        archive.ifPresent(Archive::close);
        watch.close();
        client.close();
    }
}
