package dev.ludo.core.model;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.Instant;
import java.util.Optional;

/**
 * The answer to a player who registers: the only one that holds the session token.
 *
 * @param playerId who they are from now on
 * @param playerName their name
 * @param sessionToken proves who they are, for 24 hours; keep it
 * @param createdAt when they registered, if the API says
 */
public record Registration(
        PlayerId playerId,
        String playerName,
        @JsonbTypeAdapter(Secret.OnWire.class) Secret sessionToken,
        Optional<Instant> createdAt) {
    /** Checks what must be there. */
    public Registration {
        Check.present(playerId, "playerId");
        Check.present(playerName, "playerName");
        Check.present(sessionToken, "sessionToken");
    }
}
