package dev.ludo.server.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.RawCaller.Answer;
import dev.ludo.server.StubUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that write what two servers could read in two ways, or that take for ever. */
class HostilePeersTest extends ProxyTest {
    private static final String POST = "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // where the body ends could be read in two ways
                POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
                POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                POST + "Content-Length: 2\r\ncontent-length: 3\r\n\r\n{}",
                POST + "Content-Length: 2, 2\r\n\r\n{}",
                POST + "Content-Length: +2\r\n\r\n{}",
                POST + "Content-Length: -2\r\n\r\n{}",
                POST + "Content-Length: 0x2\r\n\r\n{}",
                POST + "Content-Length: 2 2\r\n\r\n{}",
                POST + "Content-Length:\r\n\r\n{}",
                POST + "Content-Length : 2\r\n\r\n{}",
                POST + "Content-Length: 9999999999999999999\r\n\r\n{}",
                POST + "Transfer-Encoding: gzip\r\n\r\n",
                POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                // where a line ends
                POST + "X-A: b\r\n Content-Length: 2\r\n\r\n{}",
                POST + "X-A: b\r\n\tc\r\n\r\n",
                POST + "X-A: b\nContent-Length: 2\r\n\r\n{}",
                POST + "X-A: b\rContent-Length: 2\r\n\r\n{}",
                "GET /rooms HTTP/1.1\nHost: a\n\n",
                "GET /rooms HTTP/1.1\r\nHost: a\r\n\n",
                // what a header is
                POST + "no colon\r\n\r\n",
                POST + ": no name\r\n\r\n",
                POST + "X A: b\r\n\r\n",
                POST + "X-A: b\u0000c\r\n\r\n",
                POST + "X\u00e4: b\r\n\r\n",
                // what a request line is
                "GET  /rooms HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /rooms  HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /ro oms HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /rooms HTTP/1.1 \r\nHost: a\r\n\r\n",
                "get /rooms HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /rooms#x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /r\u00e4ms HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET\t/rooms\tHTTP/1.1\r\nHost: a\r\n\r\n",
                " GET /rooms HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /rooms HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /rooms HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET /rooms\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /rooms HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u00a5\u0001\n\r\n\r\n",
                // what a chunk is
                CHUNKED + "2\n{}\r\n0\r\n\r\n",
                CHUNKED + "+2\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "0x2\r\n{}\r\n0\r\n\r\n",
                CHUNKED + " 2\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "2 x\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "zz\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "1\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "3\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "2\r\n{}0\r\n\r\n",
                CHUNKED + "2;a\rb\r\n{}\r\n0\r\n\r\n",
                CHUNKED + "ffffffffffffffff2\r\n{}\r\n0\r\n\r\n"
            })
    void whatCouldBeReadInTwoWaysIsRefusedAndTheConnectionClosed(String request) {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write(request + "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
            Answer answer = caller.read();
            assertThat(answer.status(), is(400));
            assertThat(answer.body(), containsString("\"code\":\"MALFORMED_REQUEST\""));
            assertThat(answer.header("Connection"), is(Optional.of("close")));
            assertThat(answer.header("X-Request-Id").isPresent(), is(true));
            // what was smuggled behind it is never served
            assertThat(caller.ends(), is(true));
        }
        assertThat(api.asked(), is(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2\r\n{}\r\n0\r\n\r\n",
                "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
                "0002\r\n{}\r\n000\r\n\r\n",
                "2;name=value\r\n{}\r\n0;last\r\n\r\n",
                "2 ; a=\"b\"\r\n{}\r\n0\r\nX-Trailer: a\r\nY: b\r\n\r\n"
            })
    void chunksAreReadAsTheyAreMeantAndTheConnectionGoesOn(String body) {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            for (int i = 0; i < 2; i++) {
                // byte by byte, so that every state is waited in
                for (char c : (CHUNKED + body).toCharArray()) {
                    caller.write(String.valueOf(c));
                }
                assertThat(caller.read().status(), is(200));
            }
            assertThat(api.asked().size(), is(2));
        }
    }

    @Test
    void requestsThatFollowAtOnceAreServedInOrder() {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            String post = POST + "Content-Length: 16\r\n\r\n{\"maxPlayers\":2}";
            caller.write("\r\n" + post + post + CHUNKED + "2\r\n{}\r\n0\r\n\r\n"
                    + "GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /no");
            for (int i = 0; i < 3; i++) {
                assertThat(caller.read().status(), is(200));
            }
            assertThat(caller.read().body(), containsString("\"ok\""));
            caller.write("pe HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(caller.read().status(), is(404));
        }
        assertThat(api.asked().size(), is(3));
    }

    @Test
    void whoeverWaitsToBeAskedForTheBodyIsAsked() {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write(POST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(caller.read().status(), is(100));
            caller.write("{}");
            assertThat(caller.read().status(), is(200));
            caller.write(POST + "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n");
            assertThat(caller.read().status(), is(413)); // and is not asked for what is refused anyway
        }
    }

    @Test
    void http10IsServedAndItsConnectionClosed() {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            Answer answer = caller.read();
            assertThat(answer.status(), is(200));
            assertThat(answer.header("Connection"), is(Optional.of("close")));
            assertThat(caller.ends(), is(true));
        }
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write("POST /rooms HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{");
            caller.write("}");
            assertThat(caller.read().status(), is(200));
            assertThat(caller.ends(), is(true));
        }
        assertThat(api.asked().size(), is(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{",
                CHUNKED + "5\r\n{",
                "GET /rooms HT"
            })
    void aRequestThatEndsEarlyIsToldSo(String part) {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write(part);
            caller.endInput();
            assertThat(caller.read().status(), is(400));
            assertThat(caller.ends(), is(true));
        }
    }

    @Test
    void aHeadOf16KibibytesIsReadAndALargerOneRefused() {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            String head = "GET /health HTTP/1.1\r\nHost: a\r\nX-Big: \r\n\r\n";
            caller.write(head.replace("Big: ", "Big: " + "x".repeat(16 * 1024 - head.length())));
            assertThat(caller.read().status(), is(200));
            caller.write(head.replace("Big: ", "Big: " + "x".repeat(16 * 1024 - head.length() + 1)));
            Answer answer = caller.read();
            assertThat(answer.status(), is(400));
            assertThat(
                    answer.body(),
                    containsString("can be served: a request line and headers of more than 16384 bytes."));
            assertThat(caller.ends(), is(true));
        }
    }

    @Test
    void aConnectionOnWhichNothingIsAskedIsClosedWithoutAWord() {
        WireLimits short1 =
                new WireLimits(16 * 1024, Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(200));
        try (LudoServer quick = LudoServer.start(config(api.uri()).withGuard(GuardConfig.DEFAULT.withWire(short1)));
                RawCaller silent = new RawCaller(quick.port());
                RawCaller idle = new RawCaller(quick.port())) {
            idle.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(idle.read().status(), is(200));
            assertThat(silent.ends(), is(true));
            assertThat(idle.ends(), is(true));
        }
    }

    @Test
    void aServerThatEndsLetsTheCallInFlightFinishAndClosesIdleConnections() throws Exception {
        try (RawCaller idle = new RawCaller(proxy.port());
                RawCaller calling = new RawCaller(proxy.port())) {
            idle.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(idle.read().header("Connection"), is(not(Optional.of("close"))));
            StubUpstream.Gate gate = api.holds();
            calling.write("GET /rooms HTTP/1.1\r\nHost: a\r\n\r\n");
            gate.awaitCall();
            Thread closing = Thread.startVirtualThread(proxy::close);
            assertThat(idle.ends(), is(true));
            gate.open();
            Answer answer = calling.read();
            assertThat(answer.status(), is(200));
            assertThat(answer.header("Connection"), is(Optional.of("close")));
            closing.join();
        }
    }
}
