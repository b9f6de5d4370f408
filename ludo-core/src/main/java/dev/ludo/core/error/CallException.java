package dev.ludo.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A call to the API did not bring what was asked for. The children say why, and so what to do. */
public abstract sealed class CallException extends LudoException
        permits RejectedException, TransportException, TimeoutExceededException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The HTTP method. */
    private final String method;

    /** The path below the base URI. */
    private final String path;

    /**
     * For the children.
     *
     * @param method the HTTP method
     * @param path the path below the base URI, without query
     * @param message what failed and why
     * @param cause what brought it about, if anything
     */
    protected CallException(String method, String path, String message, @Nullable Throwable cause) {
        super(method + ' ' + path + ' ' + message, cause);
        this.method = method;
        this.path = path;
    }

    /**
     * The HTTP method of the call.
     *
     * @return such as {@code POST}
     */
    public String method() {
        return method;
    }

    /**
     * The path of the call.
     *
     * @return the path below the base URI, without query
     */
    public String path() {
        return path;
    }
}
