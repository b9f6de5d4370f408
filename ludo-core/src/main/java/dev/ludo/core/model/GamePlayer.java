package dev.ludo.core.model;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

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
    public GamePlayer(
            PlayerId playerId,
            @Nullable String playerName,
            Color color,
            OptionalInt finishedRank,
            @Nullable List<Piece> pieces) {
        this.playerId = Check.present(playerId, "playerId");
        this.playerName = playerName == null ? "" : playerName;
        this.color = Check.present(color, "color");
        this.finishedRank = Check.rank(finishedRank, "finishedRank");
        this.pieces = Check.list(pieces);
    }
}
