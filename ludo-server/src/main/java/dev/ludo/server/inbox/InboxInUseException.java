package dev.ludo.server.inbox;

import java.io.IOException;
import java.io.Serial;

/** Another process holds the inbox. */
public final class InboxInUseException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    InboxInUseException(String message) {
        super(message);
    }
}
