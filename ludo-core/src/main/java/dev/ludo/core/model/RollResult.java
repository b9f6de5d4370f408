package dev.ludo.core.model;

import java.util.List;

/**
 * The answer to a roll.
 *
 * @param value the die, 1 to 6
 * @param legalMoves what may be moved now; empty when the turn has passed
 * @param state the game after the roll
 */
public record RollResult(int value, List<LegalMove> legalMoves, GameState state) {
    /** Checks the range; an absent list is an empty one. */
    public RollResult {
        Check.range(value, 1, 6, "value");
        legalMoves = Check.list(legalMoves);
        Check.present(state, "state");
    }
}
