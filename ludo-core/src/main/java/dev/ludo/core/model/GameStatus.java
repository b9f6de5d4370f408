package dev.ludo.core.model;

/** Whether a game still goes on. */
public enum GameStatus implements Word {
    /** Somebody is to act. */
    PLAYING("playing"),
    /** The ranking stands. */
    ENDED("ended"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    GameStatus(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
