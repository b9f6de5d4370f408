package dev.ludo.core.rules;

import dev.ludo.core.event.RoomEvent;
import java.util.List;

/**
 * What an action led to.
 *
 * @param game the game after it
 * @param events what happened, in the order in which everybody is told; empty if there is nothing to tell
 */
public record Step(Game game, List<RoomEvent> events) {
    /** Copies the list. */
    public Step {
        events = List.copyOf(events);
    }
}
