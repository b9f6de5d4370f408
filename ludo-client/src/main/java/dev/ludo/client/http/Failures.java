package dev.ludo.client.http;

import dev.ludo.core.error.CallException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;

/** What can go wrong below HTTP, in our words. */
public final class Failures {
    private Failures() {}

    /**
     * Says why there was no answer.
     *
     * @param method the HTTP method
     * @param path the path of the call
     * @param authority the machine that was called
     * @param e what was thrown
     * @return the exception to throw; {@code e} itself if it is one of ours already
     */
    public static CallException of(String method, String path, String authority, Exception e) {
        if (e instanceof CallException ours) {
            return ours;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
                return new TimeoutExceededException(method, path, "was not answered in time", e);
            }
            if (cause instanceof ConnectException) {
                return new TransportException(method, path, "failed: no connection to " + authority, e);
            }
        }
        return new TransportException(method, path, "failed: " + reason(e), e);
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null || e.getMessage().isBlank()
                ? "the connection was cut (" + e.getClass().getSimpleName() + ')'
                : e.getMessage();
    }
}
