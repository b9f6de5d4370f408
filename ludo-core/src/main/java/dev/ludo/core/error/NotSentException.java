package dev.ludo.core.error;

import java.io.Serial;

/** The client did not send the call, so that it had no effect for certain. */
public final class NotSentException extends CallException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What held the call back. */
    public enum Reason {
        /** The circuit is open: too many calls to this host failed, and it is left alone for a while. */
        CIRCUIT_OPEN,
        /** As many calls as allowed are under way, and none of them ended in time. */
        BULKHEAD_FULL,
        /** The API's rate limit is used up, and not renewed before the call's deadline. */
        RATE_LIMITED
    }

    /** The reason. */
    private final Reason reason;

    /**
     * Says what held the call back.
     *
     * @param call what is known of the call; it has no attempts
     * @param reason the reason
     * @param message the reason in words
     */
    public NotSentException(CallDetails call, Reason reason, String message) {
        super(call, "was not sent: " + message, null);
        this.reason = reason;
    }

    /**
     * What held the call back.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
