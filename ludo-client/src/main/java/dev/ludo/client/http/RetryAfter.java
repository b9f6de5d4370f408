package dev.ludo.client.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}, in seconds or as an HTTP-date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    /** Dates have whole seconds, and answers are on their way for a while. */
    private static final Duration AGREEMENT = Duration.ofSeconds(2);

    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param headers of an answer
     * @param clock what time it is, if the answer does not say
     * @return how long to wait from the answer on, if it says so
     */
    public static Optional<Duration> of(Headers headers, Clock clock) {
        return headers.first(HeaderNames.RETRY_AFTER).flatMap(text -> parse(text.strip(), headers, clock));
    }

    /**
     * What time it is for the server. Its hints are times of its own clock, and this machine's may be wrong by minutes.
     *
     * @param headers of an answer
     * @param clock what time it is, if the answer does not say
     * @return the time of the header {@code Date} (RFC 9110, section 6.6.1); the clock's, which is finer, if the two agree or
     *     there is no such header
     */
    static Instant now(Headers headers, Clock clock) {
        Instant here = clock.instant();
        return headers.first(HeaderNames.DATE)
                .flatMap(text -> instant(text.strip()))
                .filter(there -> Duration.between(there, here).abs().compareTo(AGREEMENT) > 0)
                .orElse(here);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // a hint that cannot be read is no hint
        }
    }

    private static Optional<Duration> parse(String text, Headers headers, Clock clock) {
        if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        return instant(text).map(until -> {
            Duration wait = Duration.between(now(headers, clock), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }
}
