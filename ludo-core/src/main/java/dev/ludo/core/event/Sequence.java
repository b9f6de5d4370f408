package dev.ludo.core.event;

/**
 * A place in the history of a room: that of a broadcast, or the one before the first.
 *
 * @param epoch which history: it changes when the API has lost the one before; empty when the API does not say
 * @param seq the broadcast's number, from 1, one more with each; 0 before the first
 */
public record Sequence(String epoch, long seq) {
    /** Checks the range. */
    public Sequence {
        if (seq < 0) {
            throw new IllegalArgumentException("seq must be at least 0, was " + seq);
        }
    }
}
