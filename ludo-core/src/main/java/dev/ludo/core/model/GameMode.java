package dev.ludo.core.model;

/** How a room is played. The rules of each mode are {@code RuleSet.of(mode)}. */
public enum GameMode implements Word {
    /** All four pieces must come home. */
    CLASSIC("classic"),
    /** One piece starts on the board and the first one home wins. */
    QUICK("quick"),
    /** Classic rules; the ranking feeds the players' ratings. */
    RANKED("ranked"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    GameMode(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
