package dev.ludo.core.model;

/**
 * What room is asked for.
 *
 * @param maxPlayers how many seats, 2 to 4
 * @param gameMode how to play, not {@link GameMode#UNKNOWN}
 */
public record NewRoom(int maxPlayers, GameMode gameMode) {
    /** A classic room for four, as the API makes when nothing is said. */
    public static final NewRoom DEFAULT = new NewRoom(4, GameMode.CLASSIC);

    /** Checks the range. */
    public NewRoom {
        Check.range(maxPlayers, 2, 4, "maxPlayers");
        if (gameMode == GameMode.UNKNOWN) {
            throw new IllegalArgumentException("gameMode must be classic, quick or ranked");
        }
    }

    /**
     * This request for another number of seats.
     *
     * @param maxPlayers 2 to 4
     * @return the same otherwise
     * @throws IllegalArgumentException if it is another number
     */
    public NewRoom withMaxPlayers(int maxPlayers) {
        return new NewRoom(maxPlayers, gameMode);
    }

    /**
     * This request for another mode.
     *
     * @param gameMode classic, quick or ranked
     * @return the same otherwise
     * @throws IllegalArgumentException if it is {@link GameMode#UNKNOWN}
     */
    public NewRoom withGameMode(GameMode gameMode) {
        return new NewRoom(maxPlayers, gameMode);
    }
}
