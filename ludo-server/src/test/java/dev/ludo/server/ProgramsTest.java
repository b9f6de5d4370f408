package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ludo.server.Program.Ended;
import dev.ludo.server.demo.DemoMain;
import dev.ludo.testkit.FakeLudo;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxy and the demo as programs: what they print, how they end. */
class ProgramsTest {
    @TempDir
    Path directory;

    @Test
    void serveSaysWhereItIsAndEndsWithZeroOnSigterm() throws Exception {
        try (Program program =
                start(Main.class, Map.of("LUDO_API_KEY", "lk_live_canary_123"), "serve", "--port", "0")) {
            String line = program.readLine();
            assertThat(line, matchesPattern("ludo-server ready at http://localhost:\\d+"));
            try (Wire wire = new Wire(URI.create(line.substring(line.indexOf("http"))))) {
                assertThat(wire.get("/health").status(), is(200));
            }
            program.terminate();
            Ended ended = program.ended();
            assertThat(ended.err(), ended.exitCode(), is(0));
            assertThat(ended.out(), is(""));
            assertThat(ended.err(), containsString("drained"));
            assertThat(ended.err(), containsString("\"route\":\"/health\",\"status\":200"));
            assertThat(ended.err(), not(containsString("canary")));
        }
    }

    @Test
    void theSelfCheckAsksAProxyOfItsOwnAndEndsWithZero() throws Exception {
        try (FakeLudo fake = FakeLudo.start()) {
            Map<String, String> settings = Map.of(
                    "LUDO_API_KEY", "lk_live_canary_123",
                    "LUDO_API_BASE_URL", fake.baseUri().toString(),
                    "LUDO_PROXY_TOKENS", "pt_of_somebody",
                    "LUDO_PUBLIC_URL", "https://play.example.com",
                    "LUDO_DATA_DIR", directory.resolve("data").toString());
            Ended ended = runToEnd(Main.class, settings, "self-check");
            assertThat(ended.err(), ended.exitCode(), is(0));
            assertThat(ended.out(), is("ludo-server self-check passed"));
            assertThat(ended.err(), containsString("\"route\":\"/rooms\",\"status\":200"));
            assertThat(fake.journal().entries(), is(List.of()));
            assertThat(Files.exists(directory.resolve("data")), is(false));
        }
    }

    @Test
    void socketsAreToldToGoBeforeTheProcessEndsWithZero() throws Exception {
        try (FakeLudo fake = FakeLudo.builder().start();
                HttpClient http = HttpClient.newHttpClient();
                Program program = start(
                        Main.class,
                        Map.of(
                                "LUDO_API_KEY", fake.apiKey().reveal(),
                                "LUDO_API_BASE_URL", fake.baseUri().toString(),
                                "LUDO_WS_DRAIN_SECONDS", "1"),
                        "serve",
                        "--port",
                        "0")) {
            String line = program.readLine();
            URI socket = URI.create("ws" + line.substring(line.indexOf("http") + 4) + "/ws/game/ROOM2");
            List<CompletableFuture<Integer>> codes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                codes.add(closeCode(http, socket));
            }
            assertThat(fake.awaitSockets(3, Duration.ofSeconds(20)), is(true));
            program.terminate();
            Ended ended = program.ended();
            assertThat(ended.err(), ended.exitCode(), is(0));
            for (CompletableFuture<Integer> code : codes) {
                assertThat(code.get(20, TimeUnit.SECONDS), is(1001));
            }
            assertThat(fake.awaitSockets(0, Duration.ofSeconds(20)), is(true));
            assertThat(ended.err(), containsString("\"by\":\"proxy\",\"code\":1001"));
        }
    }

    private static CompletableFuture<Integer> closeCode(HttpClient http, URI socket) {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        http.newWebSocketBuilder()
                .buildAsync(socket, new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .join();
        return closed;
    }

    @Test
    void theDemoShowsGamesThatMoveOnAndEndsWithZeroOnSigterm() throws Exception {
        try (Program program = start(DemoMain.class, Map.of(), "--port", "0")) {
            String server = program.readLine();
            assertThat(server, matchesPattern("ludo-server ready at http://localhost:\\d+"));
            assertThat(
                    program.readLine(),
                    matchesPattern(
                            "ludo-fake ready at http://localhost:(\\d+)/v1 ws://localhost:\\1/ws key lk_test_demo"));
            String uri = server.substring(server.indexOf("http"));
            assertThat(program.readLine(), is("rooms " + uri + "/rooms"));
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
            program.terminate();
            Ended ended = program.ended();
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
                "serve --prot 1|--prot", "dance|dance", "serve --port 70000|70000",
                "self-check|LUDO_API_KEY is not set", "self-check --port 1|self-check --port 1"
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
            Map<String, String> here = Map.of("LUDO_API_KEY", "k", "LUDO_HOST", "127.0.0.1");
            String sentence = "ludo: cannot listen on 127.0.0.1 port " + port
                    + " (Address already in use); choose another with --port, LUDO_PORT or LUDO_HOST\n";
            assertSaysOnly(sentence, runToEnd(Main.class, here, "serve", "--port", port));
            assertSaysOnly(sentence, runToEnd(Main.class, here, "worker", "--port", port));
            assertSaysOnly(sentence, runToEnd(DemoMain.class, Map.of(), "--port", port));
        }
    }

    @Test
    void aBusyPortForOperatorsIsTheOneThatIsNamed() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(busy.getLocalPort());
            Map<String, String> settings =
                    Map.of("LUDO_API_KEY", "k", "LUDO_HOST", "127.0.0.1", "LUDO_ADMIN_PORT", port);
            String sentence = "ludo: cannot listen on 127.0.0.1 port " + port
                    + " (Address already in use); choose another with LUDO_ADMIN_PORT\n";
            assertSaysOnly(sentence, runToEnd(Main.class, settings, "serve", "--port", "0"));
        }
    }

    private static void assertSaysOnly(String sentence, Ended ended) {
        assertThat(ended.err(), is(sentence));
        assertThat(ended.exitCode(), is(2));
        assertThat(ended.out(), is(""));
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

    private Program start(Class<?> program, Map<String, String> environment, String... words) throws IOException {
        return Program.start(directory, program, environment, words);
    }

    private Ended runToEnd(Class<?> main, Map<String, String> environment, String... words) throws Exception {
        try (Program program = start(main, environment, words)) {
            return program.ended();
        }
    }
}
