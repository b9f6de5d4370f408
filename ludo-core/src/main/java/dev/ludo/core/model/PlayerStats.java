package dev.ludo.core.model;

/**
 * What a player has achieved.
 *
 * @param gamesPlayed games ended, at least 0
 * @param gamesWon games won, at least 0
 * @param captures opposing pieces sent back to their yards, at least 0
 * @param rating strength by ranked games; everybody starts at 1200
 */
public record PlayerStats(int gamesPlayed, int gamesWon, int captures, int rating) {
    /** Checks the ranges. */
    public PlayerStats {
        Check.notNegative(gamesPlayed, "gamesPlayed");
        Check.notNegative(gamesWon, "gamesWon");
        Check.notNegative(captures, "captures");
    }

    /**
     * These with another number of games.
     *
     * @param gamesPlayed games ended, at least 0
     * @return the same otherwise
     * @throws IllegalArgumentException if it is negative
     */
    public PlayerStats withGamesPlayed(int gamesPlayed) {
        return new PlayerStats(gamesPlayed, gamesWon, captures, rating);
    }

    /**
     * These with another number of games won.
     *
     * @param gamesWon games won, at least 0
     * @return the same otherwise
     * @throws IllegalArgumentException if it is negative
     */
    public PlayerStats withGamesWon(int gamesWon) {
        return new PlayerStats(gamesPlayed, gamesWon, captures, rating);
    }

    /**
     * These with another number of captures.
     *
     * @param captures captures, at least 0
     * @return the same otherwise
     * @throws IllegalArgumentException if it is negative
     */
    public PlayerStats withCaptures(int captures) {
        return new PlayerStats(gamesPlayed, gamesWon, captures, rating);
    }

    /**
     * These with another rating.
     *
     * @param rating the strength
     * @return the same otherwise
     */
    public PlayerStats withRating(int rating) {
        return new PlayerStats(gamesPlayed, gamesWon, captures, rating);
    }
}
