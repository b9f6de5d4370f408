package dev.ludo.client;

import static dev.ludo.client.Eventually.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt over a real connection, seen from a server that writes what it likes. */
class HttpCallTest {
    private static final ApiRequest GET = ApiRequest.get("/health");
    private static final Duration SHORT = Duration.ofMillis(100);

    private static LudoClient client(URI uri, UnaryOperator<LudoClientBuilder> settings) {
        return settings.apply(
                        LudoClient.builder().baseUri(uri).apiKey("lk_test_demo").retry(RetryConfig.NONE))
                .build();
    }

    private static LudoClient client(RawApi api) {
        return client(api.uri(), settings -> settings);
    }

    @Test
    void oneConnectionCarriesManyCalls() throws IOException {
        try (RawApi api = RawApi.answering(RawApi.OK);
                LudoClient client = client(api)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.health().isOk(), is(true));
            }
            assertThat(api.connections(), is(1));
            assertThat(client.poolState(), is(new PoolState(1, 1, 0, 0)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\nB\r\nhello world\r\n0\r\nX-T: 1\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world"
            })
    void bodiesOfEveryFormAreReadAndLeaveTheConnectionUsable(String answer) throws IOException {
        try (RawApi api = RawApi.answering(answer);
                LudoClient client = client(api)) {
            for (int i = 0; i < 3; i++) {
                assertThat(new String(client.send(GET).body(), UTF_8), is("hello world"));
            }
            assertThat(api.connections(), is(1));
        }
    }

    @Test
    void answersWithoutABodyHaveNone() throws IOException {
        String noContent = "HTTP/1.1 204 No Content\r\n\r\n";
        String notModified = "HTTP/1.1 304 Not Modified\r\nContent-Length: 11\r\nETag: \"a\"\r\n\r\n";
        try (RawApi api = RawApi.answering(List.of(noContent, notModified, RawApi.OK));
                LudoClient client = client(api)) {
            assertThat(client.send(GET).body().length, is(0));
            ApiAnswer second = client.send(GET);
            assertThat(second.body().length, is(0));
            assertThat(second.headers().get("etag"), is(List.of("\"a\"")));
            assertThat(client.health().isOk(), is(true));
            assertThat(api.connections(), is(1));
        }
    }

    @Test
    void aBodyThatEndsWithTheConnectionIsReadToItsEnd() throws IOException {
        try (RawApi api = new RawApi((asked, socket, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\nhello".getBytes(ISO_8859_1));
                    return false;
                });
                LudoClient client = client(api)) {
            assertThat(new String(client.send(GET).body(), UTF_8), is("hello"));
            assertThat(client.poolState().open(), is(0));
        }
    }

    @Test
    void aConnectionThatIsToBeClosedIsClosed() throws IOException {
        try (RawApi api = RawApi.answering(RawApi.answer(200, "{}", "Connection: keep, Close"));
                LudoClient client = client(api)) {
            client.send(GET);
            assertThat(client.poolState().open(), is(0));
            await("the server sees the end", () -> api.open() == 0);
        }
    }

    @Test
    void packedAnswersAreUnpackedWithinTheLimit() throws IOException {
        try (RawApi api = packed("{\"success\":true,\"data\":{\"status\":\"ok\"}}".getBytes(UTF_8));
                LudoClient client = client(api)) {
            assertThat(client.health().isOk(), is(true));
            assertThat(api.asked.getFirst().headers().get("accept-encoding"), is("gzip"));
            assertThat(client.send(GET).headers().containsKey("Content-Encoding"), is(false));
        }
        try (RawApi bomb = packed(new byte[1024 * 1024 + 1]);
                LudoClient client = client(bomb)) {
            assertThat(
                    assertThrows(TransportException.class, () -> client.send(GET))
                            .getMessage(),
                    containsString("more than 1048576 bytes"));
        }
    }

    @Test
    void aPackingThatNobodyAskedForCannotBeRead() throws IOException {
        try (RawApi api = RawApi.answering(RawApi.answer(200, "{}", "Content-Encoding: br"));
                LudoClient client = client(api)) {
            assertThat(
                    assertThrows(TransportException.class, () -> client.send(GET))
                            .getMessage(),
                    containsString("in a content encoding that nobody asked for"));
        }
    }

    @Test
    void aKeyThatCannotBeHadIsSaidAsItIs() throws IOException {
        try (RawApi api = RawApi.answering(RawApi.OK);
                LudoClient client = client(
                        api.uri(),
                        s -> s.apiKey(() -> {
                            throw new IllegalStateException("the vault is shut");
                        }))) {
            assertThat(
                    assertThrows(IllegalStateException.class, () -> client.send(GET))
                            .getMessage(),
                    is("the vault is shut"));
            assertThat(api.asked.size() + client.poolState().calls(), is(0));
        }
    }

    private static RawApi packed(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(body);
        }
        return RawApi.answering(RawApi.answer(200, packed.toString(ISO_8859_1), "Content-Encoding: gzip"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: magic\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n"
            })
    void whatIsNoProperAnswerIsATransportFailureAndEndsTheConnection(String answer) throws IOException {
        try (RawApi api = RawApi.answering(answer);
                LudoClient client = client(api)) {
            assertThrows(TransportException.class, () -> client.send(GET));
            assertThat(client.poolState().open(), is(0));
        }
    }

    @Test
    void aRestartedServerCostsNobodyAnything() throws IOException {
        try (RawApi api = RawApi.answering(RawApi.OK);
                LudoClient client = client(api)) {
            client.health();
            api.hangUp();
            assertThat(
                    "a POST has a key", client.send(ApiRequest.post("/rooms")).status(), is(200));
            assertThat(client.send(GET).attempts(), is(1));
        }
    }

    @Test
    void idleConnectionsGrowOldAndGo() throws IOException {
        try (RawApi api = RawApi.answering(RawApi.OK);
                LudoClient client = client(api.uri(), s -> s.pool(new PoolConfig(20, Duration.ofMillis(1))))) {
            client.health();
            await("the connection is gone", () -> client.poolState().open() == 0);
        }
    }

    @Test
    void aSilentServerEndsInATimeoutForEachKindOfSilence() throws Exception {
        try (RawApi silent = new RawApi((asked, socket, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(ISO_8859_1));
                    return true;
                });
                LudoClient client = client(silent.uri(), s -> s.readTimeout(SHORT))) {
            TimeoutExceededException e = assertThrows(TimeoutExceededException.class, () -> client.send(GET));
            assertThat(e.getMessage(), is("GET /health was not answered in time"));
            assertThat(client.poolState().open(), is(0));
        }
        try (ServerSocket accepts = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LudoClient client = client(
                        URI.create("https://127.0.0.1:" + accepts.getLocalPort()), s -> s.connectTimeout(SHORT))) {
            assertThrows(TimeoutExceededException.class, () -> client.send(GET));
            assertThat(client.poolState().open(), is(0));
        }
    }

    @Test
    void aServerThatTakesNothingEndsInATimeout() throws Exception {
        try (ServerSocket takesNothing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LudoClient client = client(
                        URI.create("http://127.0.0.1:" + takesNothing.getLocalPort()), s -> s.writeTimeout(SHORT))) {
            Map<String, String> big = Map.of("big", "x".repeat(20_000_000));
            assertThrows(TimeoutExceededException.class, () -> client.post(big, "/rooms"));
            assertThat(client.poolState().open(), is(0));
        }
    }

    @Test
    void aServerThatDribblesEndsAtTheDeadline() throws IOException {
        try (RawApi dribbles = new RawApi((asked, socket, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(ISO_8859_1));
                    while (true) { // there is always a byte in time, and no end to them until the client has gone
                        out.write('x');
                    }
                });
                LudoClient client = client(dribbles.uri(), s -> s.deadline(Duration.ofMillis(200)))) {
            TimeoutExceededException e = assertThrows(TimeoutExceededException.class, () -> client.send(GET));
            assertThat(e.getMessage(), is("GET /health did not end by its deadline of 200 ms"));
        }
    }

    @Test
    void anInterruptEndsAnAttemptAtOnceWithTheFlagSet() throws Exception {
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        try (RawApi silent = new RawApi((asked, socket, out) -> {
                    waiting.get().interrupt();
                    return true;
                });
                LudoClient client = client(silent.uri(), s -> s.retry(RetryConfig.DEFAULT))) {
            waiting.complete(Thread.currentThread());
            TransportException e = assertThrows(TransportException.class, () -> client.send(GET));
            assertThat(Thread.interrupted(), is(true));
            assertThat(e.getMessage(), is("GET /health was interrupted"));
            assertThat(silent.asked.size(), is(1));
        }
    }

    @Test
    void aKeyThatIsRotatedIsUsedFromTheNextCallOn() throws IOException {
        Secret[] key = {Secret.of("lk_first")};
        try (RawApi api = RawApi.answering(RawApi.OK);
                LudoClient client =
                        client(api.uri(), s -> s.apiKey(() -> key[0]).userAgent("game/1.0"))) {
            client.health();
            key[0] = Secret.of("lk_second");
            client.health();
            assertThat(api.asked.get(0).headers().get("authorization"), is("Bearer lk_first"));
            assertThat(api.asked.get(1).headers().get("authorization"), is("Bearer lk_second"));
            assertThat(api.asked.get(0).headers().get("user-agent"), is("game/1.0"));
        }
    }

    @Test
    void closingEndsCallsUnderWayAndLaterOnes() throws Exception {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        try (RawApi silent = new RawApi((asked, socket, out) -> arrived.complete(null));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LudoClient client = client(silent);
            Future<Throwable> call = threads.submit(() -> assertThrows(CallException.class, () -> client.send(GET)));
            arrived.get();
            client.close();
            assertThat(call.get(), instanceOf(TransportException.class));
            assertThrows(IllegalStateException.class, () -> client.send(GET));
        }
    }

    @Test
    void optionsHoldForTheViewAndForNothingElse() throws IOException {
        try (RawApi api = RawApi.answering(RawApi.OK);
                LudoClient client = client(api)) {
            CallOptions options = CallOptions.NONE
                    .withIdempotencyKey("mine")
                    .withPlayerToken(Secret.of("seat-token"))
                    .withSessionToken(Secret.of("session-token"))
                    .withHeader("traceparent", "00-a-b-01")
                    .withDeadline(Duration.ofSeconds(3));
            client.with(options).post(Map.of(), "/rooms");
            client.health();
            Map<String, String> first = api.asked.get(0).headers();
            assertThat(first.get("idempotency-key"), is("mine"));
            assertThat(first.get("x-player-token"), is("seat-token"));
            assertThat(first.get("x-session-token"), is("session-token"));
            assertThat(first.get("traceparent"), is("00-a-b-01"));
            assertThat(api.asked.get(1).headers().keySet().toString(), not(containsString("x-player-token")));
        }
    }

    @Test
    void aProxyReadsRequestsToPlainServersAndIsToldWho() throws IOException {
        try (RawApi proxy = RawApi.answering(RawApi.OK);
                LudoClient client = client(
                        URI.create("http://127.0.0.1:9/v1"),
                        s -> s.httpProxy(
                                URI.create("http://127.0.0.1:" + proxy.port()), "ann", Secret.of("pass-word")))) {
            assertThat(client.health().isOk(), is(true));
            assertThat(proxy.asked.getFirst().target(), is("http://127.0.0.1:9/v1/health"));
            assertThat(proxy.asked.getFirst().headers().get("proxy-authorization"), is("Basic YW5uOnBhc3Mtd29yZA=="));
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws IOException {
        try (RawApi proxy = RawApi.answering(RawApi.answer(407, "who?"));
                LudoClient client = client(
                        URI.create("https://127.0.0.1:9/v1"),
                        s -> s.httpProxy(URI.create("http://127.0.0.1:" + proxy.port())))) {
            TransportException e = assertThrows(TransportException.class, () -> client.send(GET));
            assertThat(String.valueOf(e.getCause()), containsString("refused with 407"));
            assertThat(
                    proxy.asked.getFirst().method()
                            + ' '
                            + proxy.asked.getFirst().target(),
                    is("CONNECT 127.0.0.1:9"));
            assertThat(proxy.asked.getFirst().headers().containsKey("authorization"), is(false));
        }
    }
}
