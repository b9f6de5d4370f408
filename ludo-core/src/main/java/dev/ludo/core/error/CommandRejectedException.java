package dev.ludo.core.error;

import java.io.Serial;

/**
 * The API said to a command over a room's socket that it will not do it, by an answer or, to a join or a watch, by a close
 * with 4400, 4401, 4403 or 4404. The command had no effect.
 */
public final class CommandRejectedException extends CommandException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /**
     * Says what the API said.
     *
     * @param command the command's type on the wire
     * @param failure what the API said
     */
    public CommandRejectedException(String command, Failure failure) {
        super(command, describe(failure), null);
        this.failure = failure;
    }

    private static String describe(Failure failure) {
        return "was rejected"
                + (failure.code().isEmpty() ? "" : ": " + failure.code())
                + (failure.error().isEmpty() ? "" : ": " + failure.error());
    }

    /**
     * The code as a constant.
     *
     * @return the constant; {@link ErrorCode#UNKNOWN} for one that this version does not know, see {@link #failure}
     */
    public ErrorCode code() {
        return failure.errorCode();
    }

    /**
     * All that the answer said.
     *
     * @return code and message, empty where the answer had none
     */
    public Failure failure() {
        return failure;
    }
}
