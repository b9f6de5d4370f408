package dev.ludo.server.guard;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts what clients do against a limit. Implementations are thread-safe. */
public interface RateLimiter {
    /**
     * What a limiter says.
     *
     * @param allowed whether it may be done
     * @param limit how often it may be done in a period
     * @param remaining how often it may be done at once after this
     * @param resetAt when all of the limit is there again, in Unix seconds
     * @param retryAfter after how many seconds it may be done again, 0 if at once
     */
    record Verdict(boolean allowed, int limit, int remaining, long resetAt, long retryAfter) {}

    /**
     * Does it once, if the limit allows.
     *
     * @param client who does it
     * @return whether it may be done
     */
    Verdict take(String client);

    /**
     * Asks without doing.
     *
     * @param client who would do it
     * @return whether it may be done
     */
    Verdict look(String client);

    /**
     * Counts what was done already, beyond the limit too: it takes so much longer until it may be done again.
     *
     * @param client who did it
     */
    void charge(String client);

    /**
     * How many clients it remembers.
     *
     * @return how many
     */
    long clients();

    /**
     * A limiter in this process's memory: the generic cell rate algorithm, which spreads a limit evenly over its period and
     * allows a burst of all of it. It keeps one number for each client, and the last 100,000 clients at most.
     *
     * @param limit how often a client may, at least 1
     * @param period in which time
     * @param nanoTime the clock that is counted by
     * @param clock the clock that {@code resetAt} is told by
     * @return the limiter
     */
    static RateLimiter local(int limit, Duration period, LongSupplier nanoTime, Clock clock) {
        return new LocalRateLimiter(limit, period, nanoTime, clock);
    }
}
