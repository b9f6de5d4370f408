package dev.ludo.client;

import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Secret;

/** The calls about players. Thread-safe. All throw {@link dev.ludo.core.error.CallException}. */
public final class Players {
    private final LudoClient client;

    Players(LudoClient client) {
        this.client = client;
    }

    /**
     * Registers a player who says no more than a name.
     *
     * @param playerName 1 to 32 characters
     * @return who they are, and the token that proves it
     * @throws IllegalArgumentException if nobody may be called so
     */
    public Registration register(String playerName) {
        return register(NewPlayer.named(playerName));
    }

    /**
     * Registers a player.
     *
     * @param player what they say of themselves
     * @return who they are, and the token that proves it
     */
    public Registration register(NewPlayer player) {
        return client.call(ApiRequest.post("/players").body(player), Registration.class);
    }

    /**
     * Looks a player up.
     *
     * @param playerId who
     * @return the player
     */
    public Player get(PlayerId playerId) {
        return client.call(ApiRequest.get("/players/{}", playerId), Player.class);
    }

    /**
     * Who holds a session.
     *
     * @param sessionToken the session
     * @return the player
     */
    public Player me(Secret sessionToken) {
        return client.call(ApiRequest.get("/players/me").sessionToken(sessionToken), Player.class);
    }
}
