package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeSettingsTest {
    @Test
    void everyDefaultIsAsDocumented() {
        assertThat(
                FakeSettings.of(List.of(), Map.of()),
                is(new FakeSettings("127.0.0.1", 8081, 10_000, Duration.ofSeconds(30), List.of())));
    }

    @Test
    void theEnvironmentIsHeardAndTheCommandLineMore() {
        Map<String, String> environment = Map.of(
                "LUDO_HOST", "0.0.0.0",
                "LUDO_PORT", "9000",
                "LUDO_FAKE_RATE_LIMIT", "100",
                "LUDO_FAKE_TURN_SECONDS", "0");
        FakeSettings told = new FakeSettings("0.0.0.0", 9000, 100, Duration.ZERO, List.of());
        assertThat(FakeSettings.of(List.of(), environment), is(told));
        assertThat(FakeSettings.of(List.of("--port", "0"), environment).port(), is(0));
    }

    @Test
    void anEmptySettingIsNone() {
        assertThat(
                FakeSettings.of(List.of(), Map.of("LUDO_PORT", "", "LUDO_HOST", " ")),
                is(FakeSettings.of(List.of(), Map.of())));
    }

    @Test
    void anUnknownSettingOnlyWarns() {
        Map<String, String> environment =
                Map.of("LUDO_FAKE_TURN_TIME", "3", "LUDO_A", "", "LUDO_API_KEY", "x", "HOME", "/", "LUDOX", "1");
        assertThat(
                FakeSettings.of(List.of(), environment).warnings(),
                is(List.of("unknown setting LUDO_A is ignored", "unknown setting LUDO_FAKE_TURN_TIME is ignored")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LUDO_PORT | 65536 | 65535",
                "LUDO_PORT | eighty | 65535",
                "LUDO_PORT | -1 | 65535",
                "LUDO_FAKE_RATE_LIMIT | 1.5 | 2147483647",
                "LUDO_FAKE_RATE_LIMIT | 99999999999 | 2147483647",
                "LUDO_FAKE_TURN_SECONDS | 86401 | 86400",
                "LUDO_FAKE_TURN_SECONDS | 30s | 86400"
            })
    void aBadSettingIsNamedWithItsValue(String name, String value, String max) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> FakeSettings.of(List.of(), Map.of(name, value)));
        assertThat(e.getMessage(), is(name + " must be a number from 0 to " + max + ", was \"" + value + '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 1 | unknown argument --prot; the fake knows --port only",
                "x | unknown argument x; the fake knows --port only",
                "--port 1 y | unknown argument y; the fake knows --port only",
                "--port | --port needs a number from 0 to 65535",
                "--port 70000 | --port must be a number from 0 to 65535, was \"70000\""
            })
    void aBadArgumentIsNamed(String arguments, String message) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> FakeSettings.of(List.of(arguments.split(" ", -1)), Map.of()));
        assertThat(e.getMessage(), is(message));
    }
}
