package dev.ludo.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The API did not answer in time. Whether the call had an effect is not known. */
public final class TimeoutExceededException extends CallException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says what took too long.
     *
     * @param call what is known of the call
     * @param message what took too long
     * @param cause what brought it about, if anything
     */
    public TimeoutExceededException(CallDetails call, String message, @Nullable Throwable cause) {
        super(call, message, cause);
    }

    /**
     * Says what took too long, for a call that was sent once.
     *
     * @param method the HTTP method
     * @param path the path below the base URI, without query
     * @param message what took too long
     * @param cause what noticed it, if anything
     */
    public TimeoutExceededException(String method, String path, String message, @Nullable Throwable cause) {
        super(CallDetails.once(method, path), message, cause);
    }
}
