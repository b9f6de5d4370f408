package dev.ludo.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A player as everybody may see them.
 *
 * @param playerId who
 * @param playerName their name
 * @param createdAt when they registered, if the API says
 * @param stats what they have achieved, if the API says
 */
public record Player(PlayerId playerId, String playerName, Optional<Instant> createdAt, Optional<PlayerStats> stats) {
    /** Checks what must be there. */
    public Player {
        Check.present(playerId, "playerId");
        playerName = Check.orElse(playerName, "");
    }

    /**
     * This player under another name.
     *
     * @param playerName the name
     * @return the same otherwise
     */
    public Player withPlayerName(String playerName) {
        return new Player(playerId, playerName, createdAt, stats);
    }

    /**
     * This player with other achievements.
     *
     * @param stats what they achieved
     * @return the same otherwise
     */
    public Player withStats(PlayerStats stats) {
        return new Player(playerId, playerName, createdAt, Optional.of(stats));
    }
}
