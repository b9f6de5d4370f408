package dev.ludo.core.error;

import java.io.Serial;

/** A command was not sent: the connection is not open, or too much waits to be sent already. It had no effect. */
public final class CommandNotSentException extends CommandException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says why it was not sent.
     *
     * @param command the command's type on the wire
     * @param message why
     */
    public CommandNotSentException(String command, String message) {
        super(command, message, null);
    }
}
