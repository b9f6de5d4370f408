package dev.ludo.core.error;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a call that failed, whatever the failure.
 *
 * @param method the HTTP method
 * @param path the path below the base URI, without query
 * @param attempts how often the call was sent, 0 if it was not
 * @param requestId what to name when asking the API's makers, if there is one
 * @param retryAfter how long to wait before it is worth calling again, if anybody knows
 */
public record CallDetails(
        String method, String path, int attempts, Optional<String> requestId, Optional<Duration> retryAfter) {
    /** Refuses a negative number of attempts. */
    public CallDetails {
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts must be 0 or more, was " + attempts);
        }
    }

    /**
     * A call that was sent once, of which nothing else is known.
     *
     * @param method the HTTP method
     * @param path the path below the base URI, without query
     * @return the details
     */
    public static CallDetails once(String method, String path) {
        return new CallDetails(method, path, 1, Optional.empty(), Optional.empty());
    }

    /** Words for the end of a message, empty if there is nothing to tell. */
    String afterwards() {
        StringBuilder out = new StringBuilder();
        if (attempts > 1) {
            out.append(" (").append(attempts).append(" attempts)");
        }
        retryAfter.ifPresent(
                wait -> out.append("; try again in ").append(inWords(wait)).append(" s"));
        return out.toString();
    }

    // Whole seconds, rounded up: who waits as long as the message says has waited long enough.
    private static long inWords(Duration wait) {
        return wait.plusNanos(999_999_999).toSeconds();
    }
}
