package dev.ludo.server.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.Timeouts;
import dev.ludo.client.resilience.BulkheadConfig;
import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.json.LudoJson;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.RawCaller.Answer;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.UpstreamConfig;
import dev.ludo.testkit.fault.FaultProxy;
import dev.ludo.testkit.fault.LineFault;
import dev.ludo.testkit.fault.LineFault.Toward;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of the API: on every route the caller is told so in time, by the contract's table, and may go on. */
class UpstreamFaultsTest extends ProxyTest {
    // A short run tries each eighth route.
    private static final int EACH = Boolean.getBoolean("ludo.soak") ? 1 : 8;

    // So long that it is not in the way of what fails at once, and so short that the test is.
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    private static final String FORBIDDEN = "403";
    private static final String LARGE = "{\"success\":true,\"data\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}";
    private static final String GOOD = "{\"success\":true,\"data\":\"" + "x".repeat(5000) + "\"}";

    record Call(String method, String path, String body, String token) {
        static Call get(String path) {
            return new Call("GET", path, "", "");
        }

        static Call post(String path, String body, String token) {
            return new Call("POST", path, body, token);
        }

        String text() {
            return method + ' ' + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length() + "\r\n" + (token.isEmpty() ? "" : token + ": canary-token\r\n") + "\r\n" + body;
        }
    }

    private static final List<Call> ROUTES = List.of(
            Call.post("/players", "{\"playerName\":\"Ann\"}", ""),
            new Call("GET", "/players/me", "", "X-Session-Token"),
            Call.get("/players/p1"),
            Call.get("/players/p1/games"),
            Call.get("/leaderboard"),
            Call.get("/rooms"),
            Call.post("/rooms", "{}", ""),
            Call.get("/rooms/ROOM1"),
            Call.post("/rooms/ROOM1/join", "{\"playerId\":\"p1\"}", "X-Session-Token"),
            Call.post("/rooms/ROOM1/leave", "", "X-Player-Token"),
            Call.post("/rooms/ROOM1/start", "", ""),
            Call.post(
                    "/games/move", "{\"gameId\":\"g1\",\"pieceId\":\"red-0\",\"targetPosition\":1}", "X-Player-Token"),
            Call.post("/games/g1/move", "{\"pieceId\":\"red-0\",\"targetPosition\":1}", "X-Player-Token"),
            Call.post("/games/g1/roll", "", "X-Player-Token"),
            Call.get("/games/g1/state"),
            Call.get("/games/g1/moves"));

    /** What becomes of the API, and what callers are told then. */
    record Trouble(String what, int status, String code, BiConsumer<StubUpstream, FaultProxy> begin) {
        @Override
        public String toString() {
            return what;
        }

        /** A tenth of the routes, or nearly so, other ones for each trouble; all of them in a long run. */
        List<Call> routes() {
            int first = Math.floorMod(what.hashCode(), EACH);
            return IntStream.range(0, ROUTES.size())
                    .filter(i -> i % EACH == first % EACH)
                    .mapToObj(ROUTES::get)
                    .toList();
        }
    }

    private static Trouble failing(String what, BiConsumer<StubUpstream, FaultProxy> begin) {
        return new Trouble(what, 502, "UPSTREAM_ERROR", begin);
    }

    private static Trouble answering(String what, int status, String body, String... headers) {
        return failing(what, (api, line) -> api.answers(status, body, headers));
    }

    private static Trouble broken(String what, LineFault fault) {
        return failing(what, (api, line) -> line.onAll(fault));
    }

    private static Trouble silent(String what, LineFault fault) {
        return new Trouble(what, 504, "UPSTREAM_TIMEOUT", (api, line) -> line.onAll(fault));
    }

    static List<Trouble> troubles() {
        return List.of(
                answering("500", 500, "{\"code\":\"INTERNAL\",\"error\":\"canary\"}"),
                answering("503 without a word", 503, ""),
                answering("503 for long", 503, "", "Retry-After", "3600"),
                answering("504 of a balancer", 504, "<html>canary</html>"),
                new Trouble(
                        "429 for long",
                        503,
                        "UPSTREAM_UNAVAILABLE",
                        (api, line) -> api.answers(429, "", "Retry-After", "3600")),
                new Trouble(
                        "401",
                        502,
                        "UPSTREAM_AUTH",
                        (api, line) -> api.answers(401, "{\"code\":\"UNAUTHORIZED\",\"error\":\"canary\"}")),
                new Trouble(
                        FORBIDDEN,
                        502,
                        "UPSTREAM_AUTH",
                        (api, line) -> api.answers(403, "{\"code\":\"FORBIDDEN\",\"error\":\"No.\"}")),
                answering("302", 302, "", "Location", "http://127.0.0.1:1/"),
                answering("404 without a code", 404, "<html>canary</html>"),
                answering("half an answer", 200, "{\"success\":tru"),
                answering("a page", 200, "<html>canary</html>", "Content-Type", "text/html"),
                answering("nothing", 200, ""),
                answering("another envelope", 200, "{\"canary\":1}"),
                answering("too much", 200, LARGE),
                failing("nobody there", (api, line) -> line.refuse()),
                broken("a reset at once", LineFault.resetAfter(0)),
                broken("a reset in the middle", LineFault.resetAfter(1000)),
                broken("an end at once", LineFault.finishAfter(0)),
                broken("an end in the middle", LineFault.finishAfter(1000)),
                silent("a stall at once", LineFault.stallAfter(0)),
                silent("a stall in the middle", LineFault.stallAfter(1000)),
                silent("not heard", LineFault.blackHole(Toward.SERVER)),
                silent("not hearing", LineFault.blackHole(Toward.CLIENT)),
                silent("a trickle", LineFault.bandwidth(100)));
    }

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private FaultProxy line;

    @BeforeEach
    void openLine() {
        line = FaultProxy.to(api.uri());
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    private static UpstreamConfig asking(Duration deadline) {
        return new UpstreamConfig(
                new Timeouts(deadline, deadline, deadline, deadline),
                new RetryConfig(3, Duration.ofMillis(1), Duration.ofMillis(10), 500, 5),
                CircuitBreakerConfig.never(),
                new BulkheadConfig(100, 100, deadline));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void everyRouteTellsItByTheTableAndInTime(Trouble trouble) throws Exception {
        restart(usual ->
                config(line.through(api.uri())).withUpstream(asking(trouble.status == 504 ? IMPATIENT : PATIENT)));
        api.answers(200, GOOD);
        trouble.begin.accept(api, line);
        // At the same time, so that waiting for a deadline is waited for once.
        List<Thread> callers = trouble.routes().stream()
                .map(call -> Thread.startVirtualThread(() -> {
                    boolean passes =
                            trouble.what().equals(FORBIDDEN) && !call.token().isEmpty();
                    check(call, passes ? 403 : trouble.status, passes ? "FORBIDDEN" : trouble.code);
                }))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(List.copyOf(wrong), is(List.of()));
    }

    @Test
    void everyRouteSaysWhenTheApiIsLeftAlone() {
        UpstreamConfig usual = asking(PATIENT);
        CircuitBreakerConfig atOnce =
                new CircuitBreakerConfig(0.1, 1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 1);
        restart(config ->
                config.withUpstream(new UpstreamConfig(usual.timeouts(), RetryConfig.NONE, atOnce, usual.bulkhead())));
        api.answers(500, "");
        assertThat(wire.get("/players/p1").status(), is(502));
        ROUTES.forEach(call -> check(call, 503, "UPSTREAM_UNAVAILABLE"));
        assertThat(List.copyOf(wrong), is(List.of()));
        assertThat(api.asked().size(), is(1));
    }

    @Test
    void everyRouteSaysWhenTooManyCallsAreUnderWay() throws Exception {
        UpstreamConfig usual = asking(PATIENT);
        restart(config -> config.withUpstream(new UpstreamConfig(
                usual.timeouts(), usual.retry(), usual.circuitBreaker(), new BulkheadConfig(1, 1, Duration.ZERO))));
        StubUpstream.Gate gate = api.holds();
        Thread calling = Thread.startVirtualThread(() -> wire.get("/players/p2"));
        gate.awaitCall();
        ROUTES.forEach(call -> check(call, 503, "UPSTREAM_UNAVAILABLE"));
        gate.open();
        calling.join();
        assertThat(List.copyOf(wrong), is(List.of()));
        assertThat(api.asked().size(), is(1));
    }

    private void check(Call call, int status, String code) {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write(call.text());
            Answer answer = caller.read();
            JsonObject said = LudoJson.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
            boolean good = answer.status() == status
                    && said.getString("code").equals(code)
                    && !said.getBoolean("success")
                    && said.isNull("data")
                    && !said.getString("error").isEmpty()
                    && answer.header("X-Request-Id").orElseThrow().equals(said.getString("requestId"))
                    && answer.header("Retry-After").isPresent() == (status == 503);
            caller.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
            if (!good || caller.read().status() != 200) {
                wrong.add(call + ": " + answer);
            }
        } catch (RuntimeException e) {
            wrong.add(call + ": " + e);
        }
    }
}
