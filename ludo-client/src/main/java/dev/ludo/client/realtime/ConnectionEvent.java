package dev.ludo.client.realtime;

import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Room;
import java.time.Duration;
import java.util.Optional;

/**
 * A change of a connection itself. A socket that is lost gives one {@link Reconnecting} for each attempt to replace it, and
 * when one has succeeded either {@link Resumed} or {@link Resynced}. {@link Closed} is the last notice of every connection
 * that was opened, comes once, and nothing follows it.
 */
public sealed interface ConnectionEvent extends RoomNotice {
    /**
     * There is no socket, and there will be another attempt to get one.
     *
     * @param attempt which one since the last useful message, from 1
     * @param delay how long until then
     * @param cause why there is no socket
     */
    record Reconnecting(int attempt, Duration delay, Drop cause) implements ConnectionEvent {}

    /**
     * The connection is joined again and nothing was missed: whatever was sent after {@code from} follows, each once.
     *
     * @param from the last broadcast that was delivered; with number 0 if there was none
     * @param to the room's last broadcast when the connection was joined again; with number 0 if there was none
     */
    record Resumed(Sequence from, Sequence to) implements ConnectionEvent {}

    /**
     * The connection is joined again, and what was sent after {@code from} up to {@code to} could not be had any more. It will
     * not be delivered; the state stands for it.
     *
     * <p>An API that does not number its broadcasts leaves both empty: nobody knows what was missed, and what follows may be
     * contained in the state already.
     *
     * @param from the last broadcast that was delivered; with number 0 if there was none
     * @param to the last broadcast that the state contains, with number 0 if there was none; of another epoch when the API has
     *     lost its history
     * @param state the game as of {@code to}; empty if there is no game
     * @param room the room, if the API sent it
     */
    record Resynced(Optional<Sequence> from, Optional<Sequence> to, Optional<GameState> state, Optional<Room> room)
            implements ConnectionEvent {}

    /**
     * The end.
     *
     * @param code the close code: 1000 to 4999; 1005 for a close without a code, 1006 for an end without a close and when no
     *     socket came about
     * @param reason why, in words; empty when nothing was said
     * @param by who ended it
     * @param cause what noticed it, if it was no close
     */
    record Closed(int code, String reason, Drop.By by, Optional<Throwable> cause) implements ConnectionEvent {
        static Closed of(Drop drop) {
            return new Closed(drop.code(), drop.reason(), drop.by(), drop.cause());
        }

        /**
         * What the code means.
         *
         * @return its constant
         */
        public CloseCode closeCode() {
            return CloseCode.of(code);
        }
    }
}
