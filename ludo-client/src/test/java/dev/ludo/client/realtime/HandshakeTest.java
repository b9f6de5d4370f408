package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.CallException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an opening when the API does not upgrade as it should. Nothing is ever left of the connection. */
@Timeout(60)
class HandshakeTest {
    private static CallException failure(PeerServer server, RoomSocketsBuilder builder) throws IOException {
        try (RoomSockets sockets = builder.build()) {
            CallException e = assertThrows(
                    CallException.class,
                    () -> sockets.join(RoomCode.of("K7Q2MX"), Secret.of("pt_token_123456"))
                            .open());
            assertThat(e.method(), is("GET"));
            assertThat(e.path(), is("/ws"));
            assertThat(e.getMessage(), not(containsString("secret")));
            assertThat(server.isLetGo(), is(true));
            return e;
        }
    }

    private static CallException failure(String answer) throws IOException {
        try (PeerServer server = new PeerServer(answer)) {
            return failure(server, server.sockets());
        }
    }

    @Test
    void aRefusalHasItsStatusCodeAndWait() throws IOException {
        String body = "{\"success\":false,\"data\":null,\"error\":\"bad key\",\"code\":\"UNAUTHORIZED\"}";
        RejectedException e = (RejectedException)
                failure("HTTP/1.1 401 Unauthorized|Retry-After: 7|Content-Length: " + body.length() + "||" + body);
        assertThat(e.status(), is(401));
        assertThat(e.code(), is(ErrorCode.UNAUTHORIZED));
        assertThat(e.retryAfter(), is(Optional.of(Duration.ofSeconds(7))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK|Content-Length: 0||",
                "HTTP/1.1 302 Found|Location: http://127.0.0.1:1/|Content-Length: 0||",
                "HTTP/1.1 503 Unavailable|Content-Length: 5||sorry"
            })
    void whateverIsNoUpgradeIsARefusal(String answer) throws IOException {
        assertThat(failure(answer), is(instanceOf(RejectedException.class)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 X|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: AAAA%s||",
                "HTTP/1.1 101 X|Upgrade: websocket|Connection: Upgrade||",
                "HTTP/1.1 101 X|Upgrade: websocket|Connection: close|Sec-WebSocket-Accept: %s||",
                "HTTP/1.1 101 X|Upgrade: h2c|Connection: Upgrade|Sec-WebSocket-Accept: %s||",
                "HTTP/1.1 101 X|Connection: Upgrade|Sec-WebSocket-Accept: %s||",
                "HTTP/1.1 101 X|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: %s|"
                        + "Sec-WebSocket-Extensions: permessage-deflate||",
                "HTTP/1.1 101 X|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: %s|"
                        + "Sec-WebSocket-Protocol: ludo.v1||"
            })
    void anUpgradeThatBreaksTheRfcIsNone(String answer) throws IOException {
        CallException e = failure(answer);
        assertThat(e, is(instanceOf(TransportException.class)));
        assertThat(e.getMessage(), containsString("bad upgrade"));
    }

    @Test
    void whatIsNoHttpIsATransportFailure() throws IOException {
        assertThat(failure("SSH-2.0-OpenSSH||"), is(instanceOf(TransportException.class)));
    }

    @Test
    void aSilentApiTimesOut() throws IOException {
        try (PeerServer server = new PeerServer("")) {
            CallException e = failure(
                    server,
                    server.sockets().connectTimeout(Duration.ofSeconds(5)).handshakeTimeout(Duration.ofMillis(300)));
            assertThat(e, is(instanceOf(TimeoutExceededException.class)));
        }
    }

    @Test
    void nobodyListeningIsATransportFailure() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        Secret key = Secret.of("lk_test_secret_key");
        try (RoomSockets sockets = RoomSockets.builder()
                .uri("ws://127.0.0.1:" + port + "/ws")
                .apiKey(() -> key)
                .build()) {
            assertThrows(
                    TransportException.class,
                    () -> sockets.watch(RoomCode.of("K7Q2MX")).open());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://example.com/ws",
                "http://127.0.0.1/ws",
                "wss://key@example.com/ws",
                "wss://example.com/ws?a=b"
            })
    void aKeyIsNotSentWhereItMustNotGo(String uri) {
        RoomSocketsBuilder builder = RoomSockets.builder().uri(uri).apiKey(() -> Secret.of("lk"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
        assertThat(e.getMessage(), containsString("wsUri"));
        assertThat(e.getMessage(), not(containsString("key@")));
    }
}
