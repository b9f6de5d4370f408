package dev.ludo.core.rules;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.LudoException;
import java.io.Serial;

/**
 * The rules do not allow an action. Nothing has changed: the game on which it was tried is as it was, and the player may
 * try something else.
 */
public final class RefusedException extends LudoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The rules' word for it. */
    private final Refusal refusal;

    /** The wire's word for it. */
    private final ErrorCode errorCode;

    RefusedException(Refusal refusal, ErrorCode errorCode, String why) {
        super(refusal + ": " + why, null);
        this.refusal = refusal;
        this.errorCode = errorCode;
    }

    /**
     * The rules' word for what is wrong.
     *
     * @return the reason
     */
    public Refusal refusal() {
        return refusal;
    }

    /**
     * The code with which an API answers: {@code GAME_OVER} for an ended game, {@code ROLL_FIRST} or
     * {@code MOVE_FIRST} for the wrong phase, {@code VALIDATION_FAILED} for a die or a piece that does not exist,
     * {@code PLAYER_NOT_FOUND} and {@code FORBIDDEN} for a leaver without a seat, {@code NOT_YOUR_TURN}, and
     * {@code ILLEGAL_MOVE} for everything else.
     *
     * @return the code
     */
    public ErrorCode errorCode() {
        return errorCode;
    }
}
