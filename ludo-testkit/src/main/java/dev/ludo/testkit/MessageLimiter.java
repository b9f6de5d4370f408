package dev.ludo.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * So many messages of one socket in {@link #WINDOW}, counted in windows of which each begins with the first message after
 * the one before has ended. Control frames are no messages. For one thread.
 */
final class MessageLimiter {
    /** The time in which a proxy counts them too. */
    static final Duration WINDOW = Duration.ofSeconds(20);

    private final int limit;
    private final InstantSource clock;
    private Instant end = Instant.MIN;
    private int used;

    /** With a limit of 0 everything is allowed. */
    MessageLimiter(int limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
    }

    int limit() {
        return limit;
    }

    /** Counts a message, and says whether it may be heard. */
    boolean take() {
        if (limit == 0) {
            return true;
        }
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            end = now.plus(WINDOW);
            used = 0;
        }
        used++;
        return used <= limit;
    }
}
