package dev.ludo.core.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A message from a room as it was sent: what happened, and for a broadcast its place in the room's history.
 *
 * @param event what happened
 * @param at its place in the history, from 1; empty for what goes to one client alone, and from an API that does not number
 * @param sentAt when it was sent; empty likewise
 */
public record RoomMessage(RoomEvent event, Optional<Sequence> at, Optional<Instant> sentAt) {
    /** Checks that no message stands before the first. */
    public RoomMessage {
        if (at.isPresent() && at.get().seq() < 1) {
            throw new IllegalArgumentException(
                    "seq of a message must be at least 1, was " + at.get().seq());
        }
    }
}
