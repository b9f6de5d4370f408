package dev.ludo.server.ops;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.json.LudoJson;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.RawCaller.Answer;
import dev.ludo.server.Wire;
import dev.ludo.testkit.FakeLudo;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request has its line, also one that never became a request, and one that became a socket. */
class AccessLogTest {
    private final Logger logger = Logger.getLogger("dev.ludo.access");
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private FakeLudo fake;
    private LudoServer proxy;

    @BeforeEach
    void start() {
        fake = FakeLudo.start();
        proxy = LudoServer.start(ProxyTest.config(fake));
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        proxy.close();
        fake.close();
    }

    // The line is written after the answer, so it is waited for.
    private JsonObject line() throws InterruptedException {
        String line = lines.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing was logged");
        }
        return LudoJson.parseObject(line.getBytes(StandardCharsets.UTF_8), 10_000);
    }

    private static void assertLine(JsonObject line, String method, String route, Answer answer) {
        assertThat(line.getString("method"), is(method));
        assertThat(line.getString("route"), is(route));
        assertThat(line.getInt("status"), is(answer.status()));
        assertThat(line.getString("requestId"), is(answer.header("X-Request-Id").orElseThrow()));
    }

    private Answer sends(String request) {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write(request);
            return caller.read();
        }
    }

    @Test
    void aRequestThatIsRefusedBelowRoutingHasALineWithNothingOfItsOwn() throws Exception {
        for (String request : new String[] {
            "CANARY\r\n\r\n",
            "GET /canary HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /canary HTTP/1.1\r\nHost: a\r\nCanary: " + "x".repeat(17_000) + "\r\n\r\n"
        }) {
            Answer answer = sends(request);
            assertThat(answer.status(), is(400));
            JsonObject line = line();
            assertLine(line, "-", "-", answer);
            assertThat(line.toString().toLowerCase(java.util.Locale.ROOT), not(containsString("canary")));
        }
        assertThat(lines.isEmpty(), is(true));
        try (Wire wire = new Wire(proxy.uri())) {
            assertThat(
                    wire.get("/metrics").text(),
                    containsString("ludo_http_requests_total{method=\"other\",route=\"-\",status=\"400\"} 3.0\n"));
        }
    }

    @Test
    void aRequestThatBecomesASocketHasALineAndSoHasOneThatIsRefused() throws Exception {
        String handshake = String.join(
                "\r\n",
                " HTTP/1.1",
                "Host: a",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        Answer opened = sends("GET /ws/game/K7Q2MX" + handshake);
        assertThat(opened.status(), is(101));
        assertLine(line(), "GET", "/ws/game/{code}", opened);
        Answer refused = sends("GET /ws/game/abc" + handshake);
        assertThat(refused.status(), is(404));
        assertLine(line(), "GET", "/ws/game/{code}", refused);
    }
}
