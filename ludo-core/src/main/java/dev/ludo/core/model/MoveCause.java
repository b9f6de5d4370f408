package dev.ludo.core.model;

/** Why a piece changed its place. */
public enum MoveCause implements Word {
    /** Its owner moved it. */
    MOVED("moved"),
    /** An opponent landed on it and sent it to its yard. */
    CAPTURED("captured"),
    /** Its owner left the game. */
    LEFT("left"),
    /** A third six undid the turn's moves. */
    REVERTED("reverted"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    MoveCause(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
