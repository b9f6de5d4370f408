package dev.ludo.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A game in a list of games: who played and how it ended, without the board.
 *
 * @param gameId which game
 * @param roomCode the room it is or was played in
 * @param gameMode how it is played; {@link GameMode#UNKNOWN} when the API did not say
 * @param status whether it goes on
 * @param players who plays or played, in joining order
 * @param winnerId the winner, once the game has ended
 * @param startedAt when it began, if the API says
 * @param endedAt when it ended; empty while it goes on
 */
public record GameSummary(
        GameId gameId,
        RoomCode roomCode,
        GameMode gameMode,
        GameStatus status,
        List<Seat> players,
        Optional<PlayerId> winnerId,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    /** Checks what must be there; an absent list is an empty one. */
    public GameSummary {
        Check.present(gameId, "gameId");
        Check.present(roomCode, "roomCode");
        gameMode = Check.orElse(gameMode, GameMode.UNKNOWN);
        Check.present(status, "status");
        players = Check.list(players);
    }

    /**
     * A player of the game.
     *
     * @param playerId who
     * @param playerName their name
     * @param color their colour
     * @param finishedRank the place, from 1, of a player who has brought the pieces home; empty for all others
     */
    public record Seat(PlayerId playerId, String playerName, Color color, OptionalInt finishedRank) {
        /** Checks what must be there. */
        public Seat {
            Check.present(playerId, "playerId");
            playerName = Check.orElse(playerName, "");
            Check.present(color, "color");
            Check.rank(finishedRank, "finishedRank");
        }
    }
}
