package dev.ludo.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * No answer came, or one that could not be understood: the connection failed, was cut, or the body is not what the API
 * promises. Whether the call had an effect is not known.
 */
public final class TransportException extends CallException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param call what is known of the call
     * @param message what failed
     * @param cause what brought it about, if anything
     */
    public TransportException(CallDetails call, String message, @Nullable Throwable cause) {
        super(call, message, cause);
    }

    /**
     * Says what happened, for a call that was sent once.
     *
     * @param method the HTTP method
     * @param path the path below the base URI, without query
     * @param message what failed
     * @param cause what brought it about, if anything
     */
    public TransportException(String method, String path, String message, @Nullable Throwable cause) {
        super(CallDetails.once(method, path), message, cause);
    }
}
