package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.Secret;
import dev.ludo.server.webhook.WebhookConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where settings come from, and what is said of those that cannot be used. */
class ServerConfigTest {
    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void theKeyAloneIsEnough() {
        ServerConfig config = load(Map.of("LUDO_API_KEY", "lk_test_demo"));
        assertThat(config.apiKey().reveal(), is("lk_test_demo"));
        assertThat(config.host(), is("0.0.0.0"));
        assertThat(config.port(), is(8000));
        assertThat(config.apiBaseUrl(), is(URI.create("https://api.ludokingapi.site/v1")));
        assertThat(config.guard().trustCallers(), is(false));
        assertThat(config.guard().proxyTokens(), is(List.of()));
        assertThat(config.logLevel(), is(System.Logger.Level.INFO));
        assertThat(warnings, is(List.of()));
    }

    @Test
    void socketsAreResumedAndDrainedUnlessItIsSaid() {
        SocketConfig usual = load(Map.of("LUDO_API_KEY", "k")).sockets();
        assertThat(usual.resumes(), is(true));
        assertThat(usual.drain(), is(Duration.ofSeconds(5)));
        SocketConfig other = load(Map.of(
                        "LUDO_API_KEY", "k", "LUDO_RELAY_RESUME", "false", "LUDO_WS_DRAIN_SECONDS", "30"))
                .sockets();
        assertThat(other.resumes(), is(false));
        assertThat(other.drain(), is(Duration.ofSeconds(30)));
    }

    @Test
    void theEnvironmentBeatsDotEnvAndDotEnvBeatsTheFile() throws IOException {
        Path yaml = directory.resolve("my.yaml");
        Files.writeString(yaml, "ludo:\n  port: 1001\n  host: file\n  api-key: from-the-file\n  trust-callers: true\n");
        Files.writeString(directory.resolve(".env"), """
            # what the machine needs
            export LUDO_HOST="dotenv"   # a comment
            LUDO_PORT=1002
            LUDO_API_KEY='from dotenv'
            OTHER=thing
            """);
        ServerConfig config = load(Map.of(
                "LUDO_CONFIG", yaml.toString(), "LUDO_PORT", "1003", "LUDO_API_KEY", "from-env", "LUDO_HOST", " "));
        assertThat(config.port(), is(1003));
        assertThat(config.host(), is("dotenv"));
        assertThat(config.apiKey().reveal(), is("from-env"));
        assertThat(config.guard().trustCallers(), is(true));
    }

    @Test
    void theFileSpellsEverySettingAsTheEnvironmentDoesInSmallLetters() throws IOException {
        Path yaml = directory.resolve("my.yaml");
        Files.writeString(yaml, "ludo:\n  api-key: k\n  cors-origins: '*'\n");
        assertThat(refusal(Map.of("LUDO_CONFIG", yaml.toString())), containsString("CORS_ORIGINS must be"));
    }

    @Test
    void aBadLineOfDotEnvIsRefusedByItsNumberAlone() throws IOException {
        Files.writeString(directory.resolve(".env"), "LUDO_PORT=1002\n\ncanary\n");
        assertThat(refusal(Map.of()), is(".env line 3 is not NAME=value"));
        Files.write(directory.resolve(".env"), new byte[] {(byte) 0xC3, 'x'});
        assertThat(refusal(Map.of()), is(".env cannot be read"));
    }

    @Test
    void thePortOnTheCommandLineBeatsAll() {
        ServerConfig config = ServerConfig.load(
                Map.of("LUDO_API_KEY", "k", "LUDO_PORT", "1"), directory, Optional.of(0), warnings::add);
        assertThat(config.port(), is(0));
    }

    @Test
    void theKeyMayComeFromAFile() throws IOException {
        Path file = directory.resolve("key");
        Files.writeString(file, "lk_from_file\n");
        assertThat(load(Map.of("LUDO_API_KEY_FILE", file.toString())).apiKey().reveal(), is("lk_from_file"));
        assertThat(
                refusal(Map.of("LUDO_API_KEY_FILE", file.toString(), "LUDO_API_KEY", "x")),
                is("LUDO_API_KEY and LUDO_API_KEY_FILE are both set; one of them is enough"));
        assertThat(refusal(Map.of("LUDO_API_KEY_FILE", "/no/such")), containsString("LUDO_API_KEY_FILE"));
    }

    @Test
    void webhooksAreTakenOnceASecretOrAnAddressIsSet() throws IOException {
        assertThat(load(Map.of("LUDO_API_KEY", "k")).webhooks(), is(Optional.empty()));
        String one = "whsec_" + "a".repeat(40);
        String two = "whsec_" + "b".repeat(40);
        WebhookConfig both = webhooks(Map.of("LUDO_WEBHOOK_SECRETS", one + ", " + two, "LUDO_DATA_DIR", "/data"));
        assertThat(both.secrets().stream().map(Secret::reveal).toList(), is(List.of(one, two)));
        assertThat(both.folder(), is(Path.of("/data")));
        assertThat(both.publicUrl(), is(Optional.empty()));
        Path file = directory.resolve("secrets");
        Files.writeString(file, one + "\n" + two + "\n");
        assertThat(
                webhooks(Map.of("LUDO_WEBHOOK_SECRETS_FILE", file.toString())).secrets(), is(both.secrets()));
        WebhookConfig subscribes =
                webhooks(Map.of("LUDO_PUBLIC_URL", "https://play.example.com/", "LUDO_INBOX_DAYS", "30"));
        assertThat(subscribes.publicUrl(), is(Optional.of(URI.create("https://play.example.com"))));
        assertThat(subscribes.secrets(), is(List.of()));
        assertThat(subscribes.kept(), is(Duration.ofDays(30)));
    }

    private WebhookConfig webhooks(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("LUDO_API_KEY", "k");
        return load(environment).webhooks().orElseThrow();
    }

    @Test
    void aMissingKeyIsNamed() {
        assertThat(
                refusal(Map.of()),
                is("LUDO_API_KEY is not set: the proxy needs the API's key, there or in LUDO_API_KEY_FILE"));
    }

    @ParameterizedTest
    @CsvSource({
        "LUDO_PORT, abc",
        "LUDO_PORT, 65536",
        "LUDO_PORT, -1",
        "LUDO_TRUST_CALLERS, yes",
        "LUDO_LOG_LEVEL, LOUD",
        "LUDO_API_BASE_URL, http://api.example.com/v1",
        "LUDO_API_BASE_URL, https://user:canary@example.com/v1",
        "LUDO_API_BASE_URL, 'not a url'",
        "LUDO_API_KEY, 'canary with spaces'",
        "LUDO_PROXY_TOKENS, 'a,canary token'",
        "LUDO_CONFIG, /no/such/file.yaml",
        "LUDO_REDIS_URL, redis://localhost",
        "LUDO_WEBHOOK_SECRETS, whsec_canary",
        "LUDO_WEBHOOK_SECRETS, 'whsec_canary canary'",
        "LUDO_WEBHOOK_SECRETS_FILE, /no/such/file",
        "LUDO_PUBLIC_URL, ftp://example.com",
        "LUDO_PUBLIC_URL, http://play.example.com",
        "LUDO_PUBLIC_URL, https://user:canary@example.com",
        "LUDO_PUBLIC_URL, https://example.com/?a=b",
        "LUDO_INBOX_DAYS, 3",
        "LUDO_ALLOW_HTTP, 1"
    })
    void aBadValueIsRefusedInOneSentenceThatNamesTheSetting(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("LUDO_API_KEY", "lk_test_demo"));
        environment.put(name, value);
        String message = refusal(environment);
        assertThat(message, containsString(name));
        assertThat(message, not(containsString("canary")));
        assertThat(message.lines().count(), is(1L));
    }

    @Test
    void operatorsHaveAPortOfTheirOwn() {
        Map<String, String> environment = new HashMap<>(Map.of("LUDO_API_KEY", "k", "LUDO_PORT", "8123"));
        environment.put("LUDO_ADMIN_PORT", "8123");
        assertThat(refusal(environment), startsWith("LUDO_ADMIN_PORT is 8123, which is the port for callers;"));
        environment.put("LUDO_PORT", "0");
        environment.put("LUDO_ADMIN_PORT", "0");
        assertThat(load(environment).adminPort(), is(Optional.of(0)));
    }

    /** The settings that are a number of something, with the value that a configuration got from each. */
    private static Map<String, Function<ServerConfig, Object>> numbers() {
        return Map.ofEntries(
                Map.entry(
                        "LUDO_CACHE_ROOMS_MILLIS",
                        config -> config.cache().rooms().toMillis()),
                Map.entry(
                        "LUDO_CACHE_ROOM_MILLIS",
                        config -> config.cache().room().toMillis()),
                Map.entry(
                        "LUDO_CACHE_STATE_MILLIS",
                        config -> config.cache().state().toMillis()),
                Map.entry(
                        "LUDO_CACHE_LEADERBOARD_MILLIS",
                        config -> config.cache().leaderboard().toMillis()),
                Map.entry(
                        "LUDO_HEADER_SECONDS",
                        config -> config.guard().wire().headWithin().toSeconds()),
                Map.entry(
                        "LUDO_BODY_SECONDS",
                        config -> config.guard().wire().bodyWithin().toSeconds()),
                Map.entry(
                        "LUDO_IDLE_SECONDS",
                        config -> config.guard().wire().idle().toSeconds()),
                Map.entry("LUDO_RATE_LIMIT", config -> config.guard().callsPerMinute()),
                Map.entry("LUDO_MAX_CALLS", config -> config.guard().concurrentCalls()),
                Map.entry("LUDO_WS_MESSAGE_LIMIT", config -> config.sockets().messageLimit()),
                Map.entry("LUDO_WS_PER_CLIENT", config -> config.sockets().perClient()),
                Map.entry("LUDO_WS_TOTAL", config -> config.sockets().total()),
                Map.entry("LUDO_WATCHERS_PER_ROOM", config -> config.sockets().watchersPerRoom()),
                Map.entry("LUDO_PORT", ServerConfig::port));
    }

    @Test
    void eachNumberIsTakenFromItsOwnSettingAlone() {
        ServerConfig usual = load(Map.of("LUDO_API_KEY", "k"));
        numbers().forEach((name, value) -> {
            ServerConfig changed = load(Map.of("LUDO_API_KEY", "k", name, "77"));
            numbers().forEach((other, read) -> {
                String expected = other.equals(name) ? "77" : read.apply(usual).toString();
                assertThat(name + ' ' + other, read.apply(changed).toString(), is(expected));
            });
            for (String bad : List.of("-1", "1.5", "many", "9999999999", "100000000")) {
                assertThat(
                        refusal(Map.of("LUDO_API_KEY", "k", name, bad)),
                        containsString(name + " must be a whole number"));
            }
        });
    }

    @Test
    void nothingIsKeptForZeroMillisecondsAndNobodyIsGivenZeroSeconds() {
        for (String name : numbers().keySet()) {
            Map<String, String> zero = Map.of("LUDO_API_KEY", "k", name, "0");
            if (name.startsWith("LUDO_CACHE_")) {
                assertThat(value(load(zero), name), is("0"));
            } else if (name.endsWith("_SECONDS")) {
                assertThat(refusal(zero), containsString(name + " must be a whole number from 1 to "));
            }
        }
    }

    @Test
    void theConfigurationPageHasTheDefaultsOfTheCode() throws IOException {
        ServerConfig usual = load(Map.of("LUDO_API_KEY", "k"));
        Map<String, String> known = new TreeMap<>();
        numbers().keySet().forEach(name -> known.put(name, value(usual, name)));
        known.put("LUDO_API_BASE_URL", usual.apiBaseUrl().toString());
        known.put("LUDO_HOST", usual.host());
        known.put("LUDO_TRUST_CALLERS", Boolean.toString(usual.guard().trustCallers()));
        known.put("LUDO_ALLOW_HTTP", Boolean.toString(usual.allowHttp()));
        known.put("LUDO_RELAY_RESUME", Boolean.toString(usual.sockets().resumes()));
        known.put("LUDO_WS_DRAIN_SECONDS", Long.toString(usual.sockets().drain().toSeconds()));
        WebhookConfig webhooks = webhooks(Map.of("LUDO_PUBLIC_URL", "https://play.example.com"));
        known.put("LUDO_DATA_DIR", webhooks.folder().toString());
        known.put("LUDO_INBOX_DAYS", Long.toString(webhooks.kept().toDays()));
        known.put("LUDO_ROLE", "api");
        assertThat("the proxy alone", usual.worker(), is(Optional.empty()));
        known.put(
                "LUDO_ARCHIVE_DAYS",
                Long.toString(WorkerSettingsTest.usual().archiveKept().toDays()));
        known.put("LUDO_LOG_LEVEL", usual.logLevel().name());
        known.put("CORS_ORIGINS", String.join(",", usual.sockets().origins().allowed()));
        Map<String, String> documented = new TreeMap<>();
        Matcher rows = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| [^|]*(?:serve|all)[^|]* \\| `([^`]+)`")
                .matcher(Files.readString(Path.of("../docs/configuration.md")));
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2));
        }
        documented.remove("LUDO_WS_URL"); // a path at the API's host, which is no default of its own
        assertThat(documented, is(known));
    }

    private static String value(ServerConfig config, String name) {
        return Objects.requireNonNull(numbers().get(name)).apply(config).toString();
    }

    @Test
    void plainHttpIsTakenForThisMachineAndOnDemand() {
        for (String url : List.of("http://localhost:1/v1", "http://127.0.0.1:1/v1", "http://[::1]:1/v1/")) {
            load(Map.of("LUDO_API_KEY", "k", "LUDO_API_BASE_URL", url));
        }
        load(Map.of("LUDO_API_KEY", "k", "LUDO_API_BASE_URL", "http://api.example.com", "LUDO_ALLOW_HTTP", "true"));
    }

    @Test
    void anUnknownKeyInTheFileEndsTheStartAndAnUnknownVariableOnlyWarns() throws IOException {
        Path yaml = directory.resolve("my.yaml");
        Files.writeString(yaml, "ludo:\n  prot: 1001\n");
        assertThat(
                refusal(Map.of("LUDO_API_KEY", "k", "LUDO_CONFIG", yaml.toString())),
                is("ludo.prot is no setting of this version"));
        load(Map.of("LUDO_API_KEY", "k", "LUDO_PROT", "1001", "LUDO_JAVA_HOME", "/usr"));
        assertThat(warnings, is(List.of("LUDO_PROT in the environment is no setting of this version; it is ignored")));
    }

    @Test
    void aFileThatIsNoYamlIsNamed() throws IOException {
        Path yaml = directory.resolve("my.yaml");
        Files.writeString(yaml, "ludo: [unclosed\n  : :");
        assertThat(refusal(Map.of("LUDO_API_KEY", "k", "LUDO_CONFIG", yaml.toString())), containsString("LUDO_CONFIG"));
    }

    @Test
    void aMistakeInTheFileIsFoundByItsLineAndNotShown() throws IOException {
        Path yaml = directory.resolve("my.yaml");
        Files.writeString(yaml, "ludo:\n  port: 1001\n  api-key: *canary\n");
        assertThat(
                refusal(Map.of("LUDO_CONFIG", yaml.toString())),
                is("LUDO_CONFIG names a file that cannot be read as settings: " + yaml + ", line 3, column 12"));
    }

    @Test
    void theLogMayBeTurnedOffWithoutQuotes() throws IOException {
        Path yaml = directory.resolve("my.yaml");
        Files.writeString(yaml, "ludo:\n  api-key: k\n  log-level: OFF\n");
        assertThat(load(Map.of("LUDO_CONFIG", yaml.toString())).logLevel(), is(System.Logger.Level.OFF));
    }

    @Test
    void theConfigurationDoesNotShowItsSecrets() {
        String shown = load(Map.of("LUDO_API_KEY", "lk_live_canary_1234567", "LUDO_PROXY_TOKENS", "canary-proxy-token"))
                .toString();
        assertThat(shown, not(containsString("canary")));
    }

    private ServerConfig load(Map<String, String> environment) {
        return ServerConfig.load(environment, directory, Optional.empty(), warnings::add);
    }

    private String refusal(Map<String, String> environment) {
        return String.valueOf(
                assertThrows(BadSettingException.class, () -> load(environment)).getMessage());
    }
}
