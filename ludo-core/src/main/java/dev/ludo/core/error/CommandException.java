package dev.ludo.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A command over a room's socket did not bring what was asked for. The children say why, and so what to do. */
public abstract sealed class CommandException extends LudoException
        permits CommandRejectedException, CommandNotSentException, CommandTimeoutException, DisconnectedException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The command's type on the wire. */
    private final String command;

    /**
     * For the children.
     *
     * @param command the command's type on the wire
     * @param message what failed and why
     * @param cause what brought it about, if anything
     */
    protected CommandException(String command, String message, @Nullable Throwable cause) {
        super(command + ' ' + message, cause);
        this.command = command;
    }

    /**
     * Which command it was.
     *
     * @return its type on the wire, such as {@code game:roll}
     */
    public String command() {
        return command;
    }
}
