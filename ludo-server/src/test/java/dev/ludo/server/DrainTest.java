package dev.ludo.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.json.LudoJson;
import dev.ludo.server.Program.Ended;
import dev.ludo.server.RawCaller.Answer;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.journal.Expected;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy as a process that is told to end while it is called: no call is lost. */
class DrainTest {
    private static final int CLIENTS = 6;
    private static final String BODY = "{\"playerName\":\"Ann\"}";
    private static final String POST_HEAD = "POST /players HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: " + BODY.length() + "\r\n\r\n";

    @TempDir
    Path directory;

    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final CountDownLatch busy = new CountDownLatch(CLIENTS);
    private FakeLudo fake;
    private Program program;
    private int port;

    @BeforeEach
    void start() throws Exception {
        fake = FakeLudo.builder().rateLimit(0).start();
        Map<String, String> environment = Map.of(
                "LUDO_API_KEY",
                fake.apiKey().reveal(),
                "LUDO_API_BASE_URL",
                fake.baseUri().toString(),
                "LUDO_HOST",
                "127.0.0.1",
                "LUDO_RATE_LIMIT",
                "0");
        program = Program.start(directory, Main.class, environment, "serve", "--port", "0");
        String ready = program.readLine();
        port = URI.create(ready.substring(ready.indexOf("http"))).getPort();
    }

    @AfterEach
    void stop() throws Exception {
        program.close();
        fake.close();
    }

    @Test
    void sigtermUnderLoadLosesNoCall() throws Exception {
        fake.faults().add(FaultRule.before(Fault.delay(Duration.ofSeconds(4))).on(FaultMatch.path("/v1/leaderboard")));
        try (RawCaller uploading = new RawCaller(port);
                RawCaller waiting = new RawCaller(port);
                RawCaller idle = new RawCaller(port);
                RawCaller back = new RawCaller(port)) {
            String get = get(registered(idle));
            back.write(get);
            assertThat(back.read().status(), is(200));
            waiting.write(get("/leaderboard"));
            fake.journal().await(Expected.request("GET", "/v1/leaderboard"), Duration.ofSeconds(20));
            uploading.write(POST_HEAD + BODY.substring(0, 5));
            List<Thread> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> Thread.startVirtualThread(() -> callUntilRefused(get, i % 3 > 0)))
                    .toList();
            assertThat("clients call", busy.await(60, TimeUnit.SECONDS), is(true));

            program.terminate();
            assertThat(firstRefusalOfReadiness().body(), containsString("{\"field\":\"draining\","));
            back.write(get);
            assertServedForTheLastTime(back, 200);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(List.copyOf(lost), is(List.of()));
            assertNoMoreConnections();

            uploading.write(BODY.substring(5));
            assertServedForTheLastTime(uploading, 201);
            assertServedForTheLastTime(waiting, 200);
            assertThat(idle.ends(), is(true));
        }
        Ended ended = program.ended();
        assertThat(ended.err(), ended.exitCode(), is(0));
        assertThat(ended.err(), containsString("drained"));
    }

    private static String registered(RawCaller caller) {
        caller.write(POST_HEAD + BODY);
        String body = caller.read().body();
        return "/players/"
                + LudoJson.parseObject(body.getBytes(ISO_8859_1))
                        .getJsonObject("data")
                        .getString("playerId");
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    // As a balancer asks: each time anew.
    private Answer firstRefusalOfReadiness() {
        while (true) {
            try (RawCaller balancer = new RawCaller(port)) {
                balancer.write(get("/health/ready"));
                Answer answer = balancer.read();
                if (answer.status() != 200) {
                    return answer;
                }
            }
        }
    }

    private static void assertServedForTheLastTime(RawCaller caller, int status) {
        Answer answer = caller.read();
        assertThat(answer.body(), answer.status(), is(status));
        assertThat(answer.header("Connection"), is(Optional.of("close")));
        assertThat(caller.ends(), is(true));
    }

    private void assertNoMoreConnections() {
        Throwable refusal = assertThrows(UncheckedIOException.class, () -> new RawCaller(port))
                .getCause();
        assertThat(refusal, instanceOf(ConnectException.class));
    }

    // Reads and writes by turns, on each connection for as long as the proxy keeps it or once.
    private void callUntilRefused(String get, boolean keepsConnections) {
        int calls = 0;
        while (true) {
            int before = calls;
            try (RawCaller caller = new RawCaller(port)) {
                Answer answer;
                do {
                    boolean reads = calls % 2 == 0;
                    caller.write(reads ? get : POST_HEAD + BODY);
                    answer = caller.read();
                    if (answer.status() != (reads ? 200 : 201)) {
                        lost.add(answer.head() + answer.body());
                    }
                    if (++calls == 20) {
                        busy.countDown();
                    }
                } while (keepsConnections && answer.header("Connection").isEmpty());
            } catch (UncheckedIOException e) {
                if (calls > before) {
                    lost.add(e + " after " + (calls - before) + " calls on a connection");
                    return;
                }
                // A connection that the system took but the proxy did not ends like this when no more are taken.
                try {
                    assertNoMoreConnections();
                } catch (AssertionError stillTaken) {
                    lost.add(e + " though connections are still taken");
                }
                return;
            }
        }
    }
}
