package dev.ludo.core.event;

import dev.ludo.core.model.GameState;
import java.util.List;

/**
 * The answer to a move.
 *
 * @param events what the move did, in order, as everybody in the room was told
 * @param state the game after it
 */
public record MoveResult(List<RoomMessage> events, GameState state) {
    /** Copies the list. */
    public MoveResult {
        events = List.copyOf(events);
    }
}
