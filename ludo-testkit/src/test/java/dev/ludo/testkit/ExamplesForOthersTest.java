package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the documents show for those who do not write Java works as it stands there. */
class ExamplesForOthersTest {
    /** The block of a language that has a certain text. */
    private static String block(String language, String with) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
                .matcher(Files.readString(Path.of("..", "docs", "testkit.md")))
                .results()
                .map(block -> block.group(1))
                .filter(text -> text.contains(with))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block of " + language + " has " + with));
    }

    /** What a program says that runs a block against a fake, in which a room waits. */
    private static String run(String block, String program, String... options) throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program + " is on the path");
        try (FakeLudo ludo = FakeLudo.start()) {
            String text = block.replace("http://localhost:8081", "http://127.0.0.1:" + ludo.port())
                    .replace("K7Q2M9", ludo.openRoom().code().value());
            Process process = new ProcessBuilder(
                            Stream.concat(Stream.of(program), Stream.concat(Stream.of(options), Stream.of(text)))
                                    .toList())
                    .redirectErrorStream(true)
                    .start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(said, process.waitFor(60, TimeUnit.SECONDS), is(true));
                assertThat(said, process.exitValue(), is(0));
                return said;
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static String runShell(String block) throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl"))),
                "curl is on the path");
        return run(block, "sh", "-euc");
    }

    @Test
    void everyCallOfTheControlApiIsTaken() throws Exception {
        String calls = block("sh", "curl http://localhost:8081/__ludo/state");
        String said = runShell("curl() { command curl -fsS \"$@\"; }\n" + calls);
        assertThat(said, containsString("\"playerCount\":2"));
        assertThat(said, containsString("\"queued\":2"));
        assertThat(said, containsString("\"kind\":\"duplicate\""));
    }

    @Test
    void theSessionWithCurlPlays() throws Exception {
        String said = runShell(block("sh", "fake=http://localhost:8081"));
        assertThat(said, containsString("\"value\":6"));
        assertThat(said, containsString("\"status\":\"playing\""));
    }

    @Test
    void theTestInPythonPasses() throws Exception {
        String said = run(block("python", "unittest"), "python3", "-c");
        assertThat(said, containsString("Ran 3 tests"));
        assertThat(said, containsString("OK"));
    }
}
