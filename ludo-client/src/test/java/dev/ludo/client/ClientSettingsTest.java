package dev.ludo.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.micrometer.MicrometerListener;
import dev.ludo.core.model.Secret;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a client's settings come from, and who is told what it does. */
class ClientSettingsTest {
    @TempDir
    Path directory;

    @Test
    void theDefaultsAreThoseThatArePromised() {
        try (LudoClient client = LudoClient.builder().apiKey("lk_test_demo").build()) {
            LudoClientConfig config = client.config();
            assertThat(config.baseUri(), is(URI.create("https://api.ludokingapi.site/v1")));
            assertThat(config.wsUri(), is("wss://api.ludokingapi.site/ws"));
            assertThat(
                    config.timeouts().toString(), is("Timeouts[connect=PT5S, read=PT10S, write=PT5S, deadline=PT15S]"));
            assertThat(config.pool().toString(), is("PoolConfig[maxIdle=20, idleTime=PT30S]"));
            assertThat(config.bulkhead().toString(), is("BulkheadConfig[total=100, perHost=30, maxWait=PT15S]"));
            assertThat(
                    config.retry().toString(),
                    is("RetryConfig[attempts=3, base=PT0.5S, cap=PT10S, budget=500, retryCost=5]"));
            assertThat(config.adaptsToRateLimit(), is(true));
        }
    }

    @Test
    void helidonConfigSetsEverything() {
        Config config = config(Map.of(
                "base-uri", "http://localhost:1/v1",
                "api-key", "lk_test_demo",
                "deadline", "PT3S",
                "pool.max-idle", "7",
                "bulkhead.per-host", "5",
                "retry.attempts", "4",
                "retry.cap", "PT2S",
                "circuit-breaker.failure-rate", "0.25",
                "gzip", "false"));
        try (LudoClient client = LudoClient.builder().config(config).build()) {
            assertThat(client.config().baseUri().getPort(), is(1));
            assertThat(client.config().timeouts().deadline(), is(Duration.ofSeconds(3)));
            assertThat(client.config().pool().maxIdle(), is(7));
            assertThat(client.config().bulkhead().perHost(), is(5));
            assertThat(client.config().retry().attempts(), is(4));
            assertThat(client.config().retry().cap(), is(Duration.ofSeconds(2)));
            assertThat(client.config().circuitBreaker().failureRate(), is(0.25));
            assertThat(client.config().gzip(), is(false));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "deadline, soon, ludo.client.deadline",
        "deadline, PT0S, ludo.client.deadline",
        "retry.attempts, 0, ludo.client.retry.attempts",
        "retry.cap, PT0.1S, ludo.client.retry: cap",
        "gzip, maybe, ludo.client.gzip",
        "tries, 3, ludo.client.tries is no setting of the client"
    })
    void aWrongSettingIsNamed(String key, String value, String named) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> LudoClient.builder().config(config(Map.of(key, value))));
        assertThat(e.getMessage(), containsString(named));
    }

    private static Config config(Map<String, String> settings) {
        return Config.builder()
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .addSource(ConfigSources.create(Config.builder()
                        .disableEnvironmentVariablesSource()
                        .disableSystemPropertiesSource()
                        .addSource(ConfigSources.create(prefixed(settings)))
                        .build()))
                .build()
                .get("ludo.client");
    }

    private static Map<String, String> prefixed(Map<String, String> settings) {
        Map<String, String> out = new HashMap<>();
        settings.forEach((key, value) -> out.put("ludo.client." + key, value));
        return out;
    }

    @Test
    void theEnvironmentAndAnEnvFileAreRead() throws IOException {
        Path file = directory.resolve(".env");
        Files.writeString(
                file,
                "# a comment\nexport LUDO_API_KEY='lk_test_demo'\nLUDO_API_BASE_URL=http://localhost:7/v1 # here\n");
        try (LudoClient client =
                LudoClient.builder().environment(EnvFile.read(file)).build()) {
            assertThat(client.config().baseUri(), is(URI.create("http://localhost:7/v1")));
        }
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> LudoClient.builder().environment(Map.of("LUDO_API_KEY", "a b", "LUDO_ALLOW_HTTP", "true")));
        assertThat(e.getMessage(), containsString("LUDO_API_KEY: "));
        assertThrows(
                IllegalArgumentException.class,
                () -> LudoClient.builder().environment(Map.of("LUDO_API_KEY", "a", "LUDO_API_KEY_FILE", "b")));
        Files.writeString(file, "what is this\n");
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> EnvFile.read(file))
                        .getMessage(),
                is(".env line 1 is not NAME=value"));
        assertThat(EnvFile.read(directory.resolve("none")), is(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1, with a host| was /v1",
        "localhost:8081/v1, with a host| was localhost:8081/v1",
        "https:///v1, with a host| was https:///v1",
        "ann:secret@api.example.com/v1, with a host| was ***@api.example.com/v1",
        "https://ann:secret@api.example.com/v1, no user-info| was https://***@api.example.com/v1",
        "https://api.example.com/v1?key=secret, no user-info| was https://api.example.com/v1",
        "http://api.example.com/v1, was http://api.example.com/v1; |allowHttp(true)| LUDO_ALLOW_HTTP=true"
    })
    void aUriThatIsRefusedIsShownWithoutItsSecrets(String uri, String words) {
        LudoClientBuilder builder = LudoClient.builder().apiKey("k").baseUri(URI.create(uri));
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
        for (String part : words.split("\\|", -1)) {
            assertThat(message, containsString(part));
        }
        assertThat(message, not(containsString("secret")));
    }

    @Test
    void whatIsMissingIsNamedWhereItIsMissing() {
        assertThat(
                assertThrows(
                                NullPointerException.class,
                                () -> LudoClient.builder().baseUri(nothing()))
                        .getMessage(),
                is("baseUri"));
        LudoClientBuilder keyless = LudoClient.builder().environment(Map.of());
        assertThat(
                assertThrows(IllegalStateException.class, keyless::build).getMessage(), containsString("LUDO_API_KEY"));
    }

    // What a caller without a checker for nulls can give.
    @SuppressWarnings("NullAway")
    private static URI nothing() {
        return null;
    }

    @Test
    void theEnvironmentWinsOverAnEnvFileWhereItSaysSomething() {
        assertThat(
                EnvironmentSettings.merged(
                        Map.of("LUDO_API_KEY", "from-file", "LUDO_WS_URL", "ws://file"),
                        Map.of("LUDO_API_KEY", " ", "LUDO_WS_URL", "ws://environment", "HOME", "/")),
                is(Map.of("LUDO_API_KEY", "from-file", "LUDO_WS_URL", "ws://environment", "HOME", "/")));
    }

    @Test
    void aKeyFileIsReadAgainWhenItChanges() throws IOException {
        Path file = directory.resolve("key");
        Files.writeString(file, "lk_first\n");
        VirtualTime time = new VirtualTime();
        KeyFile key = new KeyFile(file, time);
        Files.writeString(file, "lk_second\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T00:00:00Z")));
        assertThat(key.get(), is(Secret.of("lk_first")));
        time.pass(Duration.ofSeconds(1));
        assertThat(key.get(), is(Secret.of("lk_second")));
        Files.delete(file);
        time.pass(Duration.ofSeconds(1));
        assertThat("the old key stays", key.get(), is(Secret.of("lk_second")));
    }

    @Test
    void micrometerCountsCallsAttemptsAndRetries() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerListener meters = new MicrometerListener(registry);
        VirtualTime time = new VirtualTime();
        try (RawApi api = RawApi.answering(List.of(RawApi.answer(503, ""), RawApi.OK));
                LudoClient client = LudoClient.builder()
                        .baseUri(api.uri())
                        .apiKey("lk_test_demo")
                        .listener(meters)
                        .time(time, time)
                        .build()) {
            meters.watch(client);
            client.send(ApiRequest.get("/rooms/{code}", "K7Q2M9"));
            assertThat(
                    registry.get("ludo.client.calls")
                            .tags("method", "GET", "route", "/rooms/{code}", "outcome", "200")
                            .timer()
                            .count(),
                    is(1L));
            assertThat(
                    registry.get("ludo.client.attempts")
                            .tag("outcome", "503")
                            .timer()
                            .count(),
                    is(1L));
            assertThat(registry.get("ludo.client.retries").counter().count(), is(1.0));
            assertThat(registry.get("ludo.client.circuit.open").gauge().value(), is(0.0));
            assertThat(
                    registry.get("ludo.client.connections")
                            .tag("state", "idle")
                            .gauge()
                            .value(),
                    is(1.0));
        }
    }

    @Test
    void theLogHasALineACallAndALineARetryAndNoSecret() throws IOException {
        StringBuilder lines = new StringBuilder();
        Logger logger = Logger.getLogger(LudoClient.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.append(line.getLevel())
                        .append(' ')
                        .append(line.getMessage())
                        .append('\n');
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
        VirtualTime time = new VirtualTime();
        try (RawApi api = RawApi.answering(List.of(RawApi.answer(503, ""), RawApi.OK));
                LudoClient client = LudoClient.builder()
                        .baseUri(api.uri())
                        .apiKey("lk_live_canary")
                        .time(time, time)
                        .build()) {
            client.send(ApiRequest.post("/rooms/{code}/start", "K7Q2M9")
                    .query("secret", "canary")
                    .playerToken(Secret.of("canary-token"))
                    .header("X-Request-Id", "r-1"));
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        String all = lines.toString();
        assertThat(
                all, containsString("WARNING retry method=POST path=/rooms/K7Q2M9/start status=503 attempt=1 waitMs="));
        assertThat(all, containsString("FINE call method=POST path=/rooms/K7Q2M9/start status=200 attempts=2 ms="));
        assertThat(all, containsString("requestId=r-1"));
        assertThat(all, not(containsString("canary")));
    }
}
