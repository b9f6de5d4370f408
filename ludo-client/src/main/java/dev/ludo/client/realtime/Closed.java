package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.core.event.CloseCode;
import java.util.Optional;

/**
 * The end of a room's connection: the last notice of every connection that was opened, and the only one of its kind.
 *
 * @param code the close code: 1000 to 4999; 1005 for a close without a code, 1006 for an end without a close
 * @param reason why, in words; empty when nothing was said
 * @param by who ended it
 * @param cause what noticed it, if it was no close
 */
public record Closed(int code, String reason, By by, Optional<Throwable> cause) {
    /** Who ended a connection. */
    public enum By {
        /** This client: it was told to, or it found the API to be at fault. */
        CLIENT,
        /** The API, or what stands before it. */
        API,
        /** Nobody: the connection was lost. */
        NOBODY
    }

    static Closed of(LegEnd end) {
        return new Closed(end.code(), end.reason(), by(end.by()), end.cause());
    }

    /** An end that was said before it came: what the socket itself did then is of no interest any more. */
    static Closed asAnnounced(String reason, LegEnd end) {
        return new Closed(
                CloseCode.NORMAL.number(), reason, end.by() == LegEnd.By.US ? By.CLIENT : By.API, Optional.empty());
    }

    private static By by(LegEnd.By by) {
        return switch (by) {
            case US -> By.CLIENT;
            case PEER -> By.API;
            case NOBODY -> By.NOBODY;
        };
    }

    /**
     * What the code means.
     *
     * @return its constant
     */
    public CloseCode closeCode() {
        return CloseCode.of(code);
    }
}
