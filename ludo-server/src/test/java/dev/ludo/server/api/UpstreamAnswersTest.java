package dev.ludo.server.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Secrets;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy makes of the API's answers, and what goes to the API with a call. */
class UpstreamAnswersTest extends ProxyTest {
    private static final String KEY = Secrets.API_KEY.reveal();

    @Test
    void aSuccessIsPassedBackByteForByte() {
        String body = "{ \"data\" : [ 1.0, \"\\u00e9\" ],\n \"success\":true, \"new\":{} }";
        api.answers(201, body, "Idempotent-Replayed", "true", "X-RateLimit-Limit", "7", "Set-Cookie", "a=b");
        Answer answer = wire.post("/rooms", "{}");
        assertThat(answer.status(), is(201));
        assertThat(answer.text(), is(body));
        assertThat(answer.header("Idempotent-Replayed"), is(Optional.of("true")));
        assertThat(answer.header("X-RateLimit-Limit"), is(Optional.empty()));
        assertThat(answer.header("Set-Cookie"), is(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "400, MALFORMED_REQUEST",
        "404, ROOM_NOT_FOUND",
        "409, ROOM_FULL",
        "409, SOMETHING_NEW",
        "413, PAYLOAD_TOO_LARGE",
        "422, VALIDATION_FAILED"
    })
    void aRefusalWithACodePassesThrough(int status, String code) {
        api.answers(
                status,
                "{\"success\":false,\"error\":\"Why.\",\"code\":\"" + code + "\",\"requestId\":\"theirs\","
                        + "\"details\":[{\"field\":\"playerId\",\"message\":\"odd\"}]}");
        Answer answer = wire.get("/rooms", "X-Request-Id", "mine-1");
        assertThat(answer.status(), is(status));
        assertThat(
                answer.text(),
                is("{\"success\":false,\"data\":null,\"error\":\"Why.\",\"code\":\"" + code
                        + "\",\"details\":[{\"field\":\"playerId\",\"message\":\"odd\"}],\"requestId\":\"mine-1\"}"));
    }

    @Test
    void theApisComplaintsNameFieldsInTheCallersSpelling() {
        api.answers(
                422,
                "{\"success\":false,\"code\":\"VALIDATION_FAILED\",\"details\":[{\"field\":\"pieceId\",\"message\":\"odd\"},"
                        + "{\"field\":\"targetPosition\",\"message\":\"odd\"},{\"field\":\"other\",\"message\":\"odd\"}]}");
        Answer answer = wire.post(
                "/games/move",
                "{\"game_id\":\"g1\",\"piece_id\":\"red-0\",\"targetPosition\":5}",
                "X-Player-Token",
                "player-token");
        assertThat(
                answer.json().getJsonArray("details").getValuesAs(JsonObject.class).stream()
                        .map(detail -> detail.getString("field"))
                        .toList(),
                is(List.of("piece_id", "targetPosition", "other")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "401|{\"code\":\"UNAUTHORIZED\"}|502|UPSTREAM_AUTH",
                "403|{\"code\":\"FORBIDDEN\"}|502|UPSTREAM_AUTH",
                "500|{\"code\":\"INTERNAL\"}|502|UPSTREAM_ERROR",
                "503|<html>|502|UPSTREAM_ERROR",
                "302|''|502|UPSTREAM_ERROR",
                "404|<html>|502|UPSTREAM_ERROR",
                "404|{}|502|UPSTREAM_ERROR",
                "200|<html>|502|UPSTREAM_ERROR",
                "200|''|502|UPSTREAM_ERROR",
                "200|{\"success\":true,\"data\":[|502|UPSTREAM_ERROR",
                "200|{\"zzz\":{|502|UPSTREAM_ERROR",
                "200|{\"success\":false,\"code\":\"ROOM_FULL\"}|502|UPSTREAM_ERROR",
                "200|[]|502|UPSTREAM_ERROR"
            },
            delimiter = '|')
    void whatIsNoAnswerBecomesTheProxysOwnFailure(int status, String body, int expected, String code) {
        api.answers(status, body == null ? "" : body, "Location", "http://127.0.0.1:1/");
        Answer answer = wire.get("/rooms");
        assertThat(answer.status(), is(expected));
        assertThat(answer.code(), is(code));
        boolean mayPass = status == 500 || status == 503;
        assertThat(api.asked().size(), is(mayPass ? 3 : 1));
    }

    @ParameterizedTest
    @CsvSource({
        "/rooms/ABCDEF, 404, ROOM_NOT_FOUND",
        "/games/g1/state, 404, GAME_NOT_FOUND",
        "/players/p1, 404, PLAYER_NOT_FOUND",
        "/leaderboard, 404, NOT_FOUND",
        "/rooms, 400, MALFORMED_REQUEST",
        "/rooms, 405, METHOD_NOT_ALLOWED",
        "/rooms, 413, PAYLOAD_TOO_LARGE",
        "/rooms, 415, UNSUPPORTED_MEDIA_TYPE",
        "/rooms, 422, VALIDATION_FAILED",
        "/rooms, 409, UNKNOWN"
    })
    void anApiWithoutCodesIsUnderstoodByItsStatus(String path, int status, String code) {
        api.answers(status, "{\"success\":false,\"data\":null,\"error\":\"There is no such thing.\"}");
        Answer answer = wire.get(path);
        assertThat(answer.status(), is(status));
        assertThat(answer.code(), is(code));
        assertThat(answer.text(), containsString("There is no such thing."));
    }

    @Test
    void whoTriesRoomsOfAnApiWithoutCodesIsStoppedToo() {
        api.answers(404, "{\"success\":false,\"data\":null,\"error\":\"There is no such room.\"}");
        for (int i = 0; i < 30; i++) {
            assertThat(wire.get("/rooms/ABCDEF").status(), is(404));
        }
        assertThat(wire.get("/rooms/ABCDEF").status(), is(429));
    }

    @Test
    void tooManyCallsUpstreamIsUnavailableHereWithTheHint() {
        api.answers(429, "{\"code\":\"RATE_LIMITED\"}", "Retry-After", "17");
        Answer answer = wire.get("/rooms");
        assertThat(answer.status(), is(503));
        assertThat(answer.code(), is("UPSTREAM_UNAVAILABLE"));
        assertThat(answer.header("Retry-After"), is(Optional.of("17")));
    }

    @Test
    void aForbiddenTokenIsTheCallersAffair() {
        api.answers(403, "{\"code\":\"FORBIDDEN\",\"error\":\"Not your seat.\"}");
        Answer answer = wire.post("/games/g1/roll", "", "X-Player-Token", "somebody-elses-token");
        assertThat(answer.status(), is(403));
        assertThat(answer.code(), is("FORBIDDEN"));
    }

    @Test
    void anUpstreamThatIsGoneIsABadGateway() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (LudoServer lonely = LudoServer.start(config(URI.create("http://127.0.0.1:" + closed + "/v1")));
                Wire browser = new Wire(lonely.uri())) {
            assertThat(browser.get("/rooms").code(), is("UPSTREAM_ERROR"));
            assertThat(browser.get("/health").status(), is(200));
        }
    }

    @Test
    void theKeyGoesUpstreamAndTheCallersOwnHeadersDoNot() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        wire.get(
                "/rooms?status=waiting&evil=1",
                "Authorization",
                "Bearer mine",
                "Cookie",
                "a=b",
                "X-Forwarded-For",
                "1.2.3.4",
                "X-Odd",
                "odd",
                "X-Session-Token",
                "session-token",
                "X-Player-Token",
                "player-token",
                "X-Request-Id",
                "req_1.a-b",
                "traceparent",
                trace);
        StubUpstream.Asked asked = api.last();
        assertThat(asked.target(), is("/v1/rooms?status=waiting"));
        assertThat(asked.headers().getFirst("Authorization"), is("Bearer " + KEY));
        assertThat(asked.headers().getFirst("X-Session-Token"), is("session-token"));
        assertThat(asked.headers().getFirst("X-Player-Token"), is("player-token"));
        assertThat(asked.headers().getFirst("X-Request-Id"), is("req_1.a-b"));
        assertThat(asked.headers().getFirst("traceparent"), is(trace));
        for (String dropped : new String[] {"Cookie", "X-Forwarded-For", "X-Odd"}) {
            assertThat(dropped, asked.headers().containsKey(dropped), is(false));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, true",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more, true",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more, false",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, false",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01, false",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01, false",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01, false",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331, false"
    })
    void onlyATraceThatIsOnePasses(String trace, boolean passes) {
        wire.get("/players/p1", "traceparent", trace);
        assertThat(api.last().headers().containsKey("traceparent"), is(passes));
    }

    @Test
    void onlyWhatWasValidatedGoesUpstreamInTheUpstreamsSpelling() {
        wire.post("/rooms", "{\"max_players\":2,\"game_mode\":\"quick\",\"admin\":true}");
        assertThat(api.last().body(), is("{\"gameMode\":\"quick\",\"maxPlayers\":2}"));
        wire.post(
                "/games/move",
                "{\"game_id\":\"gam 1/x\",\"piece_id\":\"red-0\",\"target_position\":5}".replace(" ", "_"),
                "X-Player-Token",
                "player-token");
        assertThat(api.last().target(), is("/v1/games/gam_1%2Fx/move"));
        assertThat(api.last().body(), is("{\"pieceId\":\"red-0\",\"targetPosition\":5}"));
    }

    @Test
    void aCallersKeyNeverGoesUpstreamAsItIsAndDiffersByCallerAndCall() {
        String[] tokens = {"X-Player-Token", "player-token-a"};
        String first = upstreamKey("/games/g1/roll", "k1", tokens);
        assertThat(first, not(containsString("k1")));
        assertThat(upstreamKey("/games/g1/roll", "k1", tokens), is(first));
        assertThat(upstreamKey("/games/g1/roll", "k2", tokens), is(not(first)));
        assertThat(upstreamKey("/games/g2/roll", "k1", tokens), is(not(first)));
        assertThat(upstreamKey("/games/g1/roll", "k1", "X-Player-Token", "player-token-b"), is(not(first)));
        assertThat(
                upstreamKey("/games/g1/roll", "k1", "X-Player-Token", "player-token-a", "X-Session-Token", "s"),
                is(not(first)));
        String fresh = upstreamKey("/games/g1/roll", "", tokens);
        assertThat(upstreamKey("/games/g1/roll", "", tokens), is(not(fresh)));
    }

    private String upstreamKey(String path, String key, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + (key.isEmpty() ? 0 : 2));
        if (!key.isEmpty()) {
            all[headers.length] = "Idempotency-Key";
            all[headers.length + 1] = key;
        }
        wire.post(path, "", all);
        return api.last().headers().getFirst("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 409, 500})
    void noSecretIsToldEvenWhenTheApiTellsIt(int status) {
        String told = "key " + KEY + " session canary-session-1 seat canary-seat-1";
        api.answers(
                status,
                "{\"code\":\"" + KEY + "\",\"error\":\"" + told + "\",\"details\":[{\"field\":\"x\",\"message\":\""
                        + told + "\"}]}");
        Answer answer = wire.get("/rooms", "X-Session-Token", "canary-session-1", "X-Player-Token", "canary-seat-1");
        assertThat(answer.text(), not(containsString("canary")));
    }

    @Test
    void answersThatIssueTokensAreNotStored() {
        assertThat(
                wire.post("/players", "{\"playerName\":\"Ann\"}").header("Cache-Control"), is(Optional.of("no-store")));
        assertThat(
                wire.post("/rooms/ROOM1/join", "{\"playerId\":\"p\"}", "X-Session-Token", "s")
                        .header("Cache-Control"),
                is(Optional.of("no-store")));
    }
}
