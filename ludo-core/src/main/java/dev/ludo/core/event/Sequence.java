package dev.ludo.core.event;

/**
 * Where a broadcast stands in the history of its room.
 *
 * @param epoch which history: it changes when the API has lost the one before; empty when the API does not say
 * @param seq the place in it, from 1, one more with each broadcast
 */
public record Sequence(String epoch, long seq) {
    /** Checks the range. */
    public Sequence {
        if (seq < 1) {
            throw new IllegalArgumentException("seq must be at least 1, was " + seq);
        }
    }
}
