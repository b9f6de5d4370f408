package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Secrets;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.Wire;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.Origins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay between a browser and an API that are both not ours. */
@Timeout(60)
class RelayTest {
    private static final String KEY = Secrets.API_KEY.reveal();
    private static final String JOIN =
            "{ \"type\" : \"room:join\", \"roomCode\":\"room1\",\"playerToken\":\"\\u0074\" }";

    private RawUpstream api;
    private HttpClient http;
    private ServerConfig config;

    @BeforeEach
    void start() throws IOException {
        api = new RawUpstream();
        http = HttpClient.newHttpClient();
        config = ProxyTest.config(URI.create("http://127.0.0.1:1/v1"))
                .withSockets(SocketConfig.of(api.uri()).withResumes(false));
    }

    @AfterEach
    void stop() throws IOException {
        http.shutdownNow();
        api.close();
    }

    private static URI socket(LudoServer proxy, String code) {
        return URI.create("ws://localhost:" + proxy.port() + "/ws/game/" + code);
    }

    @Test
    void messagesPassAsTheyAreBothWaysAndInOrder() throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
            Browser browser = Browser.open(http, socket(proxy, "room1"), "X-Request-Id", "req-7", "traceparent", trace);
            RawUpstream.Connection upstream = api.next();
            assertThat(upstream.head, startsWith("GET /ws HTTP/1.1\r\n"));
            assertThat(upstream.head, containsString("Authorization: Bearer " + KEY));
            assertThat(upstream.head, containsString("X-Request-Id: req-7"));
            assertThat(upstream.head, containsString("traceparent: " + trace));
            browser.send(JOIN);
            assertThat(upstream.next(), is(JOIN));
            String odd = "{\"type\" :\"ping\",\"x\":1.0, \"é\":\"🎲\" ,\"i\": ";
            for (int i = 0; i < 50; i++) {
                browser.send(odd + i + " }");
                upstream.leg.send((odd + -i).getBytes(UTF_8));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(upstream.next(), is(odd + i + " }"));
                assertThat(browser.next(), is(odd + -i));
            }
            browser.close(1000, "bye");
            assertThat(upstream.end().code(), is(1000));
            assertThat(upstream.end().reason(), is("bye"));
            awaitNone(proxy);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, done", "1001, restart", "4404, no such room", "4409, replaced", "1011, ''", "3456, own"})
    void theApisCloseReachesTheClient(int code, String reason) throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            api.next().leg.close(code, reason);
            assertThat(browser.end(), is(code + " " + reason));
            awaitNone(proxy);
        }
    }

    @Test
    void aCloseWithoutACodeStaysOne() throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            api.next().leg.close(1005, "");
            assertThat(browser.end(), is("1005 "));
        }
    }

    @Test
    void theApisCloseReachesTheClientAlsoWhenTheApiDoesNotHangUp() throws Exception {
        try (RawUpstream deaf = RawUpstream.unattended();
                LudoServer proxy =
                        LudoServer.start(config.withSockets(config.sockets().to(deaf.uri())))) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            RawUpstream.Connection upstream = deaf.next();
            upstream.leg.close(4404, "no such room");
            assertThat(browser.end(), is("4404 no such room"));
            upstream.socket.close(); // or the proxy would wait for that when it stops
        }
    }

    @Test
    void theApiIsToldWhatAClientDidAlsoWhenTheClientDoesNotHangUp() throws Exception {
        try (LudoServer proxy = LudoServer.start(config);
                Socket client = ByHand.connect(proxy.port(), "room1")) {
            byte[] binary = {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 7};
            client.getOutputStream().write(binary);
            LegEnd end = api.next().end();
            assertThat(end.code(), is(1003));
            assertThat(end.reason(), is("only text is taken here"));
        }
    }

    @Test
    void whoeverVanishesTheOtherSideIsTold() throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            Browser first = Browser.open(http, socket(proxy, "room1"));
            Socket upstream = api.next().socket;
            upstream.setSoLinger(true, 0);
            upstream.close();
            assertThat(first.end(), startsWith("1013 "));

            Browser second = Browser.open(http, socket(proxy, "room1"));
            api.next().socket.close();
            assertThat(second.end(), startsWith("1013 "));

            Browser third = Browser.open(http, socket(proxy, "room1"));
            RawUpstream.Connection left = api.next();
            third.vanish();
            assertThat(left.end().code(), is(1001));
            awaitNone(proxy);
        }
    }

    @Test
    void aRoomThatIsNotNamedIsFilledInAndAnotherIsRefused() throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            RawUpstream.Connection upstream = api.next();
            browser.send("{\"type\":\"room:join\"}");
            assertThat(upstream.next(), is("{\"type\":\"room:join\",\"roomCode\":\"ROOM1\"}"));
            browser.send("{\"type\":\"room:join\",\"room\\u0043ode\":\"ROOM2\",\"playerToken\":\"t\"}");
            assertThat(browser.end(), startsWith("4403 "));
            assertThat(upstream.end().code(), is(4403));
            assertThat(upstream.received.isEmpty(), is(true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json at all",
                "{\"type\":\"ping\",\"type\":\"room:watch\",\"roomCode\":\"ROOM2\"}",
                "{\"type\":\"room:watch\",\"roomCode\":\"ROOM2\"} {}"
            })
    void aMessageInWhichSomebodyElseMightReadAnotherRoomDoesNotPass(String message) throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            RawUpstream.Connection upstream = api.next();
            browser.send(JOIN);
            assertThat(upstream.next(), is(JOIN));
            browser.send(message);
            assertThat(browser.end(), startsWith("4400 "));
            assertThat(upstream.end().code(), is(4400));
            assertThat(upstream.received.isEmpty(), is(true));
        }
    }

    @Test
    void aJoinWithoutRoomForItsRoomCodeIsTooBig() throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            String join = "{\"type\":\"room:join\",\"x\":\"\"}";
            browser.send(join.replace("\"\"", '"' + "x".repeat(64 * 1024 - join.length()) + '"'));
            assertThat(browser.end(), startsWith("1009 "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {"{\"type\":\"game:roll\"}", "nonsense", "[]", "{\"type\":5}"},
            delimiter = '|')
    void theFirstMessageJoinsOrWatches(String message) throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            RawUpstream.Connection upstream = api.next();
            browser.send(message);
            assertThat(browser.end(), startsWith("4400 "));
            assertThat(upstream.received.isEmpty(), is(true));
        }
    }

    @Test
    void tooManyMessagesEndTheSocket() throws Exception {
        try (LudoServer proxy =
                LudoServer.start(config.withSockets(config.sockets().withMessageLimit(3)))) {
            Browser browser = Browser.open(http, socket(proxy, "room1"));
            browser.send(JOIN);
            for (int i = 0; i < 3; i++) {
                browser.send("{}");
            }
            assertThat(browser.end(), startsWith("4429 "));
        }
    }

    @Test
    void theLimitsOfSocketsAreHeld() throws Exception {
        try (LudoServer proxy =
                LudoServer.start(config.withSockets(config.sockets().withLimits(1, 2)))) {
            Browser first = Browser.open(http, socket(proxy, "room1"));
            String second = handshake(proxy, "room1", "");
            assertThat(second, startsWith("HTTP/1.1 429 "));
            assertThat(second, containsString("\"code\":\"RATE_LIMITED\""));
            assertThat(second, containsString("Retry-After: "));
            first.close(1000, "");
            awaitNone(proxy);
            Browser.open(http, socket(proxy, "room1"));
        }
        try (LudoServer proxy =
                LudoServer.start(config.withSockets(config.sockets().withLimits(9, 1)))) {
            Browser.open(http, socket(proxy, "room1"));
            assertThat(handshake(proxy, "room1", ""), startsWith("HTTP/1.1 503 "));
        }
    }

    @Test
    void aSocketIsACallAndSoIsAWrongToken() throws Exception {
        GuardConfig guard = GuardConfig.DEFAULT.withLimits(2, 10);
        try (LudoServer proxy = LudoServer.start(config.withGuard(guard))) {
            Browser.open(http, socket(proxy, "room1"));
            Browser.open(http, socket(proxy, "room1"));
            String third = handshake(proxy, "room1", "");
            assertThat(third, startsWith("HTTP/1.1 429 "));
            assertThat(third, containsString("Retry-After: "));
        }
        Secret token = Secret.of("a-long-token-of-ours");
        try (LudoServer proxy = LudoServer.start(config.withGuard(guard.withProxyTokens(List.of(token))))) {
            for (int status : List.of(401, 401, 429)) {
                assertThat(handshake(proxy, "room1", "Authorization: Bearer wrong"), startsWith("HTTP/1.1 " + status));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "AB|''|404|ROOM_NOT_FOUND",
                "AB-CD|''|404|ROOM_NOT_FOUND",
                "room1|Origin: https://evil.example|403|FORBIDDEN",
                "room1|Origin: null|403|FORBIDDEN",
                "room1|Sec-WebSocket-Version: 8|400|MALFORMED_REQUEST",
                "room1|Sec-WebSocket-Key: short|400|MALFORMED_REQUEST",
                "room1|Connection: close|426|UPGRADE_REQUIRED"
            },
            delimiter = '|')
    void whatIsRefusedIsPlainHttp(String code, String header, int status, String word) throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            String answer = handshake(proxy, code, header == null ? "" : header);
            assertThat(answer, startsWith("HTTP/1.1 " + status + ' '));
            assertThat(answer, containsString("\"code\":\"" + word + '"'));
            assertThat(answer, containsString("\r\nX-Request-Id: "));
            assertThat(proxy.openSockets(), is(0));
        }
    }

    @Test
    void whoTriesTooManyRoomsThatDoNotExistIsRefused() throws Exception {
        try (LudoServer proxy = LudoServer.start(config)) {
            for (int room = 0; room < 30; room++) {
                Browser browser = Browser.open(http, socket(proxy, "room1"));
                api.next().leg.close(4404, "no such room");
                assertThat(browser.end(), startsWith("4404 "));
            }
            awaitNone(proxy);
            String answer = handshake(proxy, "room1", "");
            assertThat(answer, startsWith("HTTP/1.1 429 "));
            assertThat(answer, containsString("Retry-After: "));
        }
    }

    @Test
    void knownOriginsAndTheProxysOwnMayConnect() throws Exception {
        Origins origins = Origins.parse("https://play.example.com, http://localhost:3000");
        try (LudoServer proxy =
                LudoServer.start(config.withSockets(config.sockets().withOrigins(origins)))) {
            for (String origin : new String[] {"https://play.example.com", "http://localhost:3000", "http://a"}) {
                assertThat(origin, handshake(proxy, "room1", "Origin: " + origin), startsWith("HTTP/1.1 101 "));
            }
            assertThat(handshake(proxy, "room1", "Origin: http://localhost:3001"), startsWith("HTTP/1.1 403 "));
        }
    }

    @Test
    void aBrowserShowsItsTokenAsASubProtocol() throws Exception {
        try (LudoServer proxy = LudoServer.start(config.withProxyTokens(Secret.of("right")))) {
            assertThat(handshake(proxy, "room1", ""), startsWith("HTTP/1.1 401 "));
            assertThat(handshake(proxy, "room1?token=right", ""), not(startsWith("HTTP/1.1 101 ")));
            String wrong = Base64.getUrlEncoder().withoutPadding().encodeToString("wrong".getBytes(UTF_8));
            assertThat(
                    handshake(proxy, "room1", "Sec-WebSocket-Protocol: ludo.v1, bearer." + wrong),
                    startsWith("HTTP/1.1 401 "));
            String right = Base64.getUrlEncoder().withoutPadding().encodeToString("right".getBytes(UTF_8));
            Browser browser = Browser.open(http, socket(proxy, "room1"), "protocols", "ludo.v1,bearer." + right);
            assertThat(browser.protocol(), is("ludo.v1"));
            assertThat(api.next().head, not(containsString("bearer.")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, UPSTREAM_AUTH",
        "403, UPSTREAM_AUTH",
        "404, UPSTREAM_ERROR",
        "500, UPSTREAM_ERROR",
        "200, UPSTREAM_ERROR"
    })
    void anApiThatDoesNotUpgradeIsABadGateway(int status, String code) throws Exception {
        api.answers("HTTP/1.1 " + status + " Odd\r\nContent-Length: 2\r\n\r\n{}");
        try (LudoServer proxy = LudoServer.start(config)) {
            String answer = handshake(proxy, "room1", "");
            assertThat(answer, startsWith("HTTP/1.1 502 "));
            assertThat(answer, containsString("\"code\":\"" + code + '"'));
            assertThat(answer, not(containsString("canary")));
            assertThat(proxy.openSockets(), is(0));
        }
    }

    @Test
    void anApiThatIsGoneIsABadGateway() throws Exception {
        api.close();
        try (LudoServer proxy = LudoServer.start(config)) {
            assertThat(handshake(proxy, "room1", ""), startsWith("HTTP/1.1 502 "));
        }
    }

    @Test
    void whatIsNoUpgradeIsToldSo() {
        try (LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            assertThat(wire.get("/ws/game/room1").status(), is(426));
            assertThat(wire.get("/ws/game/room1").code(), is("UPGRADE_REQUIRED"));
        }
    }

    @Test
    void aStopTellsEverySocketToComeBack() throws Exception {
        LudoServer proxy = LudoServer.start(config);
        Browser browser = Browser.open(http, socket(proxy, "room1"));
        RawUpstream.Connection upstream = api.next();
        proxy.close();
        assertThat(browser.end(), startsWith("1001 "));
        assertThat(upstream.end().code(), is(1001));
    }

    private static void awaitNone(LudoServer proxy) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (proxy.openSockets() > 0) {
            if (System.nanoTime() > deadline) {
                fail(proxy.openSockets() + " sockets are still open");
            }
            Thread.onSpinWait();
        }
    }

    /** A handshake by hand; a header that is given replaces the one that belongs there. */
    private static String handshake(LudoServer proxy, String code, String header) throws IOException {
        String name = header.isEmpty() ? "-" : header.substring(0, header.indexOf(':') + 1);
        StringBuilder request = new StringBuilder("GET /ws/game/" + code + " HTTP/1.1\r\n");
        for (String line : new String[] {
            "Host: a",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        }) {
            request.append(line.startsWith(name) ? header : line).append("\r\n");
        }
        if (request.indexOf(header) < 0) {
            request.append(header).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            int c = socket.getInputStream().read();
            while (c >= 0) {
                answer.append((char) c);
                boolean headOnly = answer.indexOf("HTTP/1.1 101") == 0 && answer.indexOf("\r\n\r\n") > 0;
                c = headOnly ? -1 : socket.getInputStream().read();
            }
            return answer.toString();
        }
    }
}
