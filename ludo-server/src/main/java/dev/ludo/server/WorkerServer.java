package dev.ludo.server;

import dev.ludo.server.api.Api;
import dev.ludo.server.api.Failures;
import dev.ludo.server.api.Operations;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.Cors;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.GuardedConnections;
import dev.ludo.server.guard.Guards;
import dev.ludo.server.guard.Places;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.WhoActs;
import dev.ludo.server.ops.Health;
import dev.ludo.server.ops.Metrics;
import dev.ludo.server.ops.WorkerMetrics;
import dev.ludo.server.worker.Worker;
import dev.ludo.server.worker.WorkerConfig;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A worker that is a process of its own: it works, and tells operators how it is, on a port that serves nothing else.
 *
 * <p>Thread-safe. {@link #close} breaks off what is being passed on, which the next worker does again.
 */
public final class WorkerServer implements AutoCloseable {
    // What exactly has paths in it.
    private static final String IN_TROUBLE =
            "it cannot read or write its files, or do what an operator asks; its details and its log say why";

    private final ServerConfig config;
    private final Worker worker;
    private final Health health = new Health();
    private final GuardedConnections connections;
    private final WebServer web;

    private WorkerServer(ServerConfig config, Worker worker) {
        this.config = config;
        this.worker = worker;
        this.connections = new GuardedConnections(config.guard().wire(), List.of());
        Metrics metrics = new Metrics();
        WorkerMetrics.show(metrics, worker, Clock.systemUTC());
        health.check("worker", () -> worker.trouble().isEmpty() ? "" : IN_TROUBLE);
        this.web = web(new Operations(health::failing, metrics::text, this::details, true));
    }

    /**
     * Starts a worker.
     *
     * @param listening where it listens, and how patiently; the rest of it is not used
     * @param config what the worker is told
     * @return the worker, which works
     * @throws BadSettingException if the address cannot be listened on, or the folder cannot be used
     */
    public static WorkerServer start(ServerConfig listening, WorkerConfig config) {
        LudoServer.tryToListen(listening);
        WorkerServer server = new WorkerServer(listening, begin(config));
        try {
            if (!server.web.start().isRunning()) {
                throw LudoServer.cannotListen(listening);
            }
            return server;
        } catch (RuntimeException e) {
            server.worker.close();
            throw e;
        }
    }

    /** Starts a worker; where its folder cannot be used, that is a setting that is wrong. */
    static Worker begin(WorkerConfig config) {
        try {
            return Worker.start(config);
        } catch (IOException e) {
            throw new BadSettingException(
                    "LUDO_DATA_DIR names a folder in which no worker can work: " + e.getMessage());
        }
    }

    private WebServer web(Operations operations) {
        GuardConfig guard = config.guard();
        Guards guards = new Guards(
                new CallerAuth(guard, Clock.systemUTC()),
                new WhoActs(false),
                RateLimits.local(guard.callsPerMinute(), System::nanoTime, Clock.systemUTC()),
                new Cors(config.sockets().origins()),
                new Places(guard.concurrentCalls()));
        return WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .shutdownGracePeriod(config.drain())
                .directHandlers(Failures.belowRouting(served -> {}))
                .protocolsDiscoverServices(false)
                .connectionOptions(connections.socketOptions())
                .addConnectionSelector(connections)
                .routing(Api.inside(operations, guards, System::nanoTime, health::draining)
                        .routing())
                .build();
    }

    private Map<String, Object> details() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("trouble", worker.trouble());
        all.put("deadLetters", worker.deadLetters());
        Map<String, Object> targets = new LinkedHashMap<>();
        worker.targets()
                .forEach(state ->
                        targets.put(state.name(), Map.of("depth", state.depth(), "behindBytes", state.behindBytes())));
        all.put("targets", targets);
        return all;
    }

    /**
     * Where it is reached from this machine.
     *
     * @return such as {@code http://localhost:8082}
     */
    public URI uri() {
        return Address.of(config.host(), web.port());
    }

    @Override
    public void close() {
        health.drain();
        worker.close();
        connections.drain(Duration.ZERO);
        web.stop();
    }
}
