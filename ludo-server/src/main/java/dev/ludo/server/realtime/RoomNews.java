package dev.ludo.server.realtime;

import dev.ludo.core.model.RoomCode;
import dev.ludo.server.cache.Touched;

/** Is told of each message from a room before anybody else is, so that what was kept of the room is old by then. Thread-safe. */
@FunctionalInterface
public interface RoomNews {
    /**
     * Something has happened in a room.
     *
     * @param room where
     * @param touched what that makes old
     */
    void heard(RoomCode room, Touched touched);
}
