package dev.ludo.core.model;

import jakarta.json.bind.annotation.JsonbTypeAdapter;

/**
 * The answer to a player who joins a room.
 *
 * @param playerToken holds their seat in this room: needed to roll, to move and to leave; keep it
 * @param playerId who they are
 * @param room the room, with them in it
 */
public record Joined(@JsonbTypeAdapter(Secret.OnWire.class) Secret playerToken, PlayerId playerId, Room room) {
    /** Checks what must be there. */
    public Joined {
        Check.present(playerToken, "playerToken");
        Check.present(playerId, "playerId");
        Check.present(room, "room");
    }
}
