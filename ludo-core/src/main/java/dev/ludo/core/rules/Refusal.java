package dev.ludo.core.rules;

/** Why the rules refuse an action. The constants stand in the order in which they are checked. */
public enum Refusal {
    /** The game has ended; nothing can be done in it any more. */
    GAME_ENDED,
    /** Another player is to act, or the one who acts is not in this game. */
    NOT_YOUR_TURN,
    /** A roll while a move is due, or a move while a roll is due. */
    WRONG_PHASE,
    /** The die shows something else than 1 to 6. */
    BAD_ROLL,
    /** There is no such piece in this game. */
    UNKNOWN_PIECE,
    /** The piece is another player's. */
    NOT_YOUR_PIECE,
    /** The piece is home and never moves again. */
    PIECE_HOME,
    /** The piece is in the yard, and the die is none that lets it out. */
    PIECE_IN_YARD,
    /** The die is more than the piece needs to come home. */
    OVERSHOOT,
    /** The piece may not enter its home column before its owner has captured. */
    CAPTURE_REQUIRED,
    /** Another piece of the same player stands on the target, and the rules forbid that. */
    OWN_STACK,
    /** Two pieces of one opponent bar the way. */
    BLOCKED,
    /** The piece may move, but to another place than the one named. */
    WRONG_TARGET,
    /** A recorded step has no move although one must be made. Only {@link Transcript} refuses so. */
    MISSING_MOVE,
    /** A recorded step has a move although none is awaited. Only {@link Transcript} refuses so. */
    UNEXPECTED_MOVE,
    /** Who wants to leave is not in this game. */
    UNKNOWN_SEAT,
    /** Who wants to leave has left before. */
    ALREADY_LEFT
}
