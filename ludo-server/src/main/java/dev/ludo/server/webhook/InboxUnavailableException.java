package dev.ludo.server.webhook;

import java.io.Serial;

/** The inbox cannot keep anything now: it is full, or its disk fails. */
public final class InboxUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    InboxUnavailableException(String message) {
        super(message);
    }

    InboxUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
