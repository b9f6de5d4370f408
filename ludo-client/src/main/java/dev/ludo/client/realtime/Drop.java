package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.core.event.CloseCode;
import java.util.Optional;

/**
 * How a socket ended, or why there was none.
 *
 * @param code the close code: 1000 to 4999; 1005 for a close without a code, 1006 for an end without a close and when no
 *     socket came about
 * @param reason why, in words; empty when nothing was said
 * @param by who ended it
 * @param cause what noticed it, if it was no close
 */
public record Drop(int code, String reason, By by, Optional<Throwable> cause) {
    /** Who ended a socket. */
    public enum By {
        /** This client: it was told to, or it found the API to be at fault. */
        CLIENT,
        /** The API, or what stands before it. */
        API,
        /** Nobody: the connection was lost. */
        NOBODY
    }

    static Drop of(LegEnd end) {
        By by = switch (end.by()) {
            case US -> By.CLIENT;
            case PEER -> By.API;
            case NOBODY -> By.NOBODY;
        };
        return new Drop(end.code(), end.reason(), by, end.cause());
    }

    static Drop failed(Throwable cause) {
        return new Drop(CloseCode.ABNORMAL.number(), String.valueOf(cause.getMessage()), By.NOBODY, Optional.of(cause));
    }

    /** An end that was wanted: what the socket itself did then is of no interest any more. */
    static Drop wanted(String reason, By by) {
        return new Drop(CloseCode.NORMAL.number(), reason, by, Optional.empty());
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
