package dev.ludo.server.throttle;

import java.time.Duration;

/**
 * How long to wait for the next look at a disk: twice as long after each that failed, since it may have read or written much
 * for nothing. Immutable.
 *
 * @param usual how long where none failed, more than zero
 * @param longest how long at most
 */
public record GrowingPause(Duration usual, Duration longest) {
    /**
     * How long to wait now.
     *
     * @param failed how many looks failed one after another, 0 or more
     * @return the wait
     */
    public Duration after(int failed) {
        Duration doubled = usual.multipliedBy(1L << Math.min(failed, 20));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
