package dev.ludo.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * So many calls a minute, counted in windows of a minute of which each begins with the first call after the one before has
 * ended. Thread-safe.
 */
final class RateLimiter {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Where the caller stands after a call. */
    record Standing(boolean allowed, int limit, int remaining, Instant reset, Instant now) {
        /** When the window ends, in Unix seconds, rounded up so that whoever waits for it does not come too early. */
        long resetSeconds() {
            return reset.getEpochSecond() + (reset.getNano() > 0 ? 1 : 0);
        }

        String date() {
            return HTTP_DATE.format(now);
        }

        long retryAfterSeconds() {
            return Math.max(1, Duration.between(now, reset).plusMillis(999).toSeconds());
        }
    }

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Window(Instant end, int used) {}

    private final int limit;
    private final InstantSource clock;
    private final AtomicReference<Window> window = new AtomicReference<>(new Window(Instant.MIN, 0));

    /** With a limit of 0 everything is allowed. */
    RateLimiter(int limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
    }

    boolean isOff() {
        return limit == 0;
    }

    /** Counts a call. */
    Standing take() {
        Instant now = clock.instant();
        Window after = window.updateAndGet(before -> now.isBefore(before.end)
                ? new Window(before.end, Math.min(before.used, limit) + 1)
                : new Window(now.plus(WINDOW), 1));
        return new Standing(after.used <= limit, limit, Math.max(0, limit - after.used), after.end, now);
    }

    /** Looks without counting. */
    Standing look() {
        Instant now = clock.instant();
        Window present = window.get();
        return now.isBefore(present.end)
                ? new Standing(true, limit, Math.max(0, limit - present.used), present.end, now)
                : new Standing(true, limit, limit, now.plus(WINDOW), now);
    }

    void reset() {
        window.set(new Window(Instant.MIN, 0));
    }
}
