package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.client.resilience.Sleeper;
import dev.ludo.core.model.Secret;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.cache.Touched;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.GuardedConnections;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.WireLimits;
import dev.ludo.server.watch.Hubs;
import dev.ludo.server.watch.UpstreamBus;
import dev.ludo.server.watch.WatchMeter;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The relay alone, on a web server of its own, with the time that a test gives it. It remembers what it measured. */
final class TestRelay implements AutoCloseable, SocketMeter {
    final Sessions sessions;
    final Queue<Comeback> comebacks = new ConcurrentLinkedQueue<>();
    final Queue<EndedSession> ended = new ConcurrentLinkedQueue<>();

    /** What was made old by what was heard in rooms. */
    final Queue<Touched> touched = new ConcurrentLinkedQueue<>();

    /** How many messages of clients were read. */
    final AtomicInteger up = new AtomicInteger();

    final Hubs hubs;
    private final WebServer web;

    TestRelay(SocketConfig config, LegWatch watch, LongSupplier nanoTime, Sleeper sleeper) {
        this(config, watch, LegLimits.DEFAULT, Duration.ofSeconds(10), nanoTime, sleeper);
    }

    TestRelay(
            SocketConfig config,
            LegWatch watch,
            LegLimits limits,
            Duration handshakeWithin,
            LongSupplier nanoTime,
            Sleeper sleeper) {
        sessions = new Sessions(config.perClient(), config.total(), sleeper);
        Engine engine = new Engine(
                new SocketConnector(Duration.ofSeconds(5), handshakeWithin, Clock.systemUTC()),
                watch,
                limits,
                this,
                ended::add,
                nanoTime,
                sleeper,
                new Random(1));
        Secret apiKey = Secret.of("lk_test_demo");
        hubs = new Hubs(
                new UpstreamBus(config, apiKey, engine),
                sessions,
                config.watchersPerRoom(),
                (room, what) -> touched.add(what),
                WatchMeter.NONE,
                nanoTime);
        RelayUpgrader relay = new RelayUpgrader(
                config,
                apiKey,
                new CallerAuth(GuardConfig.DEFAULT, Clock.systemUTC()),
                RateLimits.local(0, nanoTime, Clock.systemUTC()),
                sessions,
                hubs,
                engine,
                (room, what) -> touched.add(what),
                served -> {});
        GuardedConnections connections = new GuardedConnections(WireLimits.DEFAULT, List.of(relay));
        web = WebServer.builder()
                .host("127.0.0.1")
                .shutdownHook(false)
                .backlog(1024)
                .protocolsDiscoverServices(false)
                .connectionOptions(connections.socketOptions())
                .addConnectionSelector(connections)
                .build()
                .start();
    }

    int port() {
        return web.port();
    }

    URI socket(String room) {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/game/" + room);
    }

    @Override
    public void cameBack(Comeback how, Duration took) {
        comebacks.add(how);
    }

    @Override
    public void passed(Direction direction, int bytes, long nanos) {
        if (direction == Direction.UP) {
            up.incrementAndGet();
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        web.stop();
        hubs.close();
    }
}
