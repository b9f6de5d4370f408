package dev.ludo.client.frame;

import java.util.Optional;

/**
 * How a connection ended.
 *
 * @param code the close code; 1005 for a close without one, 1006 when there was no close
 * @param reason why, in words; empty when nothing was said
 * @param by who ended it
 * @param cause what noticed it, if it was no close
 */
public record LegEnd(int code, String reason, By by, Optional<Throwable> cause) {
    /** Who ended a connection. */
    public enum By {
        /** This end: it closed, or it found the peer to be at fault. */
        US,
        /** The peer, by a close. */
        PEER,
        /** Nobody: the connection was lost. */
        NOBODY
    }

    static LegEnd lost(String reason, Throwable cause) {
        return new LegEnd(1006, reason, By.NOBODY, Optional.of(cause));
    }
}
