package dev.ludo.server.cache;

import java.time.Duration;

/**
 * How long answers are kept. A life of zero means that they are not.
 *
 * @param rooms the life of lists of rooms
 * @param room the life of a room
 * @param state the life of a game's state
 * @param leaderboard the life of leaderboards
 * @param staleFor for how long after its life an answer is still served when the API fails
 * @param bytes how much may be kept, in bytes
 */
public record CacheConfig(
        Duration rooms, Duration room, Duration state, Duration leaderboard, Duration staleFor, long bytes) {
    /** 1 s, 1 s, 0.5 s and 30 s, stale for 60 s, in 16 MiB. */
    public static final CacheConfig DEFAULT = new CacheConfig(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            16L * 1024 * 1024);

    /** Nothing is kept. */
    public static final CacheConfig OFF =
            new CacheConfig(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

    /** Checks the ranges. */
    public CacheConfig {
        for (Duration duration : new Duration[] {rooms, room, state, leaderboard, staleFor}) {
            if (duration.isNegative() || duration.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("a life must be from nothing to a day, was " + duration);
            }
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
        }
    }

    /**
     * The same with other lives.
     *
     * @param newRooms the life of lists of rooms
     * @param newRoom the life of a room
     * @param newState the life of a game's state
     * @param newLeaderboard the life of leaderboards
     * @return a new configuration
     */
    public CacheConfig withLives(Duration newRooms, Duration newRoom, Duration newState, Duration newLeaderboard) {
        return new CacheConfig(newRooms, newRoom, newState, newLeaderboard, staleFor, bytes);
    }
}
