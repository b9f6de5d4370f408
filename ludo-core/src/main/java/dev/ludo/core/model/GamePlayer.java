package dev.ludo.core.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * A player in a game, with their pieces.
 *
 * @param playerId who
 * @param playerName their name
 * @param color their colour
 * @param finishedRank the place, from 1, of a player who has brought the pieces home; empty for all others
 * @param pieces their pieces in order of their numbers
 */
public record GamePlayer(
        PlayerId playerId, String playerName, Color color, OptionalInt finishedRank, List<Piece> pieces) {
    /** Checks what must be there; absent pieces are none. */
    public GamePlayer {
        Check.present(playerId, "playerId");
        playerName = Check.orElse(playerName, "");
        Check.present(color, "color");
        Check.rank(finishedRank, "finishedRank");
        pieces = Check.list(pieces);
    }

    /**
     * This player under another name.
     *
     * @param playerName the name
     * @return the same otherwise
     */
    public GamePlayer withPlayerName(String playerName) {
        return new GamePlayer(playerId, playerName, color, finishedRank, pieces);
    }

    /**
     * This player at a place.
     *
     * @param finishedRank 1 to 4
     * @return the same otherwise
     * @throws IllegalArgumentException if it is another number
     */
    public GamePlayer withFinishedRank(int finishedRank) {
        return new GamePlayer(playerId, playerName, color, OptionalInt.of(finishedRank), pieces);
    }

    /**
     * This player with other pieces.
     *
     * @param pieces all of them, in order of their numbers
     * @return the same otherwise
     */
    public GamePlayer withPieces(List<Piece> pieces) {
        return new GamePlayer(playerId, playerName, color, finishedRank, pieces);
    }

    /**
     * This player with one piece elsewhere.
     *
     * @param pieceId which piece
     * @param position where it stands
     * @return the same otherwise; the very same if it is not theirs
     */
    public GamePlayer withPiece(PieceId pieceId, Position position) {
        return new GamePlayer(
                playerId,
                playerName,
                color,
                finishedRank,
                pieces.stream()
                        .map(p -> p.pieceId().equals(pieceId) ? p.withPosition(position) : p)
                        .toList());
    }
}
