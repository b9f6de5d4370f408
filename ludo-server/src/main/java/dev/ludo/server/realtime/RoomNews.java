package dev.ludo.server.realtime;

import dev.ludo.core.model.RoomCode;

/** Is told of each message from a room before anybody else is, so that what was kept of the room is old by then. Thread-safe. */
@FunctionalInterface
public interface RoomNews {
    /**
     * Something has happened in a room.
     *
     * @param room where
     * @param gameIsOver whether its game has ended with that, so that ratings may have changed
     */
    void heard(RoomCode room, boolean gameIsOver);
}
