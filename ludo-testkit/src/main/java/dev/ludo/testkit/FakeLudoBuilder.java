package dev.ludo.testkit;

import dev.ludo.core.model.Secret;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What a {@link FakeLudo} is to be like. Not thread-safe; it may start several fakes. */
public final class FakeLudoBuilder {
    private static final int MAX_PORT = 65_535;

    private String host = "127.0.0.1";
    private int port;
    private Secret apiKey = Secret.of(FakeLudo.DEFAULT_API_KEY);
    private long seed = FakeLudo.DEFAULT_SEED;
    private Duration turnTime = FakeLudo.DEFAULT_TURN_TIME;
    private int rateLimit = FakeLudo.DEFAULT_RATE_LIMIT;
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
                turnTime,
                rateLimit,
                clock.orElseGet(VirtualClock::ticking),
                () -> UUID.randomUUID().toString().substring(0, 8)));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
