package dev.ludo.server.api;

import dev.ludo.core.model.RoomCode;
import dev.ludo.server.guard.Caller;
import java.io.OutputStream;
import java.util.Optional;

/** Tells what happens in rooms, as Server-Sent Events. Thread-safe. */
public interface RoomStreams {
    /** The events of a room for one who watches. For one thread, but for who makes the events. */
    interface Stream extends AutoCloseable {
        /**
         * Writes events as they come, until there are no more or nobody reads them, and closes what they were written to.
         *
         * @param out where to; what is flushed is sent
         */
        void writeTo(OutputStream out);

        @Override
        void close();
    }

    /**
     * Begins to watch a room. Waits until the API has told how the room stands.
     *
     * @param room the room
     * @param caller who watches
     * @param lastEventId the id of the last event that was heard before, if any
     * @return the events, to be closed; empty if the room is closed and nothing was missed
     */
    Optional<Stream> open(RoomCode room, Caller caller, Optional<String> lastEventId);
}
