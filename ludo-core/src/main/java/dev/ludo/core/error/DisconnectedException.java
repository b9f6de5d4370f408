package dev.ludo.core.error;

import dev.ludo.core.event.CloseCode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A command over a room's socket was sent, and the connection ended before its answer came. Whether the command had an
 * effect is not known, unless {@link #effect} says so. A join or a watch that the API refuses by its close is a
 * {@link CommandRejectedException}.
 */
public final class DisconnectedException extends CommandException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether a command had an effect, as far as that can be told. */
    public enum Effect {
        /** Nobody knows. */
        UNKNOWN,
        /** It had none. */
        NONE
    }

    /** The close code. */
    private final int code;

    /** Why. */
    private final String reason;

    /** Whether it had an effect. */
    private final Effect effect;

    /**
     * Says how the connection ended.
     *
     * @param command the command's type on the wire
     * @param code the close code, 1006 when there was no close
     * @param reason why, in words; may be empty
     * @param cause what noticed it, if it was no close
     */
    public DisconnectedException(String command, int code, String reason, @Nullable Throwable cause) {
        this(command, code, reason, Effect.UNKNOWN, cause);
    }

    /**
     * Says how the connection ended and what is known of the command.
     *
     * @param command the command's type on the wire
     * @param code the close code, 1006 when there was no close
     * @param reason why, in words; may be empty
     * @param effect whether the command had an effect
     * @param cause what noticed it, if it was no close
     */
    public DisconnectedException(String command, int code, String reason, Effect effect, @Nullable Throwable cause) {
        super(
                command,
                "was not answered, and "
                        + (effect == Effect.NONE ? "had no effect" : "its outcome is unknown")
                        + ": the connection ended with " + code + (reason.isEmpty() ? "" : ", " + reason),
                cause);
        this.code = code;
        this.reason = reason;
        this.effect = effect;
    }

    /**
     * Whether the command had an effect.
     *
     * @return {@link Effect#NONE} only if that is certain
     */
    public Effect effect() {
        return effect;
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
