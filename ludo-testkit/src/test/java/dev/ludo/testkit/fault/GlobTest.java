package dev.ludo.testkit.fault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/rooms, /v1/rooms, true",
        "/v1/rooms, /v1/rooms/A, false",
        "/v1/rooms/*, /v1/rooms/ABCD, true",
        "/v1/rooms/*, /v1/rooms, false",
        "/v1/rooms/*, /v1/rooms/ABCD/join, false",
        "/v1/games/*/move, /v1/games/g1/move, true",
        "/v1/games/*/move, /v1/games/g1/roll, false",
        "/v1/**, /v1/games/g1/roll, true",
        "/v1/**, /v1, false",
        "/v1/**/join, /v1/rooms/ABCD/join, true",
        "/v1/r*s, /v1/rooms, true",
        "game:*, game:piece-moved, true",
        "game:*, room:joined, false",
        "/v1/ro.ms, /v1/rooms, false",
        "*, ping, true",
    })
    void starsStandForSegmentsAndTwoForAnything(String glob, String text, boolean fits) {
        assertThat(Glob.of(glob).matches(text), is(fits));
    }

    @Test
    void patternsAreValues() {
        assertThat(Glob.of("/v1/*"), is(Glob.of("/v1/*")));
        assertThat(Glob.of("/v1/*").toString(), is("/v1/*"));
        assertThrows(IllegalArgumentException.class, () -> Glob.of(""));
    }
}
