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
     * @param method the HTTP method
     * @param path the path below the base URI, without query
     * @param message what took too long
     * @param cause what noticed it, if anything
     */
    public TimeoutExceededException(String method, String path, String message, @Nullable Throwable cause) {
        super(method, path, message, cause);
    }
}
