package dev.ludo.client.http;

import java.io.IOException;
import java.io.Serial;

/** The server answered, but not in HTTP as we know it, or with too much. Asking again would bring the same. */
public final class UnreadableAnswerException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message) {
        super(message);
    }
}
