package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the documents show for those who do not write Java works as it stands there. */
class ExamplesForOthersTest {
    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
                .matcher(Files.readString(Path.of("..", "docs", "testkit.md")));
        assertThat(language, block.find(), is(true));
        return block.group(1);
    }

    /** What a program says that runs such a block against a fake. */
    private static String run(String language, String program, String... options) throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program + " is on the path");
        try (FakeLudo ludo = FakeLudo.start()) {
            String text = block(language).replace("http://localhost:8081", "http://127.0.0.1:" + ludo.port());
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

    @Test
    void theSessionWithCurlPlays() throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl"))),
                "curl is on the path");
        String said = run("sh", "sh", "-euc");
        assertThat(said, containsString("\"value\":6"));
        assertThat(said, containsString("\"status\":\"playing\""));
    }

    @Test
    void theTestInPythonPasses() throws Exception {
        String said = run("python", "python3", "-c");
        assertThat(said, containsString("Ran 3 tests"));
        assertThat(said, containsString("OK"));
    }
}
