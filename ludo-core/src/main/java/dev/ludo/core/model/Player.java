package dev.ludo.core.model;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    public Player(
            PlayerId playerId, @Nullable String playerName, Optional<Instant> createdAt, Optional<PlayerStats> stats) {
        this.playerId = Check.present(playerId, "playerId");
        this.playerName = playerName == null ? "" : playerName;
        this.createdAt = createdAt;
        this.stats = stats;
    }
}
