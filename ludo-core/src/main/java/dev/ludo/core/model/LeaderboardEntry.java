package dev.ludo.core.model;

import org.jspecify.annotations.Nullable;

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
    public LeaderboardEntry(int rank, PlayerId playerId, @Nullable String playerName, int rating, int gamesWon) {
        this.rank = Check.range(rank, 1, Integer.MAX_VALUE, "rank");
        this.playerId = Check.present(playerId, "playerId");
        this.playerName = playerName == null ? "" : playerName;
        this.rating = rating;
        this.gamesWon = (int) Check.notNegative(gamesWon, "gamesWon");
    }
}
