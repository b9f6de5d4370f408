package dev.ludo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Program.Ended;
import dev.ludo.server.inbox.FileInbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker as a program: what it prints, what it is asked, how it ends. */
class WorkerProgramTest {
    private static final Secret SECRET = WebhookSigner.newSecret(new Random(5));
    private static final String ENDED = """
            {"type":"game.ended","timestamp":"2026-11-23T10:21:07Z","data":{"gameId":"gam_1","roomCode":"K7Q2MX",
            "gameMode":"ranked","status":"ended","players":[{"playerId":"plr_1","playerName":"Ann","color":"red"}],
            "ranking":["plr_1"]}}""";

    @TempDir
    Path directory;

    private final AtomicInteger status = new AtomicInteger(410);
    private HttpServer target;

    @BeforeEach
    void startTarget() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status.get(), -1);
            }
        });
        target.start();
    }

    @AfterEach
    void stopTarget() {
        target.stop(0);
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "LUDO_DATA_DIR",
                directory.resolve("data").toString(),
                "LUDO_HOST",
                "127.0.0.1",
                "LUDO_FORWARD_URLS",
                "http://127.0.0.1:" + target.getAddress().getPort() + "/hooks",
                "LUDO_FORWARD_SECRET",
                SECRET.reveal()));
    }

    private Ended run(String... words) throws Exception {
        try (Program program = Program.start(directory, Main.class, environment(), words)) {
            return program.ended();
        }
    }

    // What the command does, in this process, which is not the worker's.
    private List<String> ask(String... words) {
        return ask(environment(), words);
    }

    private List<String> ask(Map<String, String> environment, String... words) {
        return WorkerCommands.run(List.of(words), ServerSettings.load(environment, directory, warning -> {}));
    }

    private static String metric(Wire wire, String name) {
        return wire.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElse("none");
    }

    @Test
    void itWorksIsAskedThingsAndEndsWithZero() throws Exception {
        try (FileInbox inbox =
                FileInbox.open(directory.resolve("data"), Duration.ofDays(7), () -> 0L, Clock.systemUTC())) {
            inbox.accept("msg_1", ENDED.getBytes(UTF_8));
        }
        Map<String, String> environment = environment();
        environment.put("LUDO_ROLE", "worker");
        try (Program program = Program.start(directory, Main.class, environment, "serve", "--port", "0")) {
            String line = program.readLine();
            assertThat(line, matchesPattern("ludo-worker ready at http://localhost:\\d+"));
            try (Wire wire = new Wire(URI.create(line.substring(line.indexOf("http"))))) {
                Await.until(
                        "it is given up",
                        () -> metric(wire, "ludo_dead_letters").equals("ludo_dead_letters 1.0"));
                assertThat(wire.get("/health/ready").status(), is(200));
                assertThat(metric(wire, "ludo_forward_attempts_total"), matchesPattern(".*outcome=\"410\".* 1\\.0"));
                assertThat(wire.get("/health/details").text(), containsString("\"deadLetters\":1"));
                assertThat(wire.get("/rooms").status(), is(404));

                assertThat(
                        String.join("\n", ask("dead-letters")),
                        matchesPattern("msg_1\t127\\.0\\.0\\.1-[0-9a-f]{8}\t20.*Z\t1\tHTTP 410"));

                Ended unknown = run("worker", "replay", "msg_2");
                assertThat(unknown.err(), is("ludo: there is no dead letter msg_2 for a target that is configured\n"));
                assertThat(unknown.exitCode(), is(1));
                assertThat(unknown.out(), is(""));

                status.set(204);
                Ended replay = run("worker", "replay", "msg_1");
                assertThat(replay.out(), matchesPattern("replays msg_1 for 127\\.0\\.0\\.1-[0-9a-f]{8}"));
                Await.until(
                        "it is taken", () -> metric(wire, "ludo_dead_letters").equals("ludo_dead_letters 0.0"));
                assertThat(ask("dead-letters"), is(List.of()));
            }
            program.terminate();
            Ended ended = program.ended();
            assertThat(ended.err(), ended.exitCode(), is(0));
            assertThat(ended.out(), is(""));
        }
        assertThat(
                "now without a worker",
                ask("forget-player", "plr_1"),
                is(List.of(
                        "took the player out of 1 games and deleted 0 dead letters; the proxy that runs, or the next one,"
                                + " takes the player out of the inbox once all targets have what is there")));
    }

    @Test
    void whatCannotBeAskedEndsWithTwoAndOneSentence() throws Exception {
        Ended ended = run("worker", "burn");
        assertThat(ended.err(), ended.exitCode(), is(2));
        assertThat(ended.err(), matchesPattern("ludo: worker takes [^\n]*, was \"burn\"\n"));
        assertThat(ended.out(), is(""));
        Map.of(
                        "replay", "worker replay needs the id of a dead letter",
                        "replay a b", "worker replay needs the id of a dead letter, and no more;",
                        "forget-player", "worker forget-player needs the id of a player,",
                        "forget-player plr_1 plr_2", "worker forget-player needs the id of a player,",
                        "dead-letters all", "worker dead-letters takes no argument",
                        "unsubscribe now", "worker unsubscribe takes no argument")
                .forEach((words, sentence) -> assertThat(
                        assertThrows(BadSettingException.class, () -> ask(words.split(" ")))
                                .getMessage(),
                        startsWith(sentence)));
    }

    @Test
    void itTellsWhatItCanBeAsked() throws Exception {
        Ended help = run("worker", "--help");
        assertThat(help.err(), help.exitCode(), is(0));
        Ended unknown = run("worker", "--burn");
        assertThat(unknown.exitCode(), is(2));
        for (String command : List.of("--port", "dead-letters", "replay <id>", "forget-player <id>", "unsubscribe")) {
            assertThat(help.out(), containsString("worker " + command.replace("--port", "[--port")));
            assertThat(unknown.err(), containsString(command));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead-letters", "replay msg_1", "forget-player plr_1", "unsubscribe"})
    void aFolderInWhichNothingWasKeptIsNamedAndNotMade(String command) throws IOException {
        Map<String, String> environment = environment();
        environment.put("LUDO_API_KEY", "lk_test_demo");
        Path other = Files.createDirectory(directory.resolve("other"));
        for (Path wrong : List.of(directory.resolve("data"), other, directory.resolve("no/such/folder"))) {
            environment.put(
                    "LUDO_DATA_DIR",
                    wrong.resolveSibling("./" + wrong.getFileName()).toString());
            BadSettingException refused =
                    assertThrows(BadSettingException.class, () -> ask(environment, command.split(" ")));
            assertThat(
                    refused.getMessage(),
                    startsWith("LUDO_DATA_DIR names " + wrong + ", where no proxy has kept anything;"));
        }
        try (Stream<Path> left = Files.list(other)) {
            assertThat(left.toList(), is(List.of()));
        }
        assertThat(Files.exists(directory.resolve("data")), is(false));
        assertThat(Files.exists(directory.resolve("no")), is(false));
    }
}
