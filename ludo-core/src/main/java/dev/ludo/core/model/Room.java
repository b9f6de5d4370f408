package dev.ludo.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A room in which players gather and play one game.
 *
 * <p>An API that has only what is attested sends {@code code}, {@code status}, {@code playerCount} and {@code maxPlayers};
 * what it leaves out is 0, empty or {@link GameMode#UNKNOWN} here.
 *
 * @param code by which it is found
 * @param status where it is in its life
 * @param playerCount how many seats are taken, 0 to 4
 * @param maxPlayers how many seats there are, 2 to 4; 0 when the API did not say
 * @param gameMode how it is played
 * @param gameId the game, once it has started
 * @param players who sits in it, in joining order
 * @param createdAt when it was made, if the API says
 */
public record Room(
        RoomCode code,
        RoomStatus status,
        int playerCount,
        int maxPlayers,
        GameMode gameMode,
        Optional<GameId> gameId,
        List<RoomPlayer> players,
        Optional<Instant> createdAt) {

    /** Checks what must be there; an absent list is an empty one. */
    public Room(
            RoomCode code,
            RoomStatus status,
            int playerCount,
            int maxPlayers,
            @Nullable GameMode gameMode,
            Optional<GameId> gameId,
            @Nullable List<RoomPlayer> players,
            Optional<Instant> createdAt) {
        this.code = Check.present(code, "code");
        this.status = Check.present(status, "status");
        this.playerCount = Check.range(playerCount, 0, 4, "playerCount");
        this.maxPlayers = maxPlayers == 0 ? 0 : Check.range(maxPlayers, 2, 4, "maxPlayers");
        this.gameMode = gameMode == null ? GameMode.UNKNOWN : gameMode;
        this.gameId = gameId;
        this.players = Check.list(players);
        this.createdAt = createdAt;
    }

    /**
     * The seat of a player.
     *
     * @param playerId who
     * @return the player as seated here, or empty
     */
    public Optional<RoomPlayer> player(PlayerId playerId) {
        return players.stream().filter(p -> p.playerId().equals(playerId)).findFirst();
    }
}
