package dev.ludo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, seen from the other end of it. */
class ApiRequestTest {
    private static final Secret TOKEN = Secret.of("seat-token-0123456789");

    @Test
    void everyCallCarriesTheKeyAndEveryPostAKeyOfItsOwn() throws IOException {
        try (StubApi api = ok("[]");
                LudoClient client = client(api)) {
            client.rooms().list(RoomStatus.WAITING);
            client.send(ApiRequest.post("/rooms").body(NewRoom.DEFAULT));
            client.send(ApiRequest.post("/rooms").body(NewRoom.DEFAULT));
            client.send(ApiRequest.post("/rooms").idempotencyKey("mine"));

            StubApi.Asked list = api.asked.get(0);
            assertThat(list.method() + ' ' + list.target(), is("GET /v1/rooms?status=waiting"));
            assertThat(list.headers().getFirst("Authorization"), is("Bearer lk_test_demo"));
            assertThat(list.headers().containsKey("Idempotency-Key"), is(false));
            assertThat(list.headers().containsKey("Expect"), is(false));

            StubApi.Asked create = api.asked.get(1);
            assertThat(create.body(), is("{\"gameMode\":\"classic\",\"maxPlayers\":4}"));
            assertThat(create.headers().getFirst("Content-Type"), is("application/json"));
            String firstKey = create.headers().getFirst("Idempotency-Key");
            assertThat(firstKey, not(is(api.asked.get(2).headers().getFirst("Idempotency-Key"))));
            assertThat(api.asked.get(3).headers().getFirst("Idempotency-Key"), is("mine"));
        }
    }

    @Test
    void whatStandsInThePathStaysOneSegment() throws IOException {
        try (StubApi api = ok("{}");
                LudoClient client = client(api)) {
            client.send(ApiRequest.get("/games/{}/state", GameId.of("a/b?c=d&e#f%2F+ü")));
            client.send(ApiRequest.get("/players/{}", PlayerId.of("..")));
            client.send(ApiRequest.get("/rooms").query("status", "a b&c=d+e"));
            assertThat(
                    api.asked.stream().map(StubApi.Asked::target).toList(),
                    is(List.of(
                            "/v1/games/a%2Fb%3Fc%3Dd%26e%23f%252F%2B%C3%BC/state",
                            "/v1/players/%2E%2E", "/v1/rooms?status=a%20b%26c%3Dd%2Be")));
        }
    }

    @Test
    void tokensTravelInTheirHeadersAndAreNotShown() throws IOException {
        try (StubApi api = ok("{}");
                LudoClient client = client(api)) {
            ApiRequest request = ApiRequest.post("/rooms/{}/leave", RoomCode.of("room1"))
                    .playerToken(TOKEN)
                    .sessionToken(Secret.of("session-token-0123456789"));
            client.send(request);
            assertThat(api.asked.getFirst().target(), is("/v1/rooms/ROOM1/leave"));
            assertThat(api.asked.getFirst().headers().getFirst("X-Player-Token"), is(TOKEN.reveal()));
            assertThat(api.asked.getFirst().headers().getFirst("X-Session-Token"), is("session-token-0123456789"));
            assertThat(request.toString(), is("POST /rooms/ROOM1/leave"));
            assertThat(TOKEN.toString(), is("***6789"));
        }
    }

    @Test
    void anAnswerCanBeHadAsItCame() throws IOException {
        try (StubApi api = new StubApi(418, Map.of("X-Odd", "yes"), "short and stout".getBytes(UTF_8));
                LudoClient client = client(api)) {
            ApiAnswer answer = client.send(ApiRequest.get("/teapot"));
            assertThat(answer.status(), is(418));
            assertThat(answer.header("x-odd").orElse("no"), is("yes"));
            assertThat(new String(answer.body(), UTF_8), is("short and stout"));
        }
    }

    @Test
    void headersCannotBeSplit() {
        ApiRequest request = ApiRequest.get("/rooms");
        assertThrows(IllegalArgumentException.class, () -> request.header("X-Odd", "a\r\nX-Evil: b"));
        assertThrows(IllegalArgumentException.class, () -> request.header("X Odd", "a"));
        assertThrows(IllegalArgumentException.class, () -> request.idempotencyKey("x".repeat(256)));
        assertThrows(IllegalArgumentException.class, () -> Secret.of("a b"));
    }

    @Test
    void aTemplateAndItsValuesMatch() {
        assertThrows(IllegalArgumentException.class, () -> ApiRequest.get("/rooms/{}"));
        assertThrows(IllegalArgumentException.class, () -> ApiRequest.get("/rooms", "extra"));
        assertThrows(IllegalArgumentException.class, () -> ApiRequest.get("rooms"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/v1",
                "ftp://localhost/",
                "https://user:secret@api.example.com",
                "https:///v1",
                "https://api.example.com/?a=b",
                "localhost:8080"
            })
    void theKeyIsNotSentJustAnywhere(String uri) {
        LudoClientBuilder builder = LudoClient.builder().apiKey("lk_test_demo").baseUri(URI.create(uri));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
        assertThat(e.getMessage(), containsString("baseUri must"));
        assertThat(e.getMessage(), not(containsString("secret")));
    }

    @Test
    void aClientNeedsAKey() {
        assertThrows(IllegalStateException.class, () -> LudoClient.builder().build());
        assertThrows(IllegalArgumentException.class, () -> LudoClient.builder().apiKey(""));
    }

    private static StubApi ok(String data) throws IOException {
        return new StubApi(200, Map.of(), ("{\"success\":true,\"data\":" + data + "}").getBytes(UTF_8));
    }

    private static LudoClient client(StubApi api) {
        return LudoClient.builder().baseUri(api.uri()).apiKey("lk_test_demo").build();
    }
}
