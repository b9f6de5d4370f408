package dev.ludo.client.frame;

import java.time.Duration;

/**
 * How patient a leg is, and how much it takes.
 *
 * @param pingEvery how often the peer is pinged
 * @param pongWithin how long the peer may be silent after a ping
 * @param closeWithin how long the closing handshake may take
 * @param writeWithin how long one write may take
 * @param maxMessage how many bytes a message may have, in either direction
 * @param maxQueuedMessages how many messages may wait for a write to end
 * @param maxQueuedBytes how many bytes may wait for a write to end
 */
public record LegLimits(
        Duration pingEvery,
        Duration pongWithin,
        Duration closeWithin,
        Duration writeWithin,
        int maxMessage,
        int maxQueuedMessages,
        int maxQueuedBytes) {

    /** Ping every 20 s, pong within 10 s, close and write within 5 s, 64 KiB a message, 256 messages or 1 MiB queued. */
    public static final LegLimits DEFAULT = new LegLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            64 * 1024,
            256,
            1024 * 1024);
}
