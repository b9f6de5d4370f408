package dev.ludo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.NewRoom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However an API says no, or says nothing, the caller gets the right exception. */
class FailureShapesTest {
    private static final String KEY = "lk_live_canary_0123456789";

    @Test
    void aFailureEnvelopeIsReadWhole() throws IOException {
        RejectedException e = rejection(409, """
                {"success":false,"data":null,"error":"The room is full.","code":"ROOM_FULL",
                 "details":[{"field":"playerId","message":"came too late"}],"requestId":"r-1"}""");
        assertThat(e.status(), is(409));
        assertThat(e.code(), is(ErrorCode.ROOM_FULL));
        assertThat(e.details(), is(List.of(new FieldError("playerId", "came too late"))));
        assertThat(e.failure().requestId(), is(Optional.of("r-1")));
        assertThat(
                e.getMessage(),
                is("POST /rooms was rejected: ROOM_FULL (HTTP 409, request r-1): The room is full."
                        + " [playerId came too late]"));
    }

    @Test
    void anErrorObjectIsReadToo() throws IOException {
        RejectedException e = rejection(404, "{\"error\":{\"code\":\"ROOM_NOT_FOUND\",\"message\":\"No such room.\"}}");
        assertThat(e.code(), is(ErrorCode.ROOM_NOT_FOUND));
        assertThat(e.failure().error(), is("No such room."));
    }

    @Test
    void aCodeOfANewerApiIsKeptAsItCame() throws IOException {
        RejectedException e = rejection(409, "{\"success\":false,\"error\":\"No.\",\"code\":\"ROOM_HAUNTED\"}");
        assertThat(e.code(), is(ErrorCode.UNKNOWN));
        assertThat(e.failure().code(), is("ROOM_HAUNTED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bad Gateway", "<html><body>502</body></html>", "[]", "{\"error\":7}", "{\"zzz\":{"})
    void aBodyThatSaysNothingLeavesTheStatus(String body) throws IOException {
        RejectedException e = rejection(502, body);
        assertThat(e.status(), is(502));
        assertThat(e.code(), is(ErrorCode.UNKNOWN));
        assertThat(e.failure().error(), is(body.startsWith("Bad") ? body : ""));
    }

    @Test
    void aSuccessThatSaysItFailedIsARejection() throws IOException {
        assertThat(rejection(200, "{\"success\":false,\"code\":\"ROOM_FULL\"}").code(), is(ErrorCode.ROOM_FULL));
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (StubApi api = new StubApi(302, Map.of("Location", "http://127.0.0.1:1/elsewhere"), new byte[0]);
                LudoClient client = client(api.uri())) {
            assertThat(
                    assertThrows(RejectedException.class, () -> client.rooms().list())
                            .status(),
                    is(302));
            assertThat(api.asked.size(), is(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "<html>",
                "{\"success\":true,\"data\":",
                "{\"success\":true}",
                "{\"success\":true,\"data\":[]}",
                "{\"success\":true,\"data\":{\"code\":\"AB\",\"status\":\"waiting\"}}",
                "{\"success\":true,\"data\":{\"code\":\"ROOM1\"}}",
                "{\"success\":true,\"data\":{\"code\":\"ROOM1\",\"status\":\"waiting\",\"playerCount\":4294967298}}"
            })
    void aSuccessThatCannotBeReadIsATransportFailure(String body) throws IOException {
        try (StubApi api = new StubApi(201, Map.of(), body.getBytes(UTF_8));
                LudoClient client = client(api.uri())) {
            assertThrows(TransportException.class, () -> client.rooms().create(NewRoom.DEFAULT));
        }
    }

    @Test
    void anAnswerOverOneMebibyteIsRefused() throws IOException {
        try (StubApi api = new StubApi(200, Map.of(), new byte[1024 * 1024 + 1]);
                LudoClient client = client(api.uri())) {
            TransportException e =
                    assertThrows(TransportException.class, () -> client.rooms().list());
            assertThat(e.getMessage(), containsString("more than 1048576 bytes"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "0, 0",
        "'Thu, 01 Jan 2026 00:00:09 GMT', 9",
        "'Wed, 31 Dec 2025 23:59:00 GMT', 0",
        "soon, -1",
        "-3, -1",
        "99999999999999999999, -1"
    })
    void theHintWhenToTryAgainIsReadInBothForms(String hint, long seconds) throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        try (RawApi api = RawApi.answering(RawApi.answer(429, "", "Retry-After: " + hint));
                LudoClient client = LudoClient.builder()
                        .baseUri(api.uri())
                        .apiKey(KEY)
                        .retry(RetryConfig.NONE)
                        .clock(clock)
                        .build()) {
            RejectedException e =
                    assertThrows(RejectedException.class, () -> client.rooms().list());
            assertThat(e.retryAfter(), is(seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds))));
        }
    }

    /** This machine's clock may be wrong by minutes; the server's hints are times of its own. */
    @ParameterizedTest
    @CsvSource({
        // what time the server says it is, its hint, seconds to wait
        "'Thu, 01 Jan 2026 01:00:00 GMT', 'Retry-After: Thu, 01 Jan 2026 01:00:09 GMT', 9",
        "'Wed, 31 Dec 2025 23:00:00 GMT', 'Retry-After: Wed, 31 Dec 2025 23:00:09 GMT', 9",
        "'Thu, 01 Jan 2026 00:00:01 GMT', 'Retry-After: Thu, 01 Jan 2026 00:00:09 GMT', 9", // they agree
        "'Wed, 31 Dec 2025 23:00:00 GMT', 'X-RateLimit-Reset: 1767222009', 9",
        "'Thu, 01 Jan 2026 01:00:00 GMT', 'X-RateLimit-Reset: 1767229209', 9",
        "'Thu, 01 Jan 2026 01:00:00 GMT', 'Retry-After: 7', 7",
        "nonsense, 'Retry-After: Thu, 01 Jan 2026 00:00:09 GMT', 9"
    })
    void theServersOwnTimeIsWhatItsHintsAreMeasuredBy(String date, String hint, long seconds) throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        try (RawApi api = RawApi.answering(RawApi.answer(429, "", "Date: " + date, hint));
                LudoClient client = LudoClient.builder()
                        .baseUri(api.uri())
                        .apiKey(KEY)
                        .retry(RetryConfig.NONE)
                        .clock(clock)
                        .build()) {
            RejectedException e =
                    assertThrows(RejectedException.class, () -> client.rooms().list());
            assertThat(e.retryAfter(), is(Optional.of(Duration.ofSeconds(seconds))));
        }
    }

    @Test
    void silenceEndsInATimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LudoClient client = LudoClient.builder()
                        .baseUri(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/v1"))
                        .apiKey(KEY)
                        .retry(RetryConfig.NONE)
                        .readTimeout(Duration.ofMillis(50))
                        .build()) {
            TimeoutExceededException e = assertThrows(
                    TimeoutExceededException.class, () -> client.rooms().list());
            assertThat(e.getMessage(), is("GET /rooms was not answered in time"));
        }
    }

    @Test
    void aClosedPortIsNamedWithoutTheKey() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (LudoClient client = client(URI.create("http://127.0.0.1:" + port + "/v1"))) {
            TransportException e =
                    assertThrows(TransportException.class, () -> client.rooms().list());
            assertThat(e.getMessage(), is("GET /rooms failed: no connection to 127.0.0.1:" + port));
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString(), not(containsString(KEY)));
            }
        }
    }

    private static RejectedException rejection(int status, String body) throws IOException {
        try (StubApi api = new StubApi(status, Map.of(), body.getBytes(UTF_8));
                LudoClient client = client(api.uri())) {
            return assertThrows(RejectedException.class, () -> client.rooms().create(NewRoom.DEFAULT));
        }
    }

    private static LudoClient client(URI uri) {
        return LudoClient.builder()
                .baseUri(uri)
                .apiKey(KEY)
                .retry(RetryConfig.NONE)
                .build();
    }
}
