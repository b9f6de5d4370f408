package dev.ludo.client.http;

import dev.ludo.core.error.CallDetails;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What can go wrong below HTTP, in our words. */
public final class Failures {
    private Failures() {}

    /**
     * Says why there was no answer to a call that was sent once.
     *
     * @param method the HTTP method
     * @param path the path of the call
     * @param authority the machine that was called
     * @param e what was thrown
     * @return the exception to throw; {@code e} itself if it is one of ours already
     */
    public static CallException of(String method, String path, String authority, Exception e) {
        return e instanceof CallException ours ? ours : of(CallDetails.once(method, path), authority, e);
    }

    /**
     * Says why there was no answer.
     *
     * @param call what is known of the call
     * @param authority the machine that was called
     * @param e what was thrown
     * @return the exception to throw
     */
    public static CallException of(CallDetails call, String authority, Exception e) {
        if (e instanceof UnreadableAnswerException) {
            return new TransportException(call, String.valueOf(e.getMessage()), e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
                return new TimeoutExceededException(call, "was not answered in time", e);
            }
            if (cause instanceof InterruptedIOException || cause instanceof ClosedByInterruptException) {
                return new TransportException(call, "was interrupted", e);
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new TransportException(call, "failed: no connection to " + authority, e);
            }
        }
        return new TransportException(call, "failed: " + reason(e), e);
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null || e.getMessage().isBlank()
                ? "the connection was cut (" + e.getClass().getSimpleName() + ')'
                : e.getMessage();
    }

    /**
     * Whether trying again could help.
     *
     * @param e what was thrown instead of an answer
     * @return false if the server is not who it should be, or its answer is none that we can read
     */
    public static boolean mayPass(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableAnswerException
                    || cause instanceof CertificateException
                    || cause instanceof SSLPeerUnverifiedException) {
                return false;
            }
        }
        return true;
    }
}
