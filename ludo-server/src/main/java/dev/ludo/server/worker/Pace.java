package dev.ludo.server.worker;

import dev.ludo.client.resilience.Backoff;
import dev.ludo.client.resilience.Sleeper;
import dev.ludo.server.throttle.Seldom;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The time of a worker.
 *
 * @param clock tells it
 * @param nanos tells how much of it has passed, whoever sets the clock
 * @param sleeper lets it pass, for polling and between attempts
 * @param random draws the waits between attempts
 */
record Pace(Clock clock, LongSupplier nanos, Sleeper sleeper, RandomGenerator random) {
    /** How long after its first attempt a delivery is given up: at the first failure that is so late. */
    static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

    /** How often is looked for something new. */
    static final Duration POLL = Duration.ofMillis(20);

    private static final Duration TOLD_AGAIN_AFTER = Duration.ofMinutes(10);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    static Pace real(Clock clock) {
        return new Pace(clock, System::nanoTime, Thread::sleep, new Random());
    }

    /** For what may stand in the log once in ten minutes. */
    <R> Seldom<R> seldom() {
        return new Seldom<>(TOLD_AGAIN_AFTER, nanos);
    }

    Backoff backoff() {
        return new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    }
}
