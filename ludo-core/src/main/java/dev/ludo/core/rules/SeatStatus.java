package dev.ludo.core.rules;

/** How a player stands in a game. */
public enum SeatStatus {
    /** Takes turns. */
    ACTIVE,
    /** Has brought home as many pieces as it takes; has a place and takes no more turns. */
    FINISHED,
    /** Has left or was dismissed before finishing; ranks below everybody else. */
    LEFT
}
