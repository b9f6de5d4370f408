package dev.ludo.core.event;

import dev.ludo.core.model.GameState;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a move. That there is one says that the move was made; an API may say no more than that.
 *
 * @param events what the move did, in order, as everybody in the room was told; empty if the API does not say
 * @param state the game after it; empty if the API does not say, so that it has to be asked for the game's state
 */
public record MoveResult(List<RoomMessage> events, Optional<GameState> state) {
    /** Of an API that says nothing but that the move was made. */
    public static final MoveResult BARE = new MoveResult(List.of(), Optional.empty());

    /** Copies the list. */
    public MoveResult {
        events = List.copyOf(events);
    }
}
