package dev.ludo.server.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.RawCaller.Answer;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.guard.Origins;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What browsers are told, by headers, about what they may do with the proxy. */
class BrowsersTest extends ProxyTest {
    private RawCaller caller;

    @Override
    protected ServerConfig configure(ServerConfig usual) {
        return usual.withProxyTokens(Secret.of("good"))
                .withSockets(usual.sockets().withOrigins(Origins.parse("https://play.example.com")));
    }

    @BeforeEach
    void call() {
        caller = new RawCaller(proxy.port());
    }

    @AfterEach
    void hangUp() {
        caller.close();
    }

    private Answer call(String method, String path, String... headers) {
        caller.write(method + ' ' + path + " HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
        return caller.read();
    }

    @Test
    void aPreflightNeedsNoTokenAndIsToldWhatItMay() {
        Answer answer = call(
                "OPTIONS",
                "/rooms",
                "Origin: https://play.example.com",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization");
        assertThat(answer.status(), is(204));
        assertThat(answer.header("Access-Control-Allow-Origin"), is(Optional.of("https://play.example.com")));
        assertThat(answer.header("Access-Control-Allow-Credentials"), is(Optional.of("true")));
        assertThat(answer.header("Access-Control-Allow-Methods"), is(Optional.of("GET, HEAD, POST")));
        assertThat(
                answer.header("Access-Control-Allow-Headers"),
                is(Optional.of("Authorization, Content-Type, Idempotency-Key, X-Player-Token, X-Session-Token,"
                        + " X-Request-Id, traceparent, Last-Event-ID")));
        assertThat(answer.header("Access-Control-Max-Age"), is(Optional.of("7200")));
        assertThat(answer.header("Vary").orElseThrow(), containsString("Origin"));
        assertThat(api.asked(), is(List.of()));
    }

    @Test
    void aPageOfAListedOriginMayReadAnswersAndErrors() {
        for (String token : List.of("good", "bad")) {
            Answer answer = call("GET", "/rooms", "Origin: https://play.example.com", "Authorization: Bearer " + token);
            assertThat(answer.status(), is(token.equals("good") ? 200 : 401));
            assertThat(answer.header("Access-Control-Allow-Origin"), is(Optional.of("https://play.example.com")));
            assertThat(
                    answer.header("Access-Control-Expose-Headers"),
                    is(Optional.of("X-Request-Id, Retry-After, ETag, Idempotent-Replayed, X-RateLimit-Limit,"
                            + " X-RateLimit-Remaining, X-RateLimit-Reset")));
        }
    }

    @Test
    void aPageOfAForeignOriginIsToldNothing() {
        for (String method : List.of("GET", "OPTIONS")) {
            Answer answer = call(
                    method,
                    "/rooms",
                    "Origin: https://evil.example.com",
                    "Access-Control-Request-Method: GET",
                    "Authorization: Bearer good");
            assertThat(answer.header("Access-Control-Allow-Origin"), is(Optional.empty()));
            assertThat(answer.header("Access-Control-Allow-Methods"), is(Optional.empty()));
            assertThat(answer.header("Access-Control-Allow-Credentials"), is(Optional.empty()));
            assertThat(answer.header("Vary").orElseThrow(), containsString("Origin"));
        }
    }

    @Test
    void optionsAloneTellsTheMethods() {
        Answer answer = call("OPTIONS", "/games/move");
        assertThat(answer.status(), is(204));
        assertThat(answer.header("Allow"), is(Optional.of("POST")));
    }

    @Test
    void anAnswerWithoutABodyHasNoLengthAndTheConnectionGoesOn() {
        Answer document = call("GET", "/openapi");
        String tag = "If-None-Match: " + document.header("ETag").orElseThrow();
        for (Answer bare : List.of(call("GET", "/openapi", tag), call("OPTIONS", "/games/move"))) {
            assertThat(bare.head(), bare.header("Content-Length"), is(Optional.empty()));
            assertThat(bare.head(), bare.status() == 204 || bare.status() == 304, is(true));
        }
        assertThat(call("GET", "/nope").header("Content-Length").isPresent(), is(true));
    }

    @Test
    void everyAnswerHasTheHeadersThatKeepABrowserSafe() {
        for (String path : List.of("/health", "/nope", "/rooms", "/")) {
            Answer answer = call("GET", path);
            assertThat(answer.header("X-Content-Type-Options"), is(Optional.of("nosniff")));
            assertThat(answer.header("X-Frame-Options"), is(Optional.of("DENY")));
            assertThat(answer.header("Referrer-Policy"), is(Optional.of("no-referrer")));
            assertThat(answer.header("Content-Security-Policy").orElseThrow(), containsString("default-src 'none'"));
            assertThat(answer.header("Server"), is(Optional.empty()));
            assertThat(answer.header("Cache-Control"), is(Optional.of("no-store")));
        }
    }
}
