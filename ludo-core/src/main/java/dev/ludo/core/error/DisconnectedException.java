package dev.ludo.core.error;

import dev.ludo.core.event.CloseCode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A command over a room's socket was sent, and the connection ended before its answer came. Whether the command had an
 * effect is not known. Of a join or a watch it says that the API closed in place of taking the client into the room.
 */
public final class DisconnectedException extends CommandException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The close code. */
    private final int code;

    /** Why. */
    private final String reason;

    /**
     * Says how the connection ended.
     *
     * @param command the command's type on the wire
     * @param code the close code, 1006 when there was no close
     * @param reason why, in words; may be empty
     * @param cause what noticed it, if it was no close
     */
    public DisconnectedException(String command, int code, String reason, @Nullable Throwable cause) {
        super(
                command,
                "was not answered: the connection ended with " + code + (reason.isEmpty() ? "" : ", " + reason),
                cause);
        this.code = code;
        this.reason = reason;
    }

    /**
     * The close code.
     *
     * @return 1000 to 4999; 1005 for a close without a code, 1006 for an end without a close
     */
    public int code() {
        return code;
    }

    /**
     * What the close code means.
     *
     * @return its constant
     */
    public CloseCode closeCode() {
        return CloseCode.of(code);
    }

    /**
     * Why the connection ended.
     *
     * @return words for people; may be empty
     */
    public String reason() {
        return reason;
    }
}
