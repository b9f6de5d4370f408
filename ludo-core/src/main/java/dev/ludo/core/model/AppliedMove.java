package dev.ludo.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A move in the record of a game.
 *
 * @param seq the number of the broadcast that told the room of it; 0 when the API does not number them
 * @param playerId who moved
 * @param pieceId the piece that was moved
 * @param from where it stood
 * @param position where it came to stand
 * @param dice the die it was moved by, 1 to 6
 * @param captured the opposing pieces that it sent back to their yards
 * @param at when, if the API says
 */
public record AppliedMove(
        long seq,
        PlayerId playerId,
        PieceId pieceId,
        Position from,
        Position position,
        int dice,
        List<PieceId> captured,
        Optional<Instant> at) {

    /** Checks the ranges; an absent list is an empty one. */
    public AppliedMove {
        Check.notNegative(seq, "seq");
        Check.present(playerId, "playerId");
        Check.present(pieceId, "pieceId");
        Check.present(from, "from");
        Check.present(position, "position");
        Check.range(dice, 1, 6, "dice");
        captured = Check.list(captured);
    }
}
