package dev.ludo.server.realtime;

import dev.ludo.client.resilience.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A time without the API: since when, and how often it was tried. Another attempt comes after a wait between zero and a
 * ceiling that grows from half a second to five, or after as long as the API asks for; none begins, and none lasts, longer than
 * 30 seconds after the loss. For one thread at a time.
 */
public final class Outage {
    /** For how long the API is tried to be reached again. */
    public static final Duration LASTS_AT_MOST = Duration.ofSeconds(30);

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Backoff backoff;
    private final long since;
    private int attempts;

    /**
     * One that begins.
     *
     * @param since when, on the clock that it is asked by later
     * @param random decides on waits
     */
    public Outage(long since, RandomGenerator random) {
        this.since = since;
        this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    }

    /**
     * Counts one more attempt.
     *
     * @return how many there were, from 1
     */
    public int nextAttempt() {
        return ++attempts;
    }

    /**
     * How long to wait before the attempt that was counted last.
     *
     * @param hint what the API asks for, if it does
     * @return zero or more
     */
    public Duration delay(Optional<Duration> hint) {
        return backoff.delay(attempts - 1, hint);
    }

    /**
     * How long it has lasted.
     *
     * @param now what time it is
     * @return zero or more
     */
    public Duration lasted(long now) {
        return Duration.ofNanos(now - since);
    }

    /**
     * How much of its time is left.
     *
     * @param now what time it is
     * @return negative when it is over
     */
    public Duration left(long now) {
        return LASTS_AT_MOST.minus(lasted(now));
    }
}
