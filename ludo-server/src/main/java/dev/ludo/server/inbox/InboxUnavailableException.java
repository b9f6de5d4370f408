package dev.ludo.server.inbox;

import java.io.Serial;

/** The inbox cannot keep anything now: it is full, or its disk or its process fails. */
public final class InboxUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says that nothing can be taken now.
     *
     * @param message why
     */
    public InboxUnavailableException(String message) {
        super(message);
    }

    InboxUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
