package dev.ludo.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A command over a room's socket was sent, and nobody waits for its answer any more: it took too long, or the thread that
 * waited was interrupted. Whether the command had an effect is not known.
 */
public final class CommandTimeoutException extends CommandException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says what took too long.
     *
     * @param command the command's type on the wire
     * @param message what took too long
     * @param cause what ended the waiting, if anything
     */
    public CommandTimeoutException(String command, String message, @Nullable Throwable cause) {
        super(command, message, cause);
    }
}
