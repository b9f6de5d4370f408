package dev.ludo.client.realtime;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.RoomMessage;

/**
 * Something that a connection has to tell: a message from the room, one that could not be read, or a change of the connection
 * itself. They come in one order, the same for handlers and for {@link RoomConnection#events}.
 */
public sealed interface RoomNotice permits RoomNotice.Received, RoomNotice.Unreadable, ConnectionEvent {
    /**
     * A message from the room.
     *
     * @param message what the API sent
     */
    record Received(RoomMessage message) implements RoomNotice {}

    /**
     * A message that could not be read; it stands where it came. Ten in a row end the connection.
     *
     * @param defect what is wrong with it
     */
    record Unreadable(MalformedJsonException defect) implements RoomNotice {}
}
