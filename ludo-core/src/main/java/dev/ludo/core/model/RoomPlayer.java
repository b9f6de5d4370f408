package dev.ludo.core.model;

import java.util.Optional;

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
    public RoomPlayer {
        Check.present(playerId, "playerId");
        playerName = Check.orElse(playerName, "");
    }

    /**
     * This player on a seat.
     *
     * @param color the colour that was dealt
     * @return the same otherwise
     */
    public RoomPlayer withColor(Color color) {
        return new RoomPlayer(playerId, playerName, Optional.of(color), connected);
    }

    /**
     * This player with or without a socket.
     *
     * @param connected whether there is one
     * @return the same otherwise
     */
    public RoomPlayer withConnected(boolean connected) {
        return new RoomPlayer(playerId, playerName, color, connected);
    }
}
