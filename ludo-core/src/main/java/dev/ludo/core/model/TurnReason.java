package dev.ludo.core.model;

/** Why a player is to act now. */
public enum TurnReason implements Word {
    /** The game began. */
    STARTED("started"),
    /** The player before made a move. */
    MOVED("moved"),
    /** The player before rolled and no piece could move. */
    NO_LEGAL_MOVE("no-legal-move"),
    /** The player before rolled too many sixes in a row. */
    THREE_SIXES("three-sixes"),
    /** The player before ran out of time. */
    TIMEOUT("timeout"),
    /** The player before left. */
    LEFT("left"),
    /** The same player rolls again. */
    EXTRA_ROLL("extra-roll"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    TurnReason(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
