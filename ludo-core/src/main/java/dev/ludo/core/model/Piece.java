package dev.ludo.core.model;

/**
 * A piece and where it stands.
 *
 * @param pieceId which piece
 * @param position where
 */
public record Piece(PieceId pieceId, Position position) {
    /** Checks that both are there. */
    public Piece {
        Check.present(pieceId, "pieceId");
        Check.present(position, "position");
    }

    /**
     * This piece elsewhere.
     *
     * @param position where it stands
     * @return the same piece there
     */
    public Piece withPosition(Position position) {
        return new Piece(pieceId, position);
    }
}
