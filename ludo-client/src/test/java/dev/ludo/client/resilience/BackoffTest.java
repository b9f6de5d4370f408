package dev.ludo.client.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waits grow by doubling up to the cap and are drawn from all that lies below. */
class BackoffTest {
    private static final Duration BASE = Duration.ofMillis(500);
    private static final Duration CAP = Duration.ofSeconds(30);

    private final Backoff backoff = new Backoff(BASE, CAP, new Random(7));

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 1000", "2, 2000", "5, 16000", "6, 30000", "7, 30000", "2147483647, 30000"})
    void theCeilingDoublesUpToTheCapAndTheWholeRangeBelowItIsUsed(int attempt, long ceiling) {
        long[] waits = LongStream.range(0, 2_000)
                .map(i -> backoff.delay(attempt, Optional.empty()).toMillis())
                .toArray();
        assertThat(
                LongStream.of(waits).max().orElseThrow(),
                is(both(lessThanOrEqualTo(ceiling)).and(greaterThan(ceiling * 9 / 10))));
        assertThat(LongStream.of(waits).min().orElseThrow(), is(lessThan(ceiling / 10)));
        double mean = LongStream.of(waits).average().orElseThrow();
        assertThat(mean, is(both(greaterThan(ceiling * 0.45)).and(lessThan(ceiling * 0.55))));
    }

    @Test
    void aHintIsAFloorEvenAboveTheCap() {
        Optional<Duration> hint = Optional.of(Duration.ofMinutes(2));
        assertThat(backoff.delay(0, hint), is(Duration.ofMinutes(2)));
        assertThat(backoff.delay(20, Optional.of(Duration.ofNanos(1))).compareTo(Duration.ofNanos(1)) >= 0, is(true));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Random random = new Random(1);
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, CAP, random));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(CAP, BASE, random));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(BASE, Duration.ofDays(2), random));
    }
}
