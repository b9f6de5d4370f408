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

    /**
     * This request from a device.
     *
     * @param deviceId what the product calls it
     * @return the same otherwise
     */
    public NewPlayer withDeviceId(String deviceId) {
        return new NewPlayer(playerName, Optional.of(deviceId), platform);
    }

    /**
     * This request from a platform.
     *
     * @param platform such as {@code android}
     * @return the same otherwise
     */
    public NewPlayer withPlatform(String platform) {
        return new NewPlayer(playerName, deviceId, Optional.of(platform));
    }
}
