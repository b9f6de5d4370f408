package dev.ludo.testkit;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.rules.Dice;
import dev.ludo.core.rules.RuleSet;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a {@link FakeLudo} is to be like. Not thread-safe; it may start several fakes. */
public final class FakeLudoBuilder {
    private static final int MAX_PORT = 65_535;

    private String host = "127.0.0.1";
    private int port;
    private Secret apiKey = Secret.of(FakeLudo.DEFAULT_API_KEY);
    private long seed = FakeLudo.DEFAULT_SEED;
    private Duration turnTime = FakeLudo.DEFAULT_TURN_TIME;
    private int rateLimit = FakeLudo.DEFAULT_RATE_LIMIT;
    private int messageLimit;
    private int resumeWindow = FakeLudo.DEFAULT_RESUME_WINDOW;
    private int socketBuffer = FakeLudo.DEFAULT_SOCKET_BUFFER;
    private int maxRooms = FakeLudo.DEFAULT_MAX_ROOMS;
    private int maxGames = FakeLudo.DEFAULT_MAX_ROOMS;
    private int journalSize = FakeLudo.DEFAULT_JOURNAL_SIZE;
    private Duration linger = Duration.ofSeconds(1);
    private Function<GameMode, RuleSet> rules = RuleSet::of;
    private Optional<Supplier<Dice>> dice = Optional.empty();
    private boolean attestedOnly;
    private Optional<VirtualClock> clock = Optional.empty();

    FakeLudoBuilder() {}

    /**
     * Where to listen.
     *
     * @param newHost a name or an address of this machine; 127.0.0.1 by default
     * @return this
     */
    public FakeLudoBuilder host(String newHost) {
        host = newHost;
        return this;
    }

    /**
     * On which port.
     *
     * @param newPort 0 to 65535; 0, the default, takes a free one
     * @return this
     * @throws IllegalArgumentException out of range
     */
    public FakeLudoBuilder port(int newPort) {
        require(newPort >= 0 && newPort <= MAX_PORT, "port must be 0 to 65535, was " + newPort);
        port = newPort;
        return this;
    }

    /**
     * Which API key to take.
     *
     * @param key the key; {@value FakeLudo#DEFAULT_API_KEY} by default
     * @return this
     */
    public FakeLudoBuilder apiKey(Secret key) {
        apiKey = key;
        return this;
    }

    /**
     * Where dice, names and tokens come from: two fakes with one seed that are asked the same do the same.
     *
     * @param newSeed any number; {@value FakeLudo#DEFAULT_SEED} by default
     * @return this
     */
    public FakeLudoBuilder seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    /**
     * How long a player has for a turn.
     *
     * @param time not negative, at most 365 days; zero for as long as they like; 30 seconds by default
     * @return this
     * @throws IllegalArgumentException out of range
     */
    public FakeLudoBuilder turnTime(Duration time) {
        require(
                !time.isNegative() && time.compareTo(Duration.ofDays(365)) <= 0,
                "turnTime must be from zero to 365 days, was " + time);
        turnTime = time;
        return this;
    }

    /**
     * How many calls a minute to take before answering 429.
     *
     * @param calls not negative; 0 for any number; {@value FakeLudo#DEFAULT_RATE_LIMIT} by default
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public FakeLudoBuilder rateLimit(int calls) {
        require(calls >= 0, "rateLimit must not be negative, was " + calls);
        rateLimit = calls;
        return this;
    }

    /**
     * Takes as many calls a minute as the hosted API's free tier: {@value FakeLudo#FREE_TIER_RATE_LIMIT}.
     *
     * @return this
     */
    public FakeLudoBuilder freeTier() {
        return rateLimit(FakeLudo.FREE_TIER_RATE_LIMIT);
    }

    /**
     * How many messages one socket may send in 20 seconds of the fake's time before it is closed with 4429. Pings and pongs
     * of WebSocket itself are not counted.
     *
     * @param messages not negative; 0, the default, for any number
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public FakeLudoBuilder messageLimit(int messages) {
        require(messages >= 0, "messageLimit must not be negative, was " + messages);
        messageLimit = messages;
        return this;
    }

    /**
     * How many broadcasts of a room to keep for whoever comes back.
     *
     * @param broadcasts at least 0; {@value FakeLudo#DEFAULT_RESUME_WINDOW} by default, as few as the contract allows
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public FakeLudoBuilder resumeWindow(int broadcasts) {
        require(broadcasts >= 0, "resumeWindow must not be negative, was " + broadcasts);
        resumeWindow = broadcasts;
        return this;
    }

    /**
     * How many entries of the journal to keep; the oldest go first. Of bodies 64 KiB each and 32 MiB together are kept.
     *
     * @param entries 0 to 1,000,000; {@value FakeLudo#DEFAULT_JOURNAL_SIZE} by default, and 0 for no journal
     * @return this
     * @throws IllegalArgumentException out of range
     */
    public FakeLudoBuilder journalSize(int entries) {
        require(entries >= 0 && entries <= 1_000_000, "journalSize must be 0 to 1000000, was " + entries);
        journalSize = entries;
        return this;
    }

    /**
     * How many messages may wait to be read by one socket before it is closed with 4410.
     *
     * @param messages at least 1; {@value FakeLudo#DEFAULT_SOCKET_BUFFER} by default
     * @return this
     * @throws IllegalArgumentException if less
     */
    public FakeLudoBuilder socketBuffer(int messages) {
        require(messages >= 1, "socketBuffer must be at least 1, was " + messages);
        socketBuffer = messages;
        return this;
    }

    /**
     * How many rooms there may be. Past it the room that was opened first of the closed ones is forgotten for a new one;
     * when none is closed, opening one is answered with 503.
     *
     * @param rooms at least 1; {@value FakeLudo#DEFAULT_MAX_ROOMS} by default
     * @return this
     * @throws IllegalArgumentException if less
     */
    public FakeLudoBuilder maxRooms(int rooms) {
        require(rooms >= 1, "maxRooms must be at least 1, was " + rooms);
        maxRooms = rooms;
        return this;
    }

    /**
     * By which rules to play, whatever the mode of a room.
     *
     * @param newRules the rules; by default those of the mode
     * @return this
     */
    public FakeLudoBuilder rules(RuleSet newRules) {
        rules = mode -> newRules;
        return this;
    }

    /**
     * By which rules to play in rooms of one mode.
     *
     * @param mode the mode
     * @param newRules the rules
     * @return this
     */
    public FakeLudoBuilder rules(GameMode mode, RuleSet newRules) {
        Function<GameMode, RuleSet> others = rules;
        rules = any -> any == mode ? newRules : others.apply(any);
        return this;
    }

    /**
     * Where each game gets its dice, instead of from the seed.
     *
     * @param newDice asked once for each game that starts, under a lock; a roll that fails is answered with 500
     * @return this
     */
    public FakeLudoBuilder dice(Supplier<Dice> newDice) {
        dice = Optional.of(newDice);
        return this;
    }

    /**
     * Leaves out all that the contract marks as this project's own design, to see how a client does with an API that has
     * only what is attested: no joining, rolling or leaving over REST, five messages without numbers on sockets, no codes in
     * failures. Players are seated by {@link Scene#seat}, and when a roll is due the fake rolls by itself.
     *
     * @return this
     */
    public FakeLudoBuilder attestedOnly() {
        attestedOnly = true;
        return this;
    }

    /** How many games are kept in the players' histories. */
    FakeLudoBuilder maxGames(int games) {
        maxGames = games;
        return this;
    }

    /** How long, in real time, peers have to end their connections after a close. */
    FakeLudoBuilder linger(Duration time) {
        linger = time;
        return this;
    }

    /**
     * By which time to live.
     *
     * @param newClock a clock that no other open fake has; by default each fake gets a new ticking one
     * @return this
     */
    public FakeLudoBuilder clock(VirtualClock newClock) {
        clock = Optional.of(newClock);
        return this;
    }

    /**
     * Starts the fake.
     *
     * @return the fake, ready for calls
     * @throws UncheckedIOException if it cannot listen at its host and port
     * @throws IllegalStateException if the clock belongs to another fake that is still open
     */
    public FakeLudo start() {
        return new FakeLudo(new FakeSetup(
                host,
                port,
                apiKey,
                seed,
                dice,
                turnTime,
                rules,
                new FakeLimits(
                        rateLimit, messageLimit, resumeWindow, socketBuffer, maxRooms, maxGames, journalSize, linger),
                clock.orElseGet(VirtualClock::ticking),
                () -> UUID.randomUUID().toString().substring(0, 8),
                attestedOnly));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
