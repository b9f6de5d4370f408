package dev.ludo.server.realtime;

import java.time.Duration;

/** Is told of what relayed sockets do. Thread-safe, and does not block: it is called for each message. */
public interface SocketMeter {
    /** Which way a message goes. */
    enum Direction {
        /** From a client to the API. */
        UP,
        /** From the API to a client. */
        DOWN
    }

    /** How it ended that the API's side of a socket was lost. */
    enum Comeback {
        /** With nothing missed. */
        RESUMED,
        /** With the client in the room, but what was missed is lost. */
        ANEW,
        /** With the end of the client's side. */
        FAILED
    }

    /** Tells nobody. */
    SocketMeter NONE = new SocketMeter() {};

    /**
     * A message went from one side to the other.
     *
     * @param direction which way
     * @param bytes how long it is
     * @param nanos how long it took from when it had been read until it was written, or waits to be
     */
    default void passed(Direction direction, int bytes, long nanos) {}

    /**
     * The API's side of a socket was lost, and that is over.
     *
     * @param how how it ended
     * @param took how long it was lost
     */
    default void cameBack(Comeback how, Duration took) {}

    /**
     * A connection to the API ended.
     *
     * @param code the close code
     */
    default void upstreamEnded(int code) {}
}
