package dev.ludo.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose turn it is and what is asked of them.
 *
 * @param playerId the player to act
 * @param phase what they have to do
 * @param dice the die that awaits its move, 1 to 6; empty while a roll is due
 * @param sixes how many sixes in a row this turn has seen, 0 to 3
 * @param number which turn of the game this is, counted from 1
 * @param deadline when the turn times out, if there is a clock
 */
public record Turn(
        PlayerId playerId, TurnPhase phase, OptionalInt dice, int sixes, int number, Optional<Instant> deadline) {
    /** Checks the ranges. */
    public Turn {
        Check.present(playerId, "turn.playerId");
        Check.present(phase, "turn.phase");
        if (dice.isPresent()) {
            Check.range(dice.getAsInt(), 1, 6, "turn.dice");
        }
        Check.notNegative(sixes, "turn.sixes");
        Check.notNegative(number, "turn.number");
    }
}
