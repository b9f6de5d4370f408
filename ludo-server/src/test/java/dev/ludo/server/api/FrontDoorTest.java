package dev.ludo.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.server.ProxyTest;
import dev.ludo.server.Wire.Answer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered before the API is asked. */
class FrontDoorTest extends ProxyTest {
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
                "GET|/games/g1/nope|''|404|NOT_FOUND",
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
        assertThat(named(answer), is(List.of("game_id", "pieceId", "target_position")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "POST|/rooms/A/join|{\"player_id\":7}|Idempotency-Key code player_id",
                "POST|/rooms/A/start|{}|Idempotency-Key code",
                "POST|/games/<long>/move|{\"piece_id\":\"x\"}|Idempotency-Key gameId piece_id targetPosition",
                "POST|/games/<long>/roll|{}|Idempotency-Key gameId",
                "POST|/players|{}|Idempotency-Key playerName",
                "POST|/rooms|{\"max_players\":2,\"maxPlayers\":2,\"gameMode\":\"odd\"}|Idempotency-Key maxPlayers gameMode",
                "GET|/leaderboard?mode=odd&limit=0|''|mode limit",
                "GET|/players/<long>/games?cursor=&limit=x|''|playerId cursor limit",
                "GET|/games/<long>/moves?cursor=&limit=x|''|gameId cursor limit"
            },
            delimiter = '|')
    void allThatIsWrongIsToldAtOnce(String method, String path, String body, String fields) {
        Answer answer = wire.call(
                method,
                path.replace("<long>", "x".repeat(200)),
                body == null ? "" : body,
                "Idempotency-Key",
                "x".repeat(256),
                "X-Session-Token",
                "a-session",
                "X-Player-Token",
                "a-seat");
        assertThat(answer.status(), is(422));
        assertThat(named(answer), is(List.of(fields.split(" "))));
        assertThat(api.asked(), is(List.of()));
    }

    private static List<String> named(Answer answer) {
        return answer.json().getJsonArray("details").getValuesAs(JsonObject.class).stream()
                .map(detail -> detail.getString("field"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/games/g1/roll", "/rooms/ROOM1/leave", "/rooms/ROOM1/start"})
    void aBodyIsReadAlsoWhereNothingIsExpectedInIt(String path) {
        String[] seat = {"X-Player-Token", "a-seat"};
        assertThat(wire.post(path, "{", seat).code(), is("MALFORMED_REQUEST"));
        assertThat(wire.post(path, "x".repeat(70_000), seat).code(), is("PAYLOAD_TOO_LARGE"));
        assertThat(
                wire.post(path, "{}", "X-Player-Token", "a-seat", "Content-Type", "text/plain")
                        .code(),
                is("UNSUPPORTED_MEDIA_TYPE"));
        assertThat(api.asked(), is(List.of()));
        assertThat(wire.post(path, "{\"new\":1}", seat).status(), is(200));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /rooms, 'GET, HEAD, POST'",
        "PUT, /games/move, POST",
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
        for (String type : List.of(
                "text/plain",
                ";;",
                "application/jsonx",
                "application/json-seq",
                "json",
                "application/json; charset=iso-8859-1")) {
            Answer answer = wire.post("/rooms", "{}", "Content-Type", type);
            assertThat(type, answer.code(), is("UNSUPPORTED_MEDIA_TYPE"));
            assertThat(answer.text(), containsString("{\"field\":\"Content-Type\","));
        }
        assertThat(wire.post("/rooms", "{}", "Content-Type", "Application/JSON").status(), is(200));
        assertThat(
                wire.post("/rooms", "{}", "Content-Type", "application/json; charset=utf-8")
                        .status(),
                is(200));
        assertThat(wire.post("/rooms", "").status(), is(200));
    }

    @Test
    void aBodyThatIsPackedIsRefusedByTheNameOfItsHeader() {
        Answer packed = wire.post("/rooms", "{}", "Content-Encoding", "gzip");
        assertThat(packed.status() + " " + packed.code(), is("415 UNSUPPORTED_MEDIA_TYPE"));
        assertThat(packed.text(), containsString("{\"field\":\"Content-Encoding\",\"message\":\"must be absent\"}"));
        assertThat(packed.header("Connection"), is(not(Optional.of("close"))));
        assertThat(wire.post("/rooms", "{}", "Content-Encoding", "Identity").status(), is(200));
        assertThat(wire.post("/rooms", "", "Content-Encoding", "gzip").status(), is(200));
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
        assertThat(answer, containsString("\r\nX-Content-Type-Options: nosniff\r\n"));
        assertThat(answer, containsString("\r\nCache-Control: no-store\r\n"));
        assertThat(answer, containsString("\"success\":false,\"data\":null,"));
        assertThat(answer, containsString("\"code\":\"MALFORMED_REQUEST\""));
    }

    @Test
    void whatIsRefusedBelowRoutingKeepsTheCallersRequestIdIfThatCouldBeRead() {
        String answer = exchange("GET /rooms HTTP/1.1\r\nHost: a b\r\nX-Request-Id: mine-1\r\n\r\n");
        assertThat(answer, startsWith("HTTP/1.1 400 "));
        assertThat(answer, containsString("\r\nX-Request-Id: mine-1\r\n"));
        assertThat(answer, containsString("\"requestId\":\"mine-1\""));
    }

    @Test
    void aHeaderThatIsTooLargeIsAnsweredInTheEnvelope() {
        String answer = exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Big: " + "x".repeat(17_000) + "\r\n\r\n");
        assertThat(answer, containsString("\"code\":\"MALFORMED_REQUEST\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "x, close"})
    void aConnectionIsClosedWhenItsCallerAsksForThat(String connection) {
        String answer = exchange("GET /health HTTP/1.1\r\nHost: a\r\nConnection: " + connection + "\r\n\r\n");
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
