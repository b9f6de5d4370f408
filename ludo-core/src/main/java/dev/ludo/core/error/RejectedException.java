package dev.ludo.core.error;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The API answered that it will not do what was asked. The call had no effect unless the status is 500 or above. */
public final class RejectedException extends CallException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The HTTP status. */
    private final int status;

    private final transient Failure failure;

    /**
     * Says what the API said.
     *
     * @param call what is known of the call
     * @param status the HTTP status
     * @param failure the answer's body; its parts are empty where it had none
     */
    public RejectedException(CallDetails call, int status, Failure failure) {
        super(call, describe(call, status, failure), null);
        this.status = status;
        this.failure = failure;
    }

    /**
     * Says what the API said to a call that was sent once.
     *
     * @param method the HTTP method
     * @param path the path below the base URI, without query
     * @param status the HTTP status
     * @param failure the answer's body; its parts are empty where it had none
     * @param retryAfter how long the API asks to wait before the next try, if it does
     */
    public RejectedException(String method, String path, int status, Failure failure, Optional<Duration> retryAfter) {
        this(new CallDetails(method, path, 1, failure.requestId(), retryAfter), status, failure);
    }

    private static String describe(CallDetails call, int status, Failure failure) {
        StringBuilder out = new StringBuilder("was rejected");
        if (!failure.code().isEmpty()) {
            out.append(": ").append(failure.code());
        }
        out.append(" (HTTP ").append(status);
        call.requestId().ifPresent(id -> out.append(", request ").append(id));
        out.append(')');
        if (!failure.error().isEmpty()) {
            out.append(": ").append(failure.error());
        }
        if (!failure.details().isEmpty()) {
            out.append(failure.details().stream()
                    .map(d -> d.field() + ' ' + d.message())
                    .collect(Collectors.joining("; ", " [", "]")));
        }
        return out.toString();
    }

    /**
     * The HTTP status.
     *
     * @return 300 to 599, or 200 to 299 when the body says that the call failed
     */
    public int status() {
        return status;
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
     * The fields that were wrong.
     *
     * @return empty unless that was the reason
     */
    public List<FieldError> details() {
        return failure.details();
    }

    /**
     * All that the answer said.
     *
     * @return the body; its parts are empty where it had none
     */
    public Failure failure() {
        return failure;
    }
}
