package dev.ludo.server;

import java.io.Serial;

/** What was asked for was understood and is not done. The message is one sentence that says why, fit to be all that is printed. */
final class NotDoneException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotDoneException(String message) {
        super(message);
    }
}
