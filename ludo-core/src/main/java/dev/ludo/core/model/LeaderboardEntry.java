package dev.ludo.core.model;

/**
 * One row of the leaderboard.
 *
 * @param rank the place, from 1
 * @param playerId who
 * @param playerName their name
 * @param rating strength by ranked games
 * @param gamesWon games won, at least 0
 */
public record LeaderboardEntry(int rank, PlayerId playerId, String playerName, int rating, int gamesWon) {
    /** Checks the ranges. */
    public LeaderboardEntry {
        Check.range(rank, 1, Integer.MAX_VALUE, "rank");
        Check.present(playerId, "playerId");
        playerName = Check.orElse(playerName, "");
        Check.notNegative(gamesWon, "gamesWon");
    }
}
