package dev.ludo.client;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.LeaderboardEntry;
import java.util.List;

/** The calls about the leaderboard. Thread-safe. All throw {@link dev.ludo.core.error.CallException}. */
public final class Leaderboard {
    private final Caller caller;

    Leaderboard(Caller caller) {
        this.caller = caller;
    }

    /**
     * The best players of ranked games.
     *
     * @return as many as the API likes to tell of, the best first
     */
    public List<LeaderboardEntry> top() {
        return caller.list(ApiRequest.get("/leaderboard"), LeaderboardEntry.class);
    }

    /**
     * The best players.
     *
     * @param mode of which games; not {@link GameMode#UNKNOWN}
     * @param limit how many at most, 1 to 100
     * @return the best first
     */
    public List<LeaderboardEntry> top(GameMode mode, int limit) {
        if (mode == GameMode.UNKNOWN) {
            throw new IllegalArgumentException("there is no leaderboard of an unknown mode");
        }
        if (limit < 1 || limit > 100) {
            throw new IllegalArgumentException("limit must be 1 to 100, was " + limit);
        }
        return caller.list(
                ApiRequest.get("/leaderboard").query("mode", mode.word()).query("limit", limit),
                LeaderboardEntry.class);
    }
}
