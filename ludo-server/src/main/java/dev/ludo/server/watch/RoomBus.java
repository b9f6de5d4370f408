package dev.ludo.server.watch;

import dev.ludo.core.model.RoomCode;
import dev.ludo.server.realtime.Gallery.Place;
import java.util.List;

/**
 * From where hubs hear what happens in rooms. In one process that is a connection to the API a room; several processes
 * can share one by another implementation, which numbers nothing anew: positions are the API's own. Thread-safe.
 */
public interface RoomBus {
    /**
     * Is told what happens in a room, on one thread at a time and in order: first {@link #joined}, unless it is over before, then
     * each broadcast once, with no number left out between two calls of {@link #joined}.
     */
    interface Listener {
        /**
         * How the room stands, as of a broadcast: of the last one that was told, unless some were lost before.
         *
         * @param joined a {@code room:joined} with the state, if there is a game
         * @param lost whether broadcasts between the last one that was told and this were lost
         */
        void joined(RoomText joined, boolean lost);

        /**
         * What happened before, as far as it was asked for.
         *
         * @param older broadcasts without a gap, up to the last one that was told
         */
        void remembered(List<RoomText> older);

        /**
         * Something happened.
         *
         * @param broadcast what, with the number that follows the last one
         */
        void broadcast(RoomText broadcast);

        /**
         * The answer to a question.
         *
         * @param answer a {@code game:state} as of the last broadcast that was told, or an {@code error}
         */
        void answered(RoomText answer);

        /**
         * The API cannot be heard for now. What was asked is not answered any more.
         *
         * @param attempt how often it was tried to hear it again, from 1
         */
        void away(int attempt);

        /**
         * The API can be heard again; what was missed follows, or was told by {@link #joined} to be lost.
         *
         * @param seq the room's highest number now
         * @param resumed whether nothing was lost
         */
        void back(long seq, boolean resumed);

        /**
         * It is over. Nothing is told any more.
         *
         * @param end why
         */
        void ended(FeedEnd end);
    }

    /** What is heard of one room. */
    interface Feed extends AutoCloseable {
        /**
         * Asks how the room stands, which {@link Listener#joined} is told; or what has happened since some place, which {@link
         * Listener#remembered} is told if the API still knows. Does not wait.
         *
         * @param since the place, of the room's present history and not its end; {@link Place#NONE} for none
         * @return whether the question is on its way
         */
        boolean askForRoom(Place since);

        /**
         * Asks for the game's state, which {@link Listener#answered} is told. Does not wait.
         *
         * @return whether the question is on its way
         */
        boolean askForState();

        /** Hears nothing any more. Does not wait, and the listener is not told. */
        @Override
        void close();
    }

    /**
     * Begins to hear a room. Does not wait.
     *
     * @param room the room
     * @param listener is told of it; not before this has returned
     * @return what is heard, to be closed unless it ends by itself
     */
    Feed open(RoomCode room, Listener listener);
}
