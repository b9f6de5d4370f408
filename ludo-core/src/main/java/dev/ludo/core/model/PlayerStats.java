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
}
