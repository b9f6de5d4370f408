package dev.ludo.server.guard;

import java.time.Duration;

/**
 * How much of a connection's time and memory a peer may take. A peer that takes longer is answered 408, or just closed where it
 * has asked for nothing.
 *
 * @param headBytes how long a request line and its headers may be together, in bytes, 1024 to 1 MiB
 * @param headWithin how long they may take, from their first byte, or from the connection's begin for the first request
 * @param bodyWithin how long the body may take, from the end of the head
 * @param idle how long a connection may be open between two requests
 */
public record WireLimits(int headBytes, Duration headWithin, Duration bodyWithin, Duration idle) {
    /** 16 KiB; 10, 30 and 60 seconds. */
    public static final WireLimits DEFAULT =
            new WireLimits(16 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** Checks the ranges. */
    public WireLimits {
        if (headBytes < 1024 || headBytes > 1024 * 1024) {
            throw new IllegalArgumentException("headBytes must be 1024 to 1048576, was " + headBytes);
        }
        check("headWithin", headWithin);
        check("bodyWithin", bodyWithin);
        check("idle", idle);
    }

    private static void check(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(name + " must be more than nothing and at most a day, was " + duration);
        }
    }
}
