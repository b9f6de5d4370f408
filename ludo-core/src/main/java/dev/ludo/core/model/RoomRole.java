package dev.ludo.core.model;

/** As what a client is connected to a room. */
public enum RoomRole implements Word {
    /** Has a seat and plays. */
    PLAYER("player"),
    /** Watches. */
    SPECTATOR("spectator"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    RoomRole(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
