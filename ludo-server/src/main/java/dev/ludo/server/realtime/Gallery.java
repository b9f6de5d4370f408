package dev.ludo.server.realtime;

import dev.ludo.core.model.RoomCode;

/** From where rooms are watched: however many watch one, it has one connection to the API. Thread-safe. */
public interface Gallery {
    /**
     * Where a spectator stands in a room.
     *
     * @param lastSeq the last broadcast that it has heard, -1 if it does not say
     * @param epoch of which history that is a part, empty if it does not say
     */
    record Place(long lastSeq, String epoch) {
        /** Of who has heard nothing yet. */
        public static final Place NONE = new Place(-1, "");

        /**
         * Whether it says anything.
         *
         * @return whether what was missed since may be asked for
         */
        public boolean isKnown() {
            return lastSeq >= 0 && !epoch.isEmpty();
        }
    }

    /** A socket that watches. Its methods are called one at a time, and must not wait. */
    interface Viewer {
        /**
         * Takes frames that are sent to the spectator as they are.
         *
         * @param frames whole frames of text messages, which others are sent too
         * @param count how many they are
         * @return whether there was room for them
         */
        boolean show(byte[] frames, int count);

        /** Is told that it reads too slowly, and is shown nothing any more. */
        void cut();

        /**
         * Is told that there is nothing more to see.
         *
         * @param code the close code
         * @param reason why
         */
        void close(int code, String reason);
    }

    /** A spectator's seat. */
    interface Seat {
        /** Asks for the room's state, which the viewer is shown when it comes. Does not wait. */
        void askForState();

        /** Ends the watching: the viewer is shown nothing any more. Does not wait. */
        void leave();
    }

    /**
     * Whether a room's connection to the API stands, so that one spectator more costs nothing.
     *
     * @param room the room
     * @return whether it is
     */
    boolean isOpen(RoomCode room);

    /**
     * Lets a socket watch a room: it is shown how the room stands, and then every broadcast from there on. Does not wait.
     *
     * @param room the room
     * @param place where the spectator stands
     * @param viewer the socket; it may be told of the end before this returns
     * @return its seat, which must be left in the end
     */
    Seat watch(RoomCode room, Place place, Viewer viewer);
}
