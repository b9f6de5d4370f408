package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FakeLudoMainTest {
    private static Process start(Map<String, String> environment, String... arguments) throws IOException {
        return prepare(environment, arguments).start();
    }

    private static ProcessBuilder prepare(Map<String, String> environment, String... arguments) {
        String classPath = Stream.of("jdk.module.path", "java.class.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .flatMap(entries -> Arrays.stream(entries.split(File.pathSeparator, -1)))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "dev.ludo.testkit.FakeLudoMain"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // Only what the test says; a JVM that is told options by the environment says so on standard error.
        builder.environment().keySet().removeIf(name -> name.startsWith("LUDO_") || name.contains("JAVA_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String all(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), UTF_8);
    }

    @Test
    void itSaysWhenItIsReadyAndEndsWellWhenItIsToldTo() throws Exception {
        Process fake = start(
                Map.of("LUDO_FAKE_RATE_LIMIT", "7", "LUDO_FAKE_TURN_SECONDS", "5", "LUDO_BOGUS", "1"), "--port", "0");
        try (HttpClient client = HttpClient.newHttpClient()) {
            BufferedReader out = fake.inputReader(UTF_8);
            String line = String.valueOf(out.readLine());
            assertThat(
                    line,
                    matchesRegex(
                            "ludo-fake ready at http://localhost:(\\d+)/v1 ws://localhost:\\1/ws key lk_test_demo"));
            URI rooms = URI.create(line.split(" ", -1)[3] + "/rooms");
            var answer = client.send(
                    HttpRequest.newBuilder(rooms)
                            .header("Authorization", "Bearer lk_test_demo")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.body(), is("{\"success\":true,\"data\":[]}"));
            assertThat(answer.headers().firstValue("X-RateLimit-Limit").orElseThrow(), is("7"));
            fake.toHandle().destroy();
            assertThat(fake.waitFor(10, TimeUnit.SECONDS), is(true));
            assertThat(fake.exitValue(), is(0));
            assertThat(out.readLine() == null, is(true));
            assertThat(all(fake.getErrorStream()), is("ludo-fake: unknown setting LUDO_BOGUS is ignored\n"));
        } finally {
            fake.destroyForcibly();
        }
    }

    @Test
    void settingsAreReadFromTheFolderInWhichItStarts(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("fake.yaml"), "ludo:\n  fake-turn-seconds: soon\n");
        Files.writeString(directory.resolve(".env"), "LUDO_CONFIG=fake.yaml\n");
        Process fake = prepare(Map.of()).directory(directory.toFile()).start();
        assertThat(
                refusal(fake),
                is("ludo-fake: LUDO_FAKE_TURN_SECONDS must be a number from 0 to 86400, was \"soon\"\n"));
    }

    @Test
    void aBusyPortIsOneSentenceAndExit2() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertThat(refusal(Map.of("LUDO_PORT", port)), containsString("cannot listen on 127.0.0.1:" + port + ": "));
        }
    }

    @Test
    void aBadSettingIsOneSentenceAndExit2() throws Exception {
        assertThat(
                refusal(Map.of("LUDO_FAKE_TURN_SECONDS", "soon")),
                is("ludo-fake: LUDO_FAKE_TURN_SECONDS must be a number from 0 to 86400, was \"soon\"\n"));
    }

    @Test
    void anUnknownArgumentIsOneSentenceAndExit2() throws Exception {
        assertThat(
                refusal(Map.of(), "--prot", "0"),
                is("ludo-fake: unknown argument --prot; the fake knows --port only\n"));
    }

    private static String refusal(Map<String, String> environment, String... arguments) throws Exception {
        return refusal(start(environment, arguments));
    }

    private static String refusal(Process fake) throws Exception {
        try {
            String told = all(fake.getErrorStream());
            assertThat(fake.waitFor(10, TimeUnit.SECONDS), is(true));
            assertThat(fake.exitValue(), is(2));
            assertThat(all(fake.getInputStream()), is(""));
            assertThat(told, told.lines().count(), is(1L));
            return told;
        } finally {
            fake.destroyForcibly();
        }
    }
}
