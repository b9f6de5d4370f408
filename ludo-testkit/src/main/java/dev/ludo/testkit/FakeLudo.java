package dev.ludo.testkit;

import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.rules.BotPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A Ludo API in this process, to test against: it answers over HTTP as the hosted API does, keeps to the rules of the game,
 * and rolls the same dice whenever it is started with the same seed.
 *
 * {@snippet :
 * try (FakeLudo ludo = FakeLudo.start()) {
 *     Room room = ludo.openRoom(new NewRoom(2, GameMode.QUICK));
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
public final class FakeLudo implements AutoCloseable {
    /** The key that a fake takes unless it is told another. */
    public static final String DEFAULT_API_KEY = "lk_test_demo";

    /** The seed of a fake that is told none: {@value}. The first game then rolls 4 6 4 6 4 6 5 4 6 1. */
    public static final long DEFAULT_SEED = 42;

    /** How long a player has for a turn unless the fake is told otherwise: 30 seconds. */
    public static final Duration DEFAULT_TURN_TIME = Duration.ofSeconds(30);

    /** How many calls a minute a fake takes unless it is told otherwise: {@value}. */
    public static final int DEFAULT_RATE_LIMIT = 10_000;

    private final FakeSetup setup;
    private final Timers timers;
    private final World world;
    private final RateLimiter limiter;
    private final Idempotency idempotency;
    private final OpenSockets sockets = new OpenSockets();
    private final HelidonServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    FakeLudo(FakeSetup setup) {
        this.setup = setup;
        VirtualClock clock = setup.clock();
        this.timers = new Timers(clock);
        this.world = new World(setup.seed(), setup.turnTime(), clock, timers, setup.epochs());
        this.limiter = new RateLimiter(setup.rateLimit(), clock);
        this.idempotency = new Idempotency(clock);
        ApiKey key = new ApiKey(setup.apiKey());
        HttpFront front = new HttpFront(
                key,
                new ApiSurface(key, limiter, idempotency, world),
                new ControlSurface(world, clock, setup.apiKey(), new ControlGuard(setup.host()), this::reset));
        clock.attach(timers::advance);
        timers.start();
        try {
            this.server =
                    HelidonServer.start(setup.host(), setup.port(), front, new SocketUpgrade(key, world, sockets));
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
        return URI.create("http://" + authority() + "/v1");
    }

    /**
     * Where the sockets are.
     *
     * @return such as {@code ws://127.0.0.1:41234/ws}
     */
    public URI wsUri() {
        return URI.create("ws://" + authority() + SocketUpgrade.PATH);
    }

    private String authority() {
        String host =
                setup.host().contains(":") && !setup.host().startsWith("[") ? '[' + setup.host() + ']' : setup.host();
        return (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ':' + port();
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
     * Opens a room in which nobody sits yet.
     *
     * @param wish for how many players and by which rules
     * @return the room
     */
    public Room openRoom(NewRoom wish) {
        return world.open(wish);
    }

    /**
     * Seats bots, which play by themselves once the game has started. If they take the last seats, it starts. A bot's delay
     * is the time for a roll and its move together, on the fake's clock: half of it passes before the roll, half between the
     * roll and the move. With {@link Duration#ZERO} a bot plays at once, on a thread of the fake.
     *
     * @param code the room, which must be waiting
     * @param count how many, 1 to 4
     * @param policy how they choose their moves
     * @param delay zero to a day
     * @return the room with them in it
     * @throws IllegalArgumentException if the count or the delay is out of range, or there is no such room
     * @throws IllegalStateException if the room has too few free seats or is not waiting
     */
    public Room seatBots(RoomCode code, int count, BotPolicy policy, Duration delay) {
        require(count >= 1 && count <= 4, "count must be 1 to 4, was " + count);
        require(
                !delay.isNegative() && delay.compareTo(ControlSurface.LONGEST_DELAY) <= 0,
                "delay must be from zero to a day, was " + delay);
        return translated(() -> world.seatBots(code, count, policy, delay));
    }

    /**
     * Says what the dice will show next, in whichever game rolls. A game's own script comes first; after the scripts each
     * game goes on with its own dice where they were.
     *
     * @param values what to roll, each 1 to 6
     * @throws IllegalArgumentException if a value is out of range
     */
    public void rollNext(int... values) {
        world.rollNext(Optional.empty(), dice(values));
    }

    /**
     * Says what the dice of one game will show next.
     *
     * @param game the game
     * @param values what to roll, each 1 to 6
     * @throws IllegalArgumentException if a value is out of range, or there is no such game
     */
    public void rollNext(GameId game, int... values) {
        boolean known = world.rollNext(Optional.of(game.value()), dice(values)).isPresent();
        require(known, "game must be one of this fake, was " + game);
    }

    private static List<Integer> dice(int... values) {
        for (int value : values) {
            require(value >= 1 && value <= 6, "values must be 1 to 6, was " + value);
        }
        return Arrays.stream(values).boxed().toList();
    }

    /**
     * Gives the games to come their dice: the n-th game started from now on, counted from 0, rolls as
     * {@code Dice.seeded(seed + n)} does. Games that have started keep theirs.
     *
     * @param seed any number
     */
    public void reseed(long seed) {
        world.reseed(seed);
    }

    /**
     * The rooms that can be read, closed ones too.
     *
     * @return the rooms in the order in which they were opened
     */
    public List<Room> rooms() {
        return world.allRooms();
    }

    /**
     * A room.
     *
     * @param code its code
     * @return the room as it is now, or empty if there is none, or no longer
     */
    public Optional<Room> room(RoomCode code) {
        return world.findRoom(code);
    }

    /**
     * A game.
     *
     * @param game which one
     * @return its state now, or empty if there is none, or no longer
     */
    public Optional<GameState> game(GameId game) {
        return world.findGame(game.value());
    }

    /**
     * What a room has told everybody: who came and went, and what happened in its game.
     *
     * @param code the room
     * @return its last 256 messages at most, in their order
     * @throws IllegalArgumentException if there is no such room
     */
    public List<RoomMessage> messages(RoomCode code) {
        return translated(() -> world.messages(code));
    }

    /**
     * Waits until a room is as it should be, such as ended. This waits in real time and does not move the clock.
     *
     * @param code the room
     * @param until what it should be like; asked under a lock, so it must only look at the room
     * @param atMost how long to wait
     * @return the room as it then was
     * @throws IllegalStateException if it does not come about in time, or there is no such room; the message shows what
     *     there is
     * @throws InterruptedException if the thread is interrupted
     */
    public Room awaitRoom(RoomCode code, Predicate<Room> until, Duration atMost) throws InterruptedException {
        Optional<Room> room = world.await(code, until, atMost);
        if (room.filter(until).isEmpty()) {
            throw new IllegalStateException("after " + atMost + " the room is still not as awaited: "
                    + room.map(Room::toString).orElse("there is no room " + code));
        }
        return room.get();
    }

    /**
     * Forgets everything: players, rooms, games, tokens, scripts, kept answers. Sockets are closed with 1001. What is named or rolled next is what a new
     * fake with the same seed names and rolls first. The clock goes on from where it is.
     */
    public void reset() {
        world.reset();
        limiter.reset();
        idempotency.reset();
    }

    /** Ends the fake, closes its sockets with 1001 and frees its port, within 200 ms. Calls after the first do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            world.end();
            sockets.awaitEnd();
            server.stop();
            timers.close();
            clock().detach();
        }
    }

    private static <T> T translated(Supplier<T> step) {
        try {
            return step.get();
        } catch (ApiFailure e) {
            if (e.code().status() == 404) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return "FakeLudo at " + setup.host() + ':' + port();
    }
}
