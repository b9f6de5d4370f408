package dev.ludo.server.worker;

import java.time.Instant;

/**
 * How often something has failed.
 *
 * @param attempts how often
 * @param first when it first did; of no meaning if it has not
 */
record Failures(int attempts, Instant first) {
    /** None yet. */
    static final Failures NONE = new Failures(0, Instant.EPOCH);

    Failures another(Instant now) {
        return new Failures(attempts + 1, attempts == 0 ? now : first);
    }
}
