package dev.ludo.core.model;

/** Where a room is in its life, in this order. */
public enum RoomStatus implements Word {
    /** Open for players; the game has not started. */
    WAITING("waiting"),
    /** The game is on. */
    PLAYING("playing"),
    /** The game is over; the room closes soon. */
    ENDED("ended"),
    /** Over; readable for a while, then forgotten. */
    CLOSED("closed"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    RoomStatus(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
