package dev.ludo.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    public GameState {
        Check.present(gameId, "gameId");
        Check.present(roomCode, "roomCode");
        gameMode = Check.orElse(gameMode, GameMode.UNKNOWN);
        Check.present(status, "status");
        players = Check.list(players);
        ranking = Check.list(ranking);
        Check.notNegative(seq, "seq");
        epoch = Check.orElse(epoch, "");
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

    /**
     * This state of a game that is played otherwise.
     *
     * @param gameMode how
     * @return the same otherwise
     */
    public GameState withGameMode(GameMode gameMode) {
        return new GameState(
                gameId, roomCode, gameMode, status, turn, players, ranking, winnerId, seq, epoch, updatedAt);
    }

    /**
     * This state, going on or ended.
     *
     * @param status which
     * @return the same otherwise
     */
    public GameState withStatus(GameStatus status) {
        return new GameState(
                gameId, roomCode, gameMode, status, turn, players, ranking, winnerId, seq, epoch, updatedAt);
    }

    /**
     * This state with another turn.
     *
     * @param turn whose turn it is and what is due
     * @return the same otherwise
     */
    public GameState withTurn(Turn turn) {
        return new GameState(
                gameId,
                roomCode,
                gameMode,
                status,
                Optional.of(turn),
                players,
                ranking,
                winnerId,
                seq,
                epoch,
                updatedAt);
    }

    /**
     * This state when nobody is to act.
     *
     * @return the same otherwise
     */
    public GameState withoutTurn() {
        return new GameState(
                gameId,
                roomCode,
                gameMode,
                status,
                Optional.empty(),
                players,
                ranking,
                winnerId,
                seq,
                epoch,
                updatedAt);
    }

    /**
     * This state with other players.
     *
     * @param players all of them, in joining order
     * @return the same otherwise
     */
    public GameState withPlayers(List<GamePlayer> players) {
        return new GameState(
                gameId, roomCode, gameMode, status, turn, players, ranking, winnerId, seq, epoch, updatedAt);
    }

    /**
     * This state with one player changed, who is found by their identity.
     *
     * @param player as they are now
     * @return the same otherwise; the very same if they are not in this game
     */
    public GameState withPlayer(GamePlayer player) {
        return new GameState(
                gameId,
                roomCode,
                gameMode,
                status,
                turn,
                players.stream()
                        .map(p -> p.playerId().equals(player.playerId()) ? player : p)
                        .toList(),
                ranking,
                winnerId,
                seq,
                epoch,
                updatedAt);
    }

    /**
     * This state with another ranking.
     *
     * @param ranking all players by place, or none yet
     * @return the same otherwise
     */
    public GameState withRanking(List<PlayerId> ranking) {
        return new GameState(
                gameId, roomCode, gameMode, status, turn, players, ranking, winnerId, seq, epoch, updatedAt);
    }

    /**
     * This state with a winner.
     *
     * @param winnerId who has won
     * @return the same otherwise
     */
    public GameState withWinnerId(PlayerId winnerId) {
        return new GameState(
                gameId,
                roomCode,
                gameMode,
                status,
                turn,
                players,
                ranking,
                Optional.of(winnerId),
                seq,
                epoch,
                updatedAt);
    }

    /**
     * This state as of another broadcast.
     *
     * @param seq its number, at least 0
     * @return the same otherwise
     * @throws IllegalArgumentException if it is negative
     */
    public GameState withSeq(long seq) {
        return new GameState(
                gameId, roomCode, gameMode, status, turn, players, ranking, winnerId, seq, epoch, updatedAt);
    }

    /**
     * This state in another numbering.
     *
     * @param epoch which, empty for unknown
     * @return the same otherwise
     */
    public GameState withEpoch(String epoch) {
        return new GameState(
                gameId, roomCode, gameMode, status, turn, players, ranking, winnerId, seq, epoch, updatedAt);
    }
}
