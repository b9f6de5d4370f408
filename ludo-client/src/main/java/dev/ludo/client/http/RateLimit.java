package dev.ludo.client.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The headers {@code X-RateLimit-Remaining} and {@code X-RateLimit-Reset}. */
public final class RateLimit {
    private static final HeaderName REMAINING = HeaderNames.create("X-RateLimit-Remaining");
    private static final HeaderName RESET = HeaderNames.create("X-RateLimit-Reset");

    // Unix seconds reach this in the year 5138, milliseconds did in 1973.
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private RateLimit() {}

    /**
     * Whether nothing is left.
     *
     * @param headers of an answer
     * @return whether they say that no call remains
     */
    public static boolean isExhausted(Headers headers) {
        return headers.contains(REMAINING)
                && headers.get(REMAINING).get().strip().equals("0");
    }

    /**
     * How long until the limit is renewed.
     *
     * @param headers of an answer
     * @param clock what time it is, if the answer does not say
     * @return the wait, not negative; empty if the headers do not say
     */
    public static Optional<Duration> renewedIn(Headers headers, Clock clock) {
        if (!headers.contains(RESET)) {
            return Optional.empty();
        }
        String text = headers.get(RESET).get().strip();
        if (text.isEmpty() || text.length() > 15 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty(); // a hint that cannot be read is no hint
        }
        long time = Long.parseLong(text);
        long millis = time >= MILLISECONDS_FROM ? time : Math.multiplyExact(time, 1000);
        return Optional.of(Duration.ofMillis(
                Math.max(0, millis - RetryAfter.now(headers, clock).toEpochMilli())));
    }
}
