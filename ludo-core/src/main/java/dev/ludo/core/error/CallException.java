package dev.ludo.core.error;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to the API did not bring what was asked for. The children say why, and so what to do. If the call was tried more than
 * once, this is the last failure and the earlier ones are its {@linkplain #getSuppressed suppressed} exceptions, in order.
 */
public abstract sealed class CallException extends LudoException
        permits RejectedException, TransportException, TimeoutExceededException, NotSentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient CallDetails call;

    /**
     * For the children.
     *
     * @param call what is known of the call
     * @param message what failed and why
     * @param cause what brought it about, if anything
     */
    protected CallException(CallDetails call, String message, @Nullable Throwable cause) {
        super(call.method() + ' ' + call.path() + ' ' + message + call.afterwards(), cause);
        this.call = call;
    }

    /**
     * The HTTP method of the call.
     *
     * @return such as {@code POST}
     */
    public String method() {
        return call.method();
    }

    /**
     * The path of the call.
     *
     * @return the path below the base URI, without query
     */
    public String path() {
        return call.path();
    }

    /**
     * How often the call was sent.
     *
     * @return 0 if it was never sent, 1 if it was not tried again
     */
    public int attempts() {
        return call.attempts();
    }

    /**
     * What to name when asking the API's makers.
     *
     * @return the id of the request, if the caller or the API gave one
     */
    public Optional<String> requestId() {
        return call.requestId();
    }

    /**
     * How long to wait before it is worth calling again.
     *
     * @return the wait, if the API or the client's own guards named one
     */
    public Optional<Duration> retryAfter() {
        return call.retryAfter();
    }
}
