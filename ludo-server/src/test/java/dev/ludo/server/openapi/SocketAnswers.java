package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.openapi.DocumentedCalls.Seen;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;

/** Opens sockets, and has them refused in every way. */
final class SocketAnswers {
    private static final String SOCKET = "GET /ws/game/{code}";
    private static final String GOOD = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private final DocumentedCalls calls;

    SocketAnswers(DocumentedCalls calls) {
        this.calls = calls;
    }

    void all() throws IOException {
        try (FakeLudo fake = FakeLudo.start();
                LudoServer proxy = LudoServer.start(ProxyTest.config(fake))) {
            assertThat(open(proxy.port(), "K7Q2MX", GOOD + "Sec-WebSocket-Protocol: ludo.v1\r\n"), is(101));
            assertThat(open(proxy.port(), "K7Q2MX", GOOD), is(101));
            assertThat(open(proxy.port(), "K7Q2MX", "Sec-WebSocket-Version: 13\r\n"), is(400));
            assertThat(open(proxy.port(), "K7Q2MX", GOOD + "Origin: https://elsewhere.test\r\n"), is(403));
            assertThat(open(proxy.port(), "abc", GOOD), is(404));
        }
        try (StubUpstream api = new StubUpstream()) {
            ServerConfig config = ProxyTest.config(api.uri());
            assertThat(open(config.withProxyTokens(Secret.of("good"))), is(401));
            SocketConfig sockets = SocketConfig.of(SocketConfig.besides(api.uri()));
            assertThat(open(config.withSockets(sockets.withLimits(0, 1))), is(429));
            assertThat(open(config.withSockets(sockets.withLimits(1, 0))), is(503));
            assertThat(open(config), is(502));
            api.answers(401, "");
            assertThat(open(config), is(502));
        }
    }

    /** Opens one to an API that does not answer. */
    void late(int port) {
        assertThat(open(port, "K7Q2MX", GOOD), is(504));
    }

    private int open(ServerConfig config) {
        try (LudoServer proxy = LudoServer.start(config)) {
            return open(proxy.port(), "K7Q2MX", GOOD);
        }
    }

    private int open(int port, String code, String headers) {
        try (RawCaller caller = new RawCaller(port)) {
            caller.write("GET /ws/game/" + code + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\n" + headers + "\r\n");
            RawCaller.Answer answer = caller.read();
            calls.check(SOCKET, Seen.of(answer));
            return answer.status();
        }
    }
}
