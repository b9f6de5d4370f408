package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSourcesTest {
    @TempDir
    Path directory;

    private void dotEnv(String text) throws IOException {
        Files.writeString(directory.resolve(".env"), text);
    }

    private Map<String, String> yaml(String text) throws IOException {
        Path file = directory.resolve("my.yaml");
        Files.writeString(file, text);
        return Map.of("LUDO_CONFIG", file.toString());
    }

    private Map<String, String> read(Map<String, String> environment) {
        return SettingSources.read(environment, directory);
    }

    private String refusal(Map<String, String> environment) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> read(environment))
                .getMessage());
    }

    @Test
    void whereNothingIsSaidTheEnvironmentIsAll() {
        assertThat(read(Map.of("LUDO_PORT", "1", "HOME", "/")), is(Map.of("LUDO_PORT", "1", "HOME", "/")));
    }

    @Test
    void theFileIsHeardTheEnvFileMoreAndTheEnvironmentMost() throws IOException {
        String file =
                yaml("ludo:\n  port: 1\n  host: yaml\n  fake-rate-limit: 3\n  cors-origins: 'http://a'\nother: 1\n")
                        .get("LUDO_CONFIG");
        dotEnv("LUDO_CONFIG=" + file + "\nLUDO_PORT=2\nLUDO_HOST=env-file\nLUDO_FAKE_TURN_SECONDS=\n");
        assertThat(
                read(Map.of("LUDO_PORT", "4", "LUDO_HOST", " ")),
                is(Map.of(
                        "LUDO_CONFIG", file,
                        "LUDO_PORT", "4",
                        "LUDO_HOST", "env-file",
                        "LUDO_FAKE_RATE_LIMIT", "3",
                        "CORS_ORIGINS", "http://a")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "LUDO_HOST=a | a",
                " export  LUDO_HOST = a b # c | a b",
                "LUDO_HOST=a#b | a#b",
                "LUDO_HOST='a # b' # c | a # b",
                "LUDO_HOST=\"a='b'\" | a='b'",
                "LUDO_HOST=\"a | \"a",
                "LUDO_HOST=a=b | a=b"
            })
    void theEnvFileIsReadAsShellsReadIt(String line, String value) throws IOException {
        dotEnv("# mine\n\n" + line + "\n");
        assertThat(read(Map.of()), is(Map.of("LUDO_HOST", value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"what is this", "=secret"})
    void aLineThatIsNoneIsNamedAndNotShown(String line) throws IOException {
        dotEnv("LUDO_PORT=1\n" + line + "\n");
        assertThat(refusal(Map.of()), is(".env line 2 is not NAME=value"));
    }

    @Test
    void aKeyThatIsNoSettingIsNamed() throws IOException {
        assertThat(refusal(yaml("ludo:\n  prot: 1\n")), is("ludo.prot is no setting"));
        assertThat(refusal(yaml("ludo:\n  host:\n    name: a\n")), is("ludo.host.name is no setting"));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        String sentence = "LUDO_CONFIG names a file that cannot be read: ";
        assertThat(refusal(Map.of("LUDO_CONFIG", "/no/such.yaml")), is(sentence + "/no/such.yaml"));
        Map<String, String> broken = yaml("ludo: [unclosed\n  : :");
        assertThat(refusal(broken), is(sentence + broken.get("LUDO_CONFIG")));
    }

    /** The programs may share an environment, so the fake must not warn of what is another's. */
    @Test
    void everySettingThatIsDocumentedIsKnown() throws IOException {
        TreeSet<String> documented = Pattern.compile("(?m)^\\| `((?:LUDO|CORS)_[A-Z_]+)` \\|")
                .matcher(Files.readString(Path.of("..", "docs", "configuration.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .filter(name -> !FakeSettings.KNOWN.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented, is(new TreeSet<>()));
    }
}
