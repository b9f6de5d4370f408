package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ludo.server.demo.DemoMain;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxy and the demo as programs: what they print, how they end. */
class ProgramsTest {
    @TempDir
    Path directory;

    private record Ended(int exitCode, String out, String err) {}

    @Test
    void serveSaysWhereItIsAndEndsWithZeroOnSigterm() throws Exception {
        Process process = start(Main.class, Map.of("LUDO_API_KEY", "lk_live_canary_123"), "serve", "--port", "0");
        try (BufferedReader out = process.inputReader()) {
            String line = readLine(out);
            assertThat(line, matchesPattern("ludo-server ready at http://localhost:\\d+"));
            try (Wire wire = new Wire(URI.create(line.substring(line.indexOf("http"))))) {
                assertThat(wire.get("/health").status(), is(200));
            }
            Ended ended = end(process, out);
            assertThat(ended.err(), ended.exitCode(), is(0));
            assertThat(ended.out(), is(""));
            assertThat(ended.err(), containsString("drained"));
            assertThat(ended.err(), containsString("\"route\":\"/health\",\"status\":200"));
            assertThat(ended.err(), not(containsString("canary")));
        }
    }

    @Test
    void theDemoShowsGamesThatMoveOnAndEndsWithZeroOnSigterm() throws Exception {
        Process process = start(DemoMain.class, Map.of(), "--port", "0");
        try (BufferedReader out = process.inputReader()) {
            String server = readLine(out);
            assertThat(server, matchesPattern("ludo-server ready at http://localhost:\\d+"));
            assertThat(
                    readLine(out),
                    matchesPattern(
                            "ludo-fake ready at http://localhost:(\\d+)/v1 ws://localhost:\\1/ws key lk_test_demo"));
            String uri = server.substring(server.indexOf("http"));
            assertThat(readLine(out), is("rooms " + uri + "/rooms"));
            try (Wire wire = new Wire(URI.create(uri))) {
                List<JsonObject> rooms = wire.get("/rooms?status=playing")
                        .json()
                        .getJsonArray("data")
                        .getValuesAs(JsonObject.class);
                assertThat(rooms.size(), is(3));
                for (JsonObject room : rooms) {
                    awaitProgress(wire, "/games/" + room.getString("gameId") + "/state");
                }
                assertThat(
                        "callers are trusted", wire.post("/games/nope/roll", "").code(), is("GAME_NOT_FOUND"));
            }
            Ended ended = end(process, out);
            assertThat(ended.err(), ended.exitCode(), is(0));
            assertThat(ended.out(), is(""));
        }
    }

    private static void awaitProgress(Wire wire, String path) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int first = seq(wire, path);
        while (seq(wire, path) == first) {
            if (System.nanoTime() > deadline) {
                fail(path + " does not move on from " + first);
            }
            Thread.onSpinWait();
        }
    }

    private static int seq(Wire wire, String path) {
        return wire.get(path).json().getJsonObject("data").getInt("seq");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "serve|LUDO_API_KEY is not set", "serve --port x|--port takes one number", "serve --port|--port takes",
                "serve --prot 1|--prot", "dance|dance", "serve --port 70000|70000"
            },
            delimiter = '|')
    void aBadStartEndsWithTwoAndOneSentence(String words, String named) throws Exception {
        assertRefused(runToEnd(Main.class, Map.of(), words.split(" ")), named);
    }

    @Test
    void aBadSettingEndsWithTwoAndOneSentence() throws Exception {
        assertRefused(runToEnd(Main.class, Map.of("LUDO_API_KEY", "k", "LUDO_PORT", "eighty"), "serve"), "LUDO_PORT");
        assertRefused(runToEnd(DemoMain.class, Map.of("LUDO_FAKE_TURN_SECONDS", "-1")), "LUDO_FAKE_TURN_SECONDS");
        assertRefused(
                runToEnd(Main.class, Map.of("LUDO_API_KEY", "k", "LUDO_HOST", "no.such.invalid"), "serve"),
                "LUDO_HOST");
    }

    @Test
    void aBusyPortEndsWithTwoAndOneSentence() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(busy.getLocalPort());
            assertRefused(
                    runToEnd(
                            Main.class, Map.of("LUDO_API_KEY", "k", "LUDO_HOST", "127.0.0.1"), "serve", "--port", port),
                    port);
            assertRefused(runToEnd(DemoMain.class, Map.of(), "--port", port), port);
        }
    }

    private static void assertRefused(Ended ended, String named) {
        assertThat(ended.exitCode(), is(2));
        assertThat(ended.out(), is(""));
        List<String> said =
                ended.err().lines().filter(line -> line.startsWith("ludo: ")).toList();
        assertThat(ended.err(), said.size(), is(1));
        assertThat(said.getFirst(), containsString(named));
        assertThat(ended.err(), not(containsString("\tat ")));
        assertThat(ended.err(), not(containsString("Exception")));
    }

    private Process start(Class<?> program, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LUDO_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Ended runToEnd(Class<?> program, Map<String, String> environment, String... words) throws Exception {
        Process process = start(program, environment, words);
        try (BufferedReader out = process.inputReader()) {
            return ended(process, out);
        }
    }

    private Ended end(Process process, BufferedReader out) throws Exception {
        process.toHandle().destroy(); // SIGTERM, and unlike Process.destroy it leaves the streams open
        return ended(process, out);
    }

    private Ended ended(Process process, BufferedReader out) throws Exception {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("still running after 30 s");
        }
        return new Ended(
                process.exitValue(),
                String.join("\n", out.lines().toList()),
                Files.readString(directory.resolve("err"), StandardCharsets.UTF_8));
    }

    private String readLine(BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) {
            return fail("ended early: " + Files.readString(directory.resolve("err")));
        }
        return line;
    }
}
