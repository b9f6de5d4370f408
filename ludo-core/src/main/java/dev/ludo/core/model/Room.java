package dev.ludo.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    public Room {
        Check.present(code, "code");
        Check.present(status, "status");
        Check.range(playerCount, 0, 4, "playerCount");
        if (maxPlayers != 0) {
            Check.range(maxPlayers, 2, 4, "maxPlayers");
        }
        gameMode = Check.orElse(gameMode, GameMode.UNKNOWN);
        players = Check.list(players);
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

    /**
     * This room at another point of its life.
     *
     * @param status where it is
     * @return the same otherwise
     */
    public Room withStatus(RoomStatus status) {
        return new Room(code, status, playerCount, maxPlayers, gameMode, gameId, players, createdAt);
    }

    /**
     * This room with another number of seats.
     *
     * @param maxPlayers 2 to 4, or 0 for unknown
     * @return the same otherwise
     * @throws IllegalArgumentException if it is another number
     */
    public Room withMaxPlayers(int maxPlayers) {
        return new Room(code, status, playerCount, maxPlayers, gameMode, gameId, players, createdAt);
    }

    /**
     * This room, played otherwise.
     *
     * @param gameMode how
     * @return the same otherwise
     */
    public Room withGameMode(GameMode gameMode) {
        return new Room(code, status, playerCount, maxPlayers, gameMode, gameId, players, createdAt);
    }

    /**
     * This room with a game.
     *
     * @param gameId the game
     * @return the same otherwise
     */
    public Room withGameId(GameId gameId) {
        return new Room(code, status, playerCount, maxPlayers, gameMode, Optional.of(gameId), players, createdAt);
    }

    /**
     * This room with other players; {@code playerCount} is their number.
     *
     * @param players who sits in it, in joining order, at most four
     * @return the same otherwise
     * @throws IllegalArgumentException if there are more than four
     */
    public Room withPlayers(List<RoomPlayer> players) {
        return new Room(code, status, players.size(), maxPlayers, gameMode, gameId, players, createdAt);
    }
}
