package dev.ludo.core.model;

/**
 * One move that the rules allow for the die rolled.
 *
 * @param pieceId the piece that may move
 * @param targetPosition where it would come to stand
 */
public record LegalMove(PieceId pieceId, Position targetPosition) {
    /** Checks that both are there. */
    public LegalMove {
        Check.present(pieceId, "pieceId");
        Check.present(targetPosition, "targetPosition");
    }

    /**
     * The same as a wish of the player's, to be sent.
     *
     * @return the move
     */
    public Move asMove() {
        return new Move(pieceId, targetPosition);
    }
}
