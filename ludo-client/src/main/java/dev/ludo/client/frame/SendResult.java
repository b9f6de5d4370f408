package dev.ludo.client.frame;

/** What became of a message that was to be sent. */
public enum SendResult {
    /** It is on its way, or waits its turn. */
    SENT,
    /** Too much waits already: the peer reads too slowly. It was not taken. */
    FULL,
    /** The connection is closing or closed. It was not taken. */
    CLOSED
}
