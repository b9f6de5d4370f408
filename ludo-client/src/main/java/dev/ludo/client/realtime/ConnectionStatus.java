package dev.ludo.client.realtime;

/** What a connection is doing. It goes from each of these to the next, and from {@link #WAITING} back to {@link #CONNECTING}. */
public enum ConnectionStatus {
    /** It was not opened yet. */
    NEW,
    /** It is getting a socket and joining the room over it. Commands are refused. */
    CONNECTING,
    /** It is in the room. */
    JOINED,
    /** It has no socket and will try to get one after a while. Commands are refused. */
    WAITING,
    /** It has ended for good. */
    CLOSED
}
