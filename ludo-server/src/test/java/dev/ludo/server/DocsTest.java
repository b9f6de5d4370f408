package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show works as it stands there. */
class DocsTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    Path directory;

    @Test
    void everyJavaExampleCompilesAndRuns() throws Exception {
        Map<String, String> examples = blocks("java");
        assertThat(examples.size(), greaterThan(3));
        try (FakeLudo fake = FakeLudo.builder().turnTime(Duration.ZERO).start()) {
            for (Map.Entry<String, String> example : examples.entrySet()) {
                run(
                        example.getKey(),
                        example.getValue()
                                .replace(
                                        "http://localhost:8081/v1",
                                        fake.baseUri().toString()));
            }
        }
    }

    private void run(String where, String snippet) throws Exception {
        Path home = Files.createTempDirectory(directory, "example");
        Path source = home.resolve("Example.java");
        Files.writeString(source, program(snippet));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter out = new StringWriter();
        boolean good;
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            good = compiler.getTask(
                            out, files, null, List.of("-d", home.toString()), null, files.getJavaFileObjects(source))
                    .call();
        }
        assertThat(where + "\n" + out, good, is(true));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {home.toUri().toURL()}, DocsTest.class.getClassLoader())) {
            loader.loadClass("Example").getMethod("run").invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError(where + " fails", e.getCause());
        }
    }

    private static String program(String snippet) {
        return """
            import dev.ludo.client.*;
                import dev.ludo.client.realtime.*;
            import dev.ludo.core.error.*;
            import dev.ludo.core.event.*;
            import dev.ludo.core.model.*;
            import dev.ludo.core.rules.*;
            import dev.ludo.testkit.*;
            import dev.ludo.testkit.fault.*;
            import dev.ludo.testkit.journal.*;
            import java.net.*;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;

            public class Example {
                public static void run() throws Exception {
                    %s
                }
            }
            """.formatted(snippet);
    }

    @Test
    void theShellSessionOfTheReadmePlays() throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, "curl"))),
                "curl is on the path");
        String session = blocks("sh").entrySet().stream()
                .filter(block -> block.getKey().startsWith("README.md"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
        try (FakeLudo fake = FakeLudo.start();
                LudoServer proxy = LudoServer.start(ProxyTest.config(fake).withTrustCallers(true))) {
            Process shell = new ProcessBuilder(
                            "sh",
                            "-euc",
                            session.replace("http://localhost:8000", proxy.uri().toString()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said, shell.waitFor(60, TimeUnit.SECONDS), is(true));
            assertThat(said, shell.exitValue(), is(0));
            assertThat(said, containsString("\"legalMoves\":"));
            assertThat(said, containsString("\"status\":\"playing\""));
        }
    }

    @Test
    void theConfigurationPageNamesEverySettingAndNoOther() throws IOException {
        Matcher rows = Pattern.compile("(?m)^\\| `(LUDO_[A-Z_]+|CORS_ORIGINS)` \\|")
                .matcher(Files.readString(ROOT.resolve("docs/configuration.md")));
        TreeSet<String> documented = new TreeSet<>();
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        TreeSet<String> known =
                Arrays.stream(Setting.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
        known.add("LUDO_CONFIG");
        assertThat(documented, is(known));
    }

    /** The fenced blocks of one language in all documents, by where they stand. */
    private static Map<String, String> blocks(String language) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            Stream<Path> pages = docs.filter(file -> file.toString().endsWith(".md"));
            for (Path file :
                    Stream.concat(Stream.of(ROOT.resolve("README.md")), pages).toList()) {
                Matcher block =
                        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```").matcher(Files.readString(file));
                while (block.find()) {
                    found.put(file.getFileName() + " at " + block.start(), block.group(1));
                }
            }
        }
        return found;
    }
}
