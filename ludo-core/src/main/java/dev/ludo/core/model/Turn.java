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

    /**
     * This turn, but of another player.
     *
     * @param playerId who is to act
     * @return the same otherwise
     */
    public Turn withPlayerId(PlayerId playerId) {
        return new Turn(playerId, phase, dice, sixes, number, deadline);
    }

    /**
     * This turn with something else to do.
     *
     * @param phase a roll or a move
     * @return the same otherwise
     */
    public Turn withPhase(TurnPhase phase) {
        return new Turn(playerId, phase, dice, sixes, number, deadline);
    }

    /**
     * This turn with another die.
     *
     * @param dice 1 to 6
     * @return the same otherwise
     * @throws IllegalArgumentException if it is another number
     */
    public Turn withDice(int dice) {
        return new Turn(playerId, phase, OptionalInt.of(dice), sixes, number, deadline);
    }

    /**
     * This turn without a die.
     *
     * @return the same otherwise
     */
    public Turn withoutDice() {
        return new Turn(playerId, phase, OptionalInt.empty(), sixes, number, deadline);
    }

    /**
     * This turn with another number of sixes in a row.
     *
     * @param sixes at least 0
     * @return the same otherwise
     * @throws IllegalArgumentException if it is negative
     */
    public Turn withSixes(int sixes) {
        return new Turn(playerId, phase, dice, sixes, number, deadline);
    }

    /**
     * This turn at another place in the game.
     *
     * @param number from 1, or 0 for unknown
     * @return the same otherwise
     * @throws IllegalArgumentException if it is negative
     */
    public Turn withNumber(int number) {
        return new Turn(playerId, phase, dice, sixes, number, deadline);
    }

    /**
     * This turn with another end.
     *
     * @param deadline when it times out
     * @return the same otherwise
     */
    public Turn withDeadline(Instant deadline) {
        return new Turn(playerId, phase, dice, sixes, number, Optional.of(deadline));
    }
}
