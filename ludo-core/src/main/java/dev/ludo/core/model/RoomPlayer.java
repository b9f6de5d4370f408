package dev.ludo.core.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A player who has a seat in a room.
 *
 * @param playerId who
 * @param playerName their name
 * @param color their colour; empty until the game starts, which deals the seats
 * @param connected whether they have an open socket
 */
public record RoomPlayer(PlayerId playerId, String playerName, Optional<Color> color, boolean connected) {
    /** Checks what must be there. */
    public RoomPlayer(PlayerId playerId, @Nullable String playerName, Optional<Color> color, boolean connected) {
        this.playerId = Check.present(playerId, "playerId");
        this.playerName = playerName == null ? "" : playerName;
        this.color = color;
        this.connected = connected;
    }
}
