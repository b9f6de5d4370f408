package dev.ludo.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know of a game at one moment.
 *
 * @param gameId which game
 * @param roomCode the room it is played in
 * @param gameMode how it is played; {@link GameMode#UNKNOWN} when the API did not say
 * @param status whether it goes on
 * @param turn whose turn it is; empty once the game has ended
 * @param players the players in joining order
 * @param ranking the players by place, the winner first; empty until the game has ended
 * @param winnerId the winner, once the game has ended
 * @param seq the number of the room's last broadcast that this state contains; 0 when the API does not number them
 * @param epoch which numbering {@code seq} belongs to; empty when the API does not number broadcasts
 * @param updatedAt when it last changed, if the API says
 */
public record GameState(
        GameId gameId,
        RoomCode roomCode,
        GameMode gameMode,
        GameStatus status,
        Optional<Turn> turn,
        List<GamePlayer> players,
        List<PlayerId> ranking,
        Optional<PlayerId> winnerId,
        long seq,
        String epoch,
        Optional<Instant> updatedAt) {

    /** Checks what must be there; an absent list is an empty one. */
    public GameState(
            GameId gameId,
            RoomCode roomCode,
            @Nullable GameMode gameMode,
            GameStatus status,
            Optional<Turn> turn,
            @Nullable List<GamePlayer> players,
            @Nullable List<PlayerId> ranking,
            Optional<PlayerId> winnerId,
            long seq,
            @Nullable String epoch,
            Optional<Instant> updatedAt) {
        this.gameId = Check.present(gameId, "gameId");
        this.roomCode = Check.present(roomCode, "roomCode");
        this.gameMode = gameMode == null ? GameMode.UNKNOWN : gameMode;
        this.status = Check.present(status, "status");
        this.turn = turn;
        this.players = Check.list(players);
        this.ranking = Check.list(ranking);
        this.winnerId = winnerId;
        this.seq = Check.notNegative(seq, "seq");
        this.epoch = epoch == null ? "" : epoch;
        this.updatedAt = updatedAt;
    }

    /**
     * The player with this identity.
     *
     * @param playerId who
     * @return the player, or empty if they are not in this game
     */
    public Optional<GamePlayer> player(PlayerId playerId) {
        return players.stream().filter(p -> p.playerId().equals(playerId)).findFirst();
    }
}
