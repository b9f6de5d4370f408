package dev.ludo.client.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}, in seconds or as an HTTP-date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param header its value, if it is there
     * @param clock what time it is
     * @return how long to wait, if it says so
     */
    public static Optional<Duration> of(Optional<String> header, Clock clock) {
        return header.flatMap(text -> parse(text.strip(), clock));
    }

    private static Optional<Duration> parse(String text, Clock clock) {
        if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty(); // a hint that cannot be read is no hint
        }
    }
}
