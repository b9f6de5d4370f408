package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.StubUpstream.Gate;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import dev.ludo.server.guard.GuardConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/** Has every operation refused and failed in every way, and wants each way exactly where the document has it. */
final class Refusals {
    private static final String SOCKET = "GET /ws/game/{code}";
    private static final String WEBHOOK = "POST /webhooks/ludo"; // known by its signature alone
    private static final String[] TOKENS = {"X-Session-Token", "a-session", "X-Player-Token", "a-seat"};

    private final DocumentedCalls calls;
    private final OpenApiDocument document;

    Refusals(DocumentedCalls calls) {
        this.calls = calls;
        this.document = calls.document();
    }

    void all() throws Exception {
        try (StubUpstream api = new StubUpstream()) {
            ServerConfig config = ProxyTest.config(api.uri());
            withoutAToken(config);
            withoutAPlayersToken(config);
            withBadRequests(config);
            tooMany(config);
            refusedByTheApi(api, config);
            failedByTheApi(api, config);
        }
        inAFullHouse();
    }

    private void withoutAToken(ServerConfig config) {
        try (LudoServer proxy = LudoServer.start(config.withProxyTokens(Secret.of("good")));
                Wire wire = new Wire(proxy.uri())) {
            for (String operation : document.operations()) {
                if (!operation.equals(SOCKET) && !operation.equals(WEBHOOK)) {
                    boolean open = document.security(operation).isEmpty();
                    assertThat(operation, served(wire, operation).status() == 401, is(!open));
                    assertThat(operation, document.has(operation, 401), is(!open));
                }
            }
        }
    }

    private void withoutAPlayersToken(ServerConfig config) {
        try (LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            for (String operation : document.operations()) {
                List<Set<String>> ways = document.security(operation);
                boolean named = !ways.isEmpty() && ways.stream().allMatch(Refusals::asksForSomething);
                if (!operation.equals(SOCKET)) {
                    assertThat(operation, document.has(operation, 403), is(named));
                    if (named) {
                        Answer answer = calls.call(wire, operation, path(operation), body(operation));
                        assertThat(operation, answer.status(), is(403));
                    }
                }
            }
        }
    }

    private static boolean asksForSomething(Set<String> way) {
        return way.contains("proxyToken") || way.contains("sessionToken") || way.contains("playerToken");
    }

    private void withBadRequests(ServerConfig config) {
        try (LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            for (String operation : document.operations()) {
                if (operation.startsWith("POST ") && !operation.equals(WEBHOOK)) {
                    String large = "{\"x\":\"" + "x".repeat(65_536) + "\"}";
                    assertThat(operation, with(wire, operation, "{").status(), is(400));
                    assertThat(operation, with(wire, operation, large).status(), is(413));
                    assertThat(
                            operation,
                            with(wire, operation, "{}", "Content-Type", "text/plain")
                                    .status(),
                            is(415));
                    assertThat(
                            operation,
                            with(wire, operation, body(operation), "Idempotency-Key", "x".repeat(256))
                                    .status(),
                            is(422));
                } else if (document.has(operation, 422)) {
                    Answer answer = calls.call(wire, operation, badPath(operation), "", TOKENS);
                    assertThat(operation, answer.status(), is(422));
                }
                if (operation.contains("{file}")) {
                    assertThat(
                            calls.call(wire, operation, "/docs/nothing.js", "").status(), is(404));
                }
            }
        }
    }

    private Answer with(Wire wire, String operation, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(TOKENS));
        all.addAll(List.of(headers));
        return calls.call(wire, operation, path(operation), body, all.toArray(String[]::new));
    }

    private void tooMany(ServerConfig config) {
        try (LudoServer proxy = LudoServer.start(config.withGuard(
                        GuardConfig.DEFAULT.withTrustCallers(true).withLimits(1, 100)));
                Wire wire = new Wire(proxy.uri())) {
            assertThat(calls.call(wire, "GET /", "/", "").header("X-RateLimit-Limit"), is(Optional.of("1")));
            for (String operation : document.operations()) {
                assertThat(operation, served(wire, operation).status() == 429, is(document.has(operation, 429)));
            }
        }
    }

    // What the API says of a call is passed on, so it is documented in the API's words.
    private void refusedByTheApi(StubUpstream api, ServerConfig config) {
        try (LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            for (String operation : upstream()) {
                for (Map.Entry<Integer, JsonNode> answer :
                        document.answers(operation).entrySet()) {
                    int status = answer.getKey();
                    if (status == 403 || status == 404 || status == 409) {
                        for (String code : document.codes(answer.getValue())) {
                            api.answers(status, "{\"success\":false,\"error\":\"no\",\"code\":\"" + code + "\"}");
                            assertThat(operation + code, served(wire, operation).code(), is(code));
                        }
                    }
                }
            }
        }
    }

    private void failedByTheApi(StubUpstream api, ServerConfig config) {
        try (LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            for (String operation : document.operations()) {
                boolean asks = upstream().contains(operation);
                api.answers(401, "{\"success\":false,\"error\":\"no\",\"code\":\"UNAUTHORIZED\"}");
                assertThat(operation, served(wire, operation).status() == 502, is(asks));
                api.answers(200, "<html>");
                assertThat(operation, served(wire, operation).status() == 502, is(asks));
                api.answers(
                        429, "{\"success\":false,\"error\":\"no\",\"code\":\"RATE_LIMITED\"}", "Retry-After", "3600");
                Answer answer = served(wire, operation);
                assertThat(operation, answer.status() == 503, is(asks));
                if (asks) {
                    assertThat(operation, answer.code(), is("UPSTREAM_UNAVAILABLE"));
                }
            }
            api.answers(500, "");
            for (int tries = 0; served(wire, "POST /rooms").status() != 503; tries++) {
                assertThat("an API that fails is left alone", tries, lessThan(1_000));
            }
            assertThat(served(wire, "GET /health/ready").status(), is(503));
        }
    }

    private void inAFullHouse() throws Exception {
        try (StubUpstream api = new StubUpstream();
                LudoServer proxy =
                        LudoServer.start(ProxyTest.config(api.uri()).withGuard(GuardConfig.DEFAULT.withLimits(0, 1)));
                Wire wire = new Wire(proxy.uri());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Gate gate = api.holds();
            Future<Answer> first = threads.submit(() -> wire.get("/rooms"));
            gate.awaitCall();
            for (String operation : document.operations()) {
                boolean counted = document.has(operation, 503) && !operation.equals("GET /health/ready");
                assertThat(operation, served(wire, operation).status() == 503, is(counted));
            }
            gate.open();
            first.get();
        }
    }

    /** Waits for an API that does not answer, as long as the proxy does. */
    void late() throws Exception {
        try (StubUpstream api = new StubUpstream();
                LudoServer proxy = LudoServer.start(ProxyTest.config(api.uri()));
                Wire wire = new Wire(proxy.uri());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Gate gate = api.holds();
            List<Future<Answer>> answers = new ArrayList<>();
            for (String operation : upstream()) {
                answers.add(threads.submit(() -> served(wire, operation)));
            }
            SocketAnswers sockets = new SocketAnswers(calls);
            Future<?> socket = threads.submit(() -> sockets.late(proxy.port()));
            try {
                for (Future<Answer> answer : answers) {
                    assertThat(answer.get().status(), is(504));
                }
                socket.get();
            } finally {
                gate.open();
            }
        }
    }

    // The operations that ask the API, but for the socket, which is opened otherwise.
    private List<String> upstream() {
        return document.operations().stream()
                .filter(operation -> !operation.equals(SOCKET) && document.has(operation, 502))
                .toList();
    }

    private Answer served(Wire wire, String operation) {
        return calls.call(wire, operation, path(operation), body(operation), TOKENS);
    }

    private static String path(String operation) {
        return operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{code}", "K7Q2MX")
                .replace("{file}", "docs.js")
                .replaceAll("\\{[a-zA-Z]+}", "some-id");
    }

    private static String badPath(String operation) {
        String template = operation.substring(operation.indexOf(' ') + 1);
        String bad = template.replace("{code}", "x").replaceAll("\\{[a-zA-Z]+}", "%20");
        return bad.equals(template) ? template + "?limit=0&status=odd" : bad;
    }

    private String body(String operation) {
        JsonNode content = document.resolve(document.operation(operation).path("requestBody"))
                .path("content")
                .path("application/json");
        for (JsonNode example : content.path("examples")) {
            return document.resolve(example).path("value").toString();
        }
        return "";
    }
}
