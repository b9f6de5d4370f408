package dev.ludo.client;

import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Secret;

/** The calls about players. Thread-safe. All throw {@link dev.ludo.core.error.CallException}. */
public final class Players {
    private final Caller caller;

    Players(Caller caller) {
        this.caller = caller;
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
        return caller.call(ApiRequest.post("/players").body(player), Registration.class);
    }

    /**
     * Looks a player up.
     *
     * @param playerId who
     * @return the player
     */
    public Player get(PlayerId playerId) {
        return caller.call(ApiRequest.get("/players/{playerId}", playerId), Player.class);
    }

    /**
     * Who holds a session.
     *
     * @param sessionToken the session
     * @return the player
     */
    public Player me(Secret sessionToken) {
        return caller.call(ApiRequest.get("/players/me").sessionToken(sessionToken), Player.class);
    }

    /**
     * The games that a player plays or has played.
     *
     * @param playerId who
     * @return all of them, fetched page by page as they are read
     */
    public Pages<GameSummary> games(PlayerId playerId) {
        return caller.pages(gamesRequest(playerId), GameSummary.class);
    }

    /**
     * A part of the games that a player plays or has played.
     *
     * @param playerId who
     * @param page which part
     * @return the page
     */
    public Page<GameSummary> games(PlayerId playerId, PageRequest page) {
        return caller.page(gamesRequest(playerId), page, GameSummary.class);
    }

    private static ApiRequest gamesRequest(PlayerId playerId) {
        return ApiRequest.get("/players/{playerId}/games", playerId);
    }
}
