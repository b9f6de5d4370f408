package dev.ludo.core.model;

/** What the player to act has to do. */
public enum TurnPhase implements Word {
    /** Roll the die. */
    ROLL("roll"),
    /** Move a piece by the die rolled. */
    MOVE("move"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    TurnPhase(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
