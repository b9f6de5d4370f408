package dev.ludo.core.rules;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.PlayerId;
import java.util.OptionalInt;

/**
 * How a player stands in a game, apart from the pieces.
 *
 * @param playerId who
 * @param color what they play
 * @param status whether they still play, have finished or have left
 * @param finishedRank the place, from 1, of a player who has brought home enough pieces; empty for all others
 * @param captures how many opposing pieces they have captured; captures that a third six undid do not count
 * @param missedTurns how many timeouts they have had since they last rolled or moved by themselves
 */
public record Seat(
        PlayerId playerId, Color color, SeatStatus status, OptionalInt finishedRank, int captures, int missedTurns) {}
