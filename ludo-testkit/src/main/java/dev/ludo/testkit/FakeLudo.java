package dev.ludo.testkit;

import dev.ludo.core.model.Secret;
import dev.ludo.testkit.fault.Faults;
import dev.ludo.testkit.fault.Glob;
import dev.ludo.testkit.journal.Journal;
import dev.ludo.testkit.journal.JournalRecorder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Ludo API in this process, to test against: it answers over HTTP as the hosted API does, keeps to the rules of the game,
 * and rolls the same dice whenever it is started with the same seed.
 *
 * {@snippet :
 * try (FakeLudo ludo = FakeLudo.start()) {
 *     Room room = ludo.openRoom(2, GameMode.QUICK);
 *     ludo.seatBots(room.code(), 1, BotPolicy.GREEDY, Duration.ZERO);
 *     ludo.rollNext(6, 1);
 *     // … let the code under test join by ludo.baseUri() and ludo.apiKey(), and play
 *     ludo.advance(Duration.ofSeconds(30)); // … and be too slow
 * }
 * }
 *
 * <p>Where the contract leaves it open: a player who joins again gets a fresh token and the one before is worth nothing from
 * then on; a turn's time covers all rolls and moves of the turn; of the answers kept for idempotency keys there are 20,000
 * at most, the oldest go first; a rate window begins with the first call after the one before has ended; games can be read
 * as long as their room; over a socket the broadcasts of a roll or move come before its ack, and a player's own
 * {@code room:player-connection} comes after {@code room:joined}.
 *
 * <p>Thread-safe. Each fake has its own port, players and games; any number of them run side by side.
 */
public final class FakeLudo extends Scene implements AutoCloseable {
    /** The key that a fake takes unless it is told another. */
    public static final String DEFAULT_API_KEY = "lk_test_demo";

    /** The seed of a fake that is told none: {@value}. The first game then rolls 4 6 4 6 4 6 5 4 6 1. */
    public static final long DEFAULT_SEED = 42;

    /** How long a player has for a turn unless the fake is told otherwise: 30 seconds. */
    public static final Duration DEFAULT_TURN_TIME = Duration.ofSeconds(30);

    /** How many calls a minute a fake takes unless it is told otherwise: {@value}. */
    public static final int DEFAULT_RATE_LIMIT = 10_000;

    /** How many calls a minute the hosted API's free tier takes: {@value}. */
    public static final int FREE_TIER_RATE_LIMIT = 100;

    /** How many broadcasts of a room are kept for whoever comes back, unless the fake is told otherwise: {@value}. */
    public static final int DEFAULT_RESUME_WINDOW = 256;

    /** How many messages may wait to be read by one socket unless the fake is told otherwise: {@value}. */
    public static final int DEFAULT_SOCKET_BUFFER = 1024;

    /** How many rooms there may be unless the fake is told otherwise: {@value}. */
    public static final int DEFAULT_MAX_ROOMS = 10_000;

    /** How many entries of the journal are kept unless the fake is told otherwise: {@value}. */
    public static final int DEFAULT_JOURNAL_SIZE = 10_000;

    private final FakeSetup setup;
    private final Timers timers;
    private final Courier courier;
    private final World world;
    private final RateLimiter limiter;
    private final Idempotency idempotency;
    private final Scripts scripts = new Scripts();
    private final OpenSockets sockets = new OpenSockets();
    private final Wires wires = new Wires();
    private final Faults faults;
    private final JournalRecorder journal;
    private final HelidonServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    FakeLudo(FakeSetup setup) {
        this(setup, new Timers(setup.clock()), new Courier());
    }

    private FakeLudo(FakeSetup setup, Timers timers, Courier courier) {
        this(setup, timers, courier, new World(setup, timers, courier));
    }

    private FakeLudo(FakeSetup setup, Timers timers, Courier courier, World world) {
        super(world);
        VirtualClock clock = setup.clock();
        FakeLimits limits = setup.limits();
        this.setup = setup;
        this.timers = timers;
        this.courier = courier;
        this.world = world;
        this.limiter = new RateLimiter(limits.callsPerMinute(), clock);
        this.idempotency = new Idempotency(clock);
        this.faults = new Faults(setup.seed());
        this.journal = new JournalRecorder(clock, Clock.systemUTC(), limits.journal());
        ApiKey key = new ApiKey(setup.apiKey());
        HttpFront front = new HttpFront(
                key,
                new ApiSurface(key, limiter, idempotency, scripts, world, setup.attestedOnly()),
                new ControlSurface(
                        world,
                        clock,
                        setup.apiKey(),
                        new ControlGuard(setup.host()),
                        this::reset,
                        new FaultControl(faults),
                        new JournalControl(journal.journal())),
                new CallFaults(faults, wires),
                journal);
        SocketUpgrade upgrade = new SocketUpgrade(
                key, new SocketSetup(world, sockets, limits, Dialect.of(setup), clock, faults, journal), wires);
        clock.attach(timers::advance);
        timers.start();
        try {
            this.server = HelidonServer.start(setup.host(), setup.port(), front, upgrade, wires, journal);
        } catch (RuntimeException e) {
            timers.close();
            clock.detach();
            throw e;
        }
    }

    /**
     * Starts a fake with every default, on a free port of the loopback address.
     *
     * @return the fake, ready for calls
     */
    public static FakeLudo start() {
        return builder().start();
    }

    /**
     * Starts a fake with something else than the defaults.
     *
     * @return a builder with every default
     */
    public static FakeLudoBuilder builder() {
        return new FakeLudoBuilder();
    }

    /**
     * Where the API is.
     *
     * @return such as {@code http://127.0.0.1:41234/v1}
     */
    public URI baseUri() {
        return URI.create("http://" + setup.authority(port()) + "/v1");
    }

    /**
     * Where the sockets are.
     *
     * @return such as {@code ws://127.0.0.1:41234/ws}
     */
    public URI wsUri() {
        return URI.create("ws://" + setup.authority(port()) + SocketUpgrade.PATH);
    }

    /**
     * How many sockets there are, whether they have joined a room or not. One that has been closed counts until its
     * connection has ended.
     *
     * @return the number, from 0
     */
    public int openSockets() {
        return sockets.count();
    }

    /**
     * Waits until there are as many sockets as there should be, such as none after the code under test has ended. This waits
     * in real time and does not move the clock.
     *
     * @param count how many, from 0
     * @param atMost how long to wait
     * @return whether it came about in time
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitSockets(int count, Duration atMost) throws InterruptedException {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, was " + count);
        }
        return sockets.await(count, atMost);
    }

    /**
     * The key that calls must carry.
     *
     * @return the key
     */
    public Secret apiKey() {
        return setup.apiKey();
    }

    /**
     * The port on which it listens.
     *
     * @return the port, the same after the fake is closed
     */
    public int port() {
        return server.port();
    }

    /**
     * The time by which it lives.
     *
     * @return its clock
     */
    public VirtualClock clock() {
        return setup.clock();
    }

    /**
     * Moves its time on and does all that falls due on the way, as {@link VirtualClock#advance} of its clock does.
     *
     * @param by how far, not negative
     */
    public void advance(Duration by) {
        clock().advance(by);
    }

    /**
     * Scripts answers to some requests, which win over what the rules say.
     *
     * @param method such as {@code POST}
     * @param path exact, such as {@code /v1/rooms}, or a {@link Glob}, such as {@code /v1/rooms/*}
     * @return where to say what is answered
     * @throws IllegalArgumentException if the method is no word, or the path does not begin with {@code /v1} or names a room
     *     that is not there
     */
    public Script on(String method, String path) {
        RequestPattern pattern = new RequestPattern(method, Glob.of(path));
        pattern.checkRoom(code -> room(code).isPresent());
        return new Script(pattern, scripts);
    }

    /**
     * The requests that were waited for with a scripted answer and have not come.
     *
     * @return one for each answer that was not given, the oldest first
     */
    public List<RequestPattern> unusedScripts() {
        return scripts.unused();
    }

    /**
     * What was asked and answered, over REST and sockets.
     *
     * @return the journal of this fake
     */
    public Journal journal() {
        return journal.journal();
    }

    /**
     * What is to go wrong with calls and messages.
     *
     * @return the faults of this fake
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Forgets everything: players, rooms, games, tokens, scripts, faults, kept answers, the journal. Sockets are closed with
     * 1001. What is named or rolled next is what a new fake with the same seed names and rolls first. The clock goes on from
     * where it is.
     */
    public void reset() {
        faults.reset();
        wires.release();
        world.reset();
        limiter.reset();
        idempotency.reset();
        scripts.reset();
        journal.journal().clear();
    }

    /** Ends the fake, closes its sockets with 1001 and frees its port, within 200 ms. Calls after the first do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            faults.clear();
            wires.release();
            world.end();
            sockets.awaitEnd();
            server.stop();
            courier.close();
            timers.close();
            clock().detach();
        }
    }

    @Override
    public String toString() {
        return "FakeLudo at " + setup.host() + ':' + port();
    }
}
