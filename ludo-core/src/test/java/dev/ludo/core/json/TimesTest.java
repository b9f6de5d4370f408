package dev.ludo.core.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way to read and write times against the general one. */
class TimesTest {
    @Test
    void itAgreesWithTheGeneralOne() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            int digits = random.nextInt(10);
            int unit = (int) Math.pow(10, 9 - digits);
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-63_000_000_000L, 260_000_000_000L),
                    digits == 0 ? 0 : (long) random.nextInt((int) Math.pow(10, digits)) * unit);
            assertThat(Times.print(time), is(time.toString()));
            assertThat(time.toString(), Times.parse(time.toString()), is(time));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2024-02-29T12:00:00Z",
                "2026-11-23T10:00:00.1Z",
                "2026-11-23T10:00:00.123456789Z",
                "2026-11-23T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-11-23T10:00:00+05:30",
                "2026-11-23t10:00:00z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z"
            })
    void whatTheGeneralOneTakesIsTakenTheSame(String text) {
        assertThat(Times.parse(text), is(Instant.parse(text)));
        assertThat(Times.print(Instant.parse(text)), is(Instant.parse(text).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-00-01T10:00:00Z",
                "2026-11-31T10:00:00Z",
                "2026-11-23T25:00:00Z",
                "2026-11-23T10:60:00Z",
                "2026-11-23T10:00:61Z",
                "2026-11-23T10:00:00",
                "2026-11-23 10:00:00Z",
                "2026-11-23T10:00:00.1234567890Z",
                "2026-1१-23T10:00:00Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThrows(DateTimeException.class, () -> Times.parse(text));
    }
}
