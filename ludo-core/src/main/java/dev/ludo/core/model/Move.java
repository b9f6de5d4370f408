package dev.ludo.core.model;

/**
 * A move that a player wants to make.
 *
 * @param pieceId the piece to move
 * @param targetPosition where it is to come to stand, 0 to 57
 */
public record Move(PieceId pieceId, Position targetPosition) {
    /** Checks the range. */
    public Move {
        Check.present(pieceId, "pieceId");
        Check.range(Check.present(targetPosition, "targetPosition").value(), 0, 57, "targetPosition");
    }
}
