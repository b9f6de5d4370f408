package dev.ludo.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered before the API is asked. */
class FrontDoorTest {
    private StubUpstream api;
    private LudoServer proxy;
    private Wire wire;

    @BeforeEach
    void start() throws IOException {
        api = new StubUpstream();
        proxy = LudoServer.start(ServerConfig.of(api.uri(), Secret.of("lk_test_demo")));
        wire = new Wire(proxy.uri());
    }

    @AfterEach
    void stop() {
        wire.close();
        proxy.close();
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "POST|/rooms|{|400|MALFORMED_REQUEST",
                "POST|/rooms|[]|400|MALFORMED_REQUEST",
                "POST|/rooms|{\"zzz\":{|400|MALFORMED_REQUEST",
                "POST|/rooms|{\"a\":1,\"a\":2}|400|MALFORMED_REQUEST",
                "POST|/rooms|{\"maxPlayers\":9}|422|VALIDATION_FAILED",
                "POST|/rooms|{\"maxPlayers\":\"4\"}|422|VALIDATION_FAILED",
                "POST|/rooms/AB/start|''|422|VALIDATION_FAILED",
                "GET|/rooms/AB-CD|''|422|VALIDATION_FAILED",
                "GET|/rooms?status=odd|''|422|VALIDATION_FAILED",
                "POST|/players|''|422|VALIDATION_FAILED",
                "GET|/nope|''|404|NOT_FOUND",
                "GET|/rooms/|''|404|NOT_FOUND",
                "GET|/games/g1|''|404|NOT_FOUND",
                "GET|/players/me|''|403|FORBIDDEN",
                "POST|/rooms/ROOM1/join|{\"playerId\":\"p\"}|403|FORBIDDEN",
                "POST|/rooms/ROOM1/leave|''|403|FORBIDDEN",
                "POST|/games/g1/roll|''|403|FORBIDDEN",
                "POST|/games/g1/move|{}|403|FORBIDDEN",
                "POST|/games/move|{}|403|FORBIDDEN"
            },
            delimiter = '|')
    void whatFailsHereNeverReachesTheApi(String method, String path, String body, int status, String code) {
        Answer answer = wire.call(method, path, body == null ? "" : body);
        assertThat(answer.status(), is(status));
        assertThat(answer.code(), is(code));
        assertThat(answer.json().getBoolean("success"), is(false));
        assertThat(answer.json().isNull("data"), is(true));
        assertThat(answer.header("Content-Type"), is(Optional.of("application/json")));
        assertThat(
                answer.json().getString("requestId"),
                is(answer.header("X-Request-Id").orElseThrow()));
        assertThat(api.asked(), is(List.of()));
    }

    @Test
    void everyWrongFieldIsNamedInTheCallersSpelling() {
        Answer answer = wire.post(
                "/games/move",
                "{\"game_id\":7,\"pieceId\":\"pink-0\",\"target_position\":58}",
                "X-Player-Token",
                "player-token");
        assertThat(
                answer.json().getJsonArray("details").getValuesAs(JsonObject.class).stream()
                        .map(detail -> detail.getString("field"))
                        .toList(),
                is(List.of("game_id", "pieceId", "target_position")));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /rooms, 'GET, HEAD, POST'",
        "GET, /games/move, POST",
        "PUT, /players/me, 'GET, HEAD'",
        "POST, /health, 'GET, HEAD'",
        "PATCH, /rooms/ROOM1, 'GET, HEAD'"
    })
    void aWrongMethodIsToldTheRightOnes(String method, String path, String allow) {
        Answer answer = wire.call(method, path, "");
        assertThat(answer.status(), is(405));
        assertThat(answer.code(), is("METHOD_NOT_ALLOWED"));
        assertThat(answer.header("Allow"), is(Optional.of(allow)));
    }

    @Test
    void headIsGetWithoutTheBody() {
        Answer get = wire.get("/health");
        Answer head = wire.call("HEAD", "/health", "");
        assertThat(head.status(), is(200));
        assertThat(head.text(), is(""));
        assertThat(
                head.header("Content-Length"),
                is(Optional.of(Integer.toString(get.text().length()))));
    }

    @Test
    void healthAndTheIndexNeedNothing() {
        assertThat(wire.get("/health").text(), is("{\"success\":true,\"data\":{\"status\":\"ok\"}}"));
        Answer index = wire.get("/");
        assertThat(index.header("Content-Type"), is(Optional.of("text/html; charset=utf-8")));
        assertThat(index.text(), containsString("href=\"/rooms\""));
        assertThat(api.asked(), is(List.of()));
    }

    @Test
    void aBodyThatIsNotJsonByItsTypeIsRefused() {
        assertThat(wire.post("/rooms", "{}", "Content-Type", "text/plain").code(), is("UNSUPPORTED_MEDIA_TYPE"));
        assertThat(
                wire.post("/rooms", "{}", "Content-Type", "application/json; charset=utf-8")
                        .status(),
                is(200));
        assertThat(wire.post("/rooms", "").status(), is(200));
    }

    @Test
    void aBodyMayHave64KibibytesAndNotOneMore() {
        String fits = "{\"x\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
        assertThat(wire.post("/rooms", fits).status(), is(200));
        Answer answer = wire.post("/rooms", fits + " ");
        assertThat(answer.status(), is(413));
        assertThat(answer.code(), is("PAYLOAD_TOO_LARGE"));
        assertThat(wire.post("/rooms", "x".repeat(1_000_000)).status(), is(413));
        assertThat(wire.post("/rooms", "x".repeat(3_000_000)).code(), is("PAYLOAD_TOO_LARGE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "ä", ""})
    void anOddRequestIdIsReplaced(String id) {
        String given = id.isEmpty() ? "x".repeat(129) : id;
        String answered =
                exchange("GET /health HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + given + "\r\nConnection: close\r\n\r\n");
        assertThat(answered, not(containsString(given)));
    }

    @Test
    void aGoodRequestIdComesBack() {
        assertThat(wire.get("/health", "X-Request-Id", "a.B_c-9").header("X-Request-Id"), is(Optional.of("a.B_c-9")));
        assertThat(wire.get("/health").header("X-Request-Id").orElseThrow(), matchesPattern("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"
            })
    void whatIsNoRequestIsAnsweredInTheEnvelopeAndClosed(String request) {
        String answer = exchange(request);
        assertThat(answer, startsWith("HTTP/1.1 400 "));
        assertThat(answer, containsString("\r\nX-Request-Id: "));
        assertThat(answer, containsString("\"success\":false,\"data\":null,"));
        assertThat(answer, containsString("\"code\":\"MALFORMED_REQUEST\""));
    }

    @Test
    void aHeaderThatIsTooLargeIsAnsweredInTheEnvelope() {
        String answer = exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Big: " + "x".repeat(17_000) + "\r\n\r\n");
        assertThat(answer, containsString("\"code\":\"MALFORMED_REQUEST\""));
    }

    @Test
    void aConnectionIsClosedWhenItsCallerAsksForThat() {
        String answer = exchange("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer, startsWith("HTTP/1.1 200 "));
        assertThat(answer, containsString("{\"success\":true,\"data\":{\"status\":\"ok\"}}"));
    }

    // Reads to the end of the connection, so an answer that leaves it open fails the test by the socket's timeout.
    private String exchange(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(
                    "no whole answer to " + request.lines().findFirst().orElse(""), e);
        }
    }
}
