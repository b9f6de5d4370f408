package dev.ludo.core.model;

import java.util.Optional;

/**
 * What a player says of themselves when they register.
 *
 * @param playerName the name they take
 * @param deviceId what they play on, if they say
 * @param platform its kind, if they say
 */
public record NewPlayer(PlayerName playerName, Optional<String> deviceId, Optional<String> platform) {
    /**
     * A player who says no more than a name.
     *
     * @param playerName 1 to 32 characters
     * @return the request
     * @throws IllegalArgumentException if nobody may be called so
     */
    public static NewPlayer named(String playerName) {
        return new NewPlayer(PlayerName.of(playerName), Optional.empty(), Optional.empty());
    }
}
