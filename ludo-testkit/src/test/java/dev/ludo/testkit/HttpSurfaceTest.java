package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Room;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSurfaceTest extends WithFake {
    @ParameterizedTest
    @CsvSource({
        "/",
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/rooms/",
        "/v1//rooms",
        "/v1/rooms/AAAA/nothing",
        "/v2/rooms",
        "/ws"
    })
    void whereNothingIsThereIsNothing(String path) {
        assertThat(api.call("GET", path, "").outcome(), is("404 NOT_FOUND"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | rooms | GET, HEAD, POST",
                "PUT | players | POST",
                "POST | players/me | GET, HEAD",
                "GET | rooms/AAAA/join | POST",
                "HEAD | games/x/move | POST",
                "OPTIONS | games/x/state | GET, HEAD",
                "POST | health | GET, HEAD"
            })
    void aMethodThatTheRouteDoesNotKnowIsToldWhichItKnows(String method, String path, String allow) {
        Api.Reply reply = api.call(method, path, "");
        assertThat(reply.status(), is(405));
        assertThat(reply.header("Allow"), is(Optional.of(allow)));
        if (!method.equals("HEAD")) {
            assertThat(reply.failure().code(), is("METHOD_NOT_ALLOWED"));
        }
    }

    @Test
    void headIsGetWithoutTheBody() {
        Room room = api.open(2, "classic");
        for (String path : List.of("health", "rooms", "rooms/" + room.code(), "rooms/ZZZZ", "players/plr_nobody00")) {
            Api.Reply get = api.get(path);
            Api.Reply head = api.call("HEAD", path, "");
            assertThat(path, head.status(), is(get.status()));
            assertThat(path, head.text(), is(""));
            assertThat(path, head.header("Content-Type"), is(Optional.of("application/json")));
            assertThat(path, head.header("Content-Length"), is(get.header("Content-Length")));
        }
    }

    static List<String> malformed() {
        String deep = "[".repeat(65) + "]".repeat(65);
        return List.of(
                "{",
                "[]",
                "7",
                "\"x\"",
                "null",
                "{} {}",
                "{\"maxPlayers\":2,\"maxPlayers\":3}",
                "{'maxPlayers':2}",
                "{\"x\":" + deep + "}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aBodyThatIsNoJsonObjectIsMalformed(String body) {
        for (String path : List.of("rooms", "players", "rooms/AAAA/start", "games/x/roll")) {
            assertThat(path, api.post(path, body).outcome(), is("400 MALFORMED_REQUEST"));
        }
    }

    @Test
    void aBodyIsValidUtf8() throws IOException {
        String answer =
                raw("POST /v1/rooms", "Content-Type: application/json\r\nContent-Length: 9\r\n", "{\"x\":\"\u00ff\"}");
        assertThat(RawHttp.status(answer), is(400));
        assertThat(answer, containsString("MALFORMED_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonx",
                "application/json; charset=latin1"
            })
    void aBodyMustBeDeclaredAsJson(String type) {
        Api.Reply reply = api.post("rooms", "{}", "Content-Type", type);
        assertThat(reply.outcome(), is("415 UNSUPPORTED_MEDIA_TYPE"));
        assertThat(reply.fields(), is(List.of("Content-Type")));
    }

    @Test
    void aBodyThatIsPackedIsRefusedByTheNameOfItsHeader() {
        Api.Reply packed = api.post("rooms", "{}", "Content-Encoding", "gzip");
        assertThat(packed.outcome(), is("415 UNSUPPORTED_MEDIA_TYPE"));
        assertThat(packed.fields(), is(List.of("Content-Encoding")));
        assertThat(api.post("rooms", "{}", "Content-Encoding", "identity").status(), is(201));
        assertThat(api.post("rooms", "", "Content-Encoding", "gzip").status(), is(201));
    }

    @Test
    void anAnswerWithoutABodyHasNoLengthAndTheConnectionGoesOn() throws IOException {
        String deleted = "DELETE /__ludo/faults HTTP/1.1\r\nHost: localhost\r\n";
        String answers = RawHttp.exchange(
                ludo.port(), deleted + "\r\nGET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        int second = answers.indexOf("HTTP/1.1 200");
        assertThat(answers, RawHttp.status(answers), is(204));
        assertThat(answers.substring(0, second).contains("Content-Length"), is(false));
        assertThat(answers.substring(second), containsString("Content-Length: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON;charset=UTF-8", "application/json; charset=\"utf-8\"; x=y"
            })
    void jsonInUtf8IsWhatItShouldBe(String type) {
        assertThat(api.post("rooms", "{}", "Content-Type", type).status(), is(201));
    }

    @Test
    void aBodyWithoutATypeIsRefusedAndAnEmptyOneNeedsNone() throws IOException {
        String answer = raw("POST /v1/rooms", "Content-Length: 2\r\n", "{}");
        assertThat(RawHttp.status(answer), is(415));
        assertThat(RawHttp.status(raw("POST /v1/rooms", "Content-Length: 0\r\n", "")), is(201));
        assertThat(
                RawHttp.status(raw("POST /v1/rooms", "Content-Length: 0\r\nContent-Type: text/plain\r\n", "")),
                is(201));
        assertThat(RawHttp.status(raw("POST /v1/rooms", "", "")), is(201));
    }

    @Test
    void aBodyHas64KiBAtMost() {
        String pad = " ".repeat(64 * 1024 - 2);
        assertThat(api.post("rooms", "{" + pad + "}").status(), is(201));
        Api.Reply tooLarge = api.post("rooms", "{ " + pad + "}");
        assertThat(tooLarge.outcome(), is("413 PAYLOAD_TOO_LARGE"));
        assertThat(api.post("rooms", "{" + pad.repeat(10) + "}").outcome(), is("413 PAYLOAD_TOO_LARGE"));
    }

    @Test
    void aBodyThatIsTooLargeEndsTheConnectionHoweverItComes() throws IOException {
        String json = "Content-Type: application/json\r\n";
        String hundredK = "x".repeat(100_000);
        assertTooLarge(raw("POST /v1/rooms", json + "Content-Length: 100000\r\n", hundredK, ""));
        assertTooLarge(raw(
                "POST /v1/rooms",
                json + "Transfer-Encoding: chunked\r\n",
                "186a0\r\n" + hundredK + "\r\n0\r\n\r\n",
                ""));
        assertTooLarge(raw("POST /v1/rooms", json + "Expect: 100-continue\r\nContent-Length: 100000\r\n", "", ""));
        assertTooLarge(raw("POST /v1/rooms", json + "Content-Length: 99999999999\r\n", "", ""));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsThere() throws IOException {
        String head =
                "POST /v1/rooms HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer lk_test_demo\r\nContent-Length: 100000\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ludo.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII), is("HTTP/1.1 413"));
        }
    }

    @Test
    void aChunkThatIsNoneIsMalformedAndAHugeOneTooLarge() throws IOException {
        String chunked = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
        String malformed = raw("POST /v1/rooms", chunked, "two\r\n{}\r\n0\r\n\r\n", "");
        assertThat(malformed, RawHttp.status(malformed), is(400));
        assertThat(malformed, containsString("MALFORMED_REQUEST"));
        assertTooLarge(raw("POST /v1/rooms", chunked, "7fffffff\r\n", ""));
        String good = raw("POST /v1/rooms", chunked, "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
        assertThat(good, RawHttp.status(good), is(201));
    }

    private static void assertTooLarge(String answer) {
        assertThat(answer, RawHttp.status(answer), is(413));
        assertThat(answer, containsString("\r\nConnection: close\r\n"));
        assertThat(answer, containsString("\"code\":\"PAYLOAD_TOO_LARGE\""));
    }

    @Test
    void whoSendsALargeBodyWithoutTheKeyGetsToReadTheAnswer() throws IOException {
        String head = "POST /v1/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n";
        String answer = RawHttp.exchange(ludo.port(), head + "x".repeat(1_000_000));
        assertThat(RawHttp.status(answer), is(401));
    }

    @Test
    void theConnectionEndsWhenTheCallerAsksForItAndStaysOtherwise() throws IOException {
        String twice =
                "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n";
        String answer = RawHttp.exchange(ludo.port(), twice);
        assertThat(answer.split("HTTP/1.1 200", -1).length, is(3));
        assertThat(answer, endsWith("{\"success\":true,\"data\":{\"status\":\"ok\"}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/rooms/%2 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/rooms?status=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/health HTTP/1.1\r\n\r\n",
                "GET /v1/health HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /v1/health HTTP/1.0\r\n\r\n",
                "POST /v1/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: two\r\n\r\n"
            })
    void whatIsNoHttpGetsTheEnvelopeToo(String request) throws IOException {
        assertEnvelope(RawHttp.exchange(ludo.port(), request));
    }

    @Test
    void headersAndAddressesOfAnySizeDoToo() throws IOException {
        assertEnvelope(RawHttp.exchange(
                ludo.port(), "GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n"));
        assertEnvelope(RawHttp.exchange(ludo.port(), "GET /v1/" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    private static void assertEnvelope(String answer) {
        int status = RawHttp.status(answer);
        assertThat(answer, status >= 400 && status <= 505 && status != 500, is(true));
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        JsonObject envelope = LudoJson.parseObject(body.getBytes(StandardCharsets.UTF_8));
        assertThat(envelope.getBoolean("success"), is(false));
        assertThat(envelope.getString("code"), is("MALFORMED_REQUEST"));
        assertThat(answer, containsString("\r\nContent-Type: application/json\r\n"));
    }

    @Test
    void aRequestKeepsItsNameOrGetsOne() {
        Api.Reply named = api.get("rooms/ZZZZ", "X-Request-Id", "My_req-1.a");
        assertThat(named.header("X-Request-Id"), is(Optional.of("My_req-1.a")));
        assertThat(named.failure().requestId(), is(Optional.of("My_req-1.a")));
        Api.Reply bad = api.get("rooms/ZZZZ", "X-Request-Id", "not good");
        assertThat(bad.header("X-Request-Id"), is(bad.failure().requestId()));
        assertThat(bad.failure().requestId().orElseThrow().startsWith("req_"), is(true));
    }

    /** A call with the key on a connection that ends with it. */
    private String raw(String line, String headers, String body) throws IOException {
        return raw(line, headers, body, "Connection: close\r\n");
    }

    private String raw(String line, String headers, String body, String connection) throws IOException {
        return RawHttp.exchange(
                ludo.port(),
                line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer lk_test_demo\r\n" + connection + headers + "\r\n"
                        + body);
    }
}
