package dev.ludo.client.realtime;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.rules.Game;
import java.util.Optional;

/**
 * Something that a connection has to tell: a message from the room, one that could not be read or does not fit, or a change of the
 * connection itself. They come in one order, the same for handlers and for {@link RoomConnection#events}.
 */
public sealed interface RoomNotice
        permits RoomNotice.Received, RoomNotice.Unreadable, RoomNotice.Diverged, ConnectionEvent {
    /**
     * A message from the room.
     *
     * @param message what the API sent
     */
    record Received(RoomMessage message) implements RoomNotice {}

    /**
     * A message that could not be read; it stands where it came. More than ten in a row end the connection.
     *
     * @param defect what is wrong with it
     */
    record Unreadable(MalformedJsonException defect) implements RoomNotice {}

    /**
     * The message before this one does not follow by the rules from those before it, or the state that it tells is another
     * than the one that follows. {@link RoomConnection#game} goes by the API's state from there on, and has no game until
     * there is one.
     *
     * @param event what does not fit
     * @param why what is wrong with it
     * @param expected the game as it was before the event; empty if there was none
     */
    record Diverged(RoomEvent event, String why, Optional<Game> expected) implements RoomNotice {}
}
