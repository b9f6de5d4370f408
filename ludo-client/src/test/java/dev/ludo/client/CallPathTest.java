package dev.ludo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.http.HttpCaller;
import dev.ludo.client.resilience.BulkheadConfig;
import dev.ludo.client.resilience.CircuitBreaker;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.NotSentException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.Health;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a call is tried again, when it is not, and what it says in the end. In virtual time, without a network. */
class CallPathTest {
    private static final ApiRequest GET = ApiRequest.get("/health");
    private static final String OK = "{\"success\":true,\"data\":{\"status\":\"ok\"}}";

    /** Chance that always gives the longest wait. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private final VirtualTime time = new VirtualTime();
    private final Deque<Object> script = new ArrayDeque<>();
    private final List<ApiRequest> sent = new ArrayList<>();

    private CallPath path(UnaryOperator<LudoClientBuilder> settings) {
        LudoClientBuilder builder = LudoClient.builder()
                .apiKey("lk_test_demo")
                .clock(time.clock())
                .random(LONGEST)
                .time(time, time);
        return new CallPath(new LudoClientConfig(settings.apply(builder)), (request, deadline) -> {
            sent.add(request);
            Object next = script.size() > 1 ? script.poll() : script.element();
            return switch (next) {
                case HttpCaller.Answer answer -> answer;
                case IOException e -> throw e;
                case Runnable wait -> {
                    wait.run();
                    throw new SocketTimeoutException("late");
                }
                default -> throw new AssertionError(next);
            };
        });
    }

    private CallPath path(Object... steps) {
        script.addAll(Arrays.asList(steps));
        return path(settings -> settings);
    }

    private static HttpCaller.Answer answer(int status, String... headers) {
        WritableHeaders<?> all = WritableHeaders.create();
        for (String header : headers) {
            String[] pair = header.split(": ", 2);
            all.add(HeaderNames.create(pair[0]), pair[1]);
        }
        return new HttpCaller.Answer(status, all, (status == 200 ? OK : "").getBytes(UTF_8));
    }

    private static Health health(CallPath path) {
        return new Caller(path, CallOptions.NONE).call(GET, Health.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void whatMayPassIsTriedThreeTimes(int status) {
        RejectedException e = assertThrows(RejectedException.class, () -> health(path(answer(status))));
        assertThat(sent.size(), is(3));
        assertThat(e.attempts(), is(3));
        assertThat(e.getMessage(), is("GET /health was rejected (HTTP " + status + ") (3 attempts)"));
        assertThat(e.getSuppressed().length, is(2));
        assertThat(((CallException) e.getSuppressed()[0]).attempts(), is(1));
        assertThat(((CallException) e.getSuppressed()[1]).attempts(), is(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 409, 413, 422, 501})
    void whatWillNotPassIsNot(int status) {
        assertThrows(RejectedException.class, () -> health(path(answer(status))));
        assertThat(sent.size(), is(1));
        assertThat(time.slept, is(List.of()));
    }

    @Test
    void networkFailuresAreTriedAgain() {
        assertThat(
                health(path(new ConnectException("no"), new EOFException("cut"), answer(200)))
                        .isOk(),
                is(true));
        assertThat(sent.size(), is(3));
    }

    @Test
    void aServerThatIsNotWhoItShouldBeIsAskedOnce() {
        SSLHandshakeException e = new SSLHandshakeException("untrusted");
        e.initCause(new CertificateException("unknown issuer"));
        assertThrows(TransportException.class, () -> health(path(e)));
        assertThat(sent.size(), is(1));
    }

    @Test
    void theWaitsGrowAndAreAtMostTheirLimits() {
        assertThrows(RejectedException.class, () -> {
            script.add(answer(503));
            health(path(s -> s.retry(RetryConfig.DEFAULT.withAttempts(5))));
        });
        assertThat(
                time.slept,
                is(List.of(
                        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))));
    }

    @Test
    void allAttemptsOfAPostCarryOneKeyAndTwoPostsTwo() {
        CallPath path = path(answer(503), answer(200), answer(200));
        path.send(ApiRequest.post("/rooms"));
        path.send(ApiRequest.post("/rooms"));
        List<String> keys =
                sent.stream().map(r -> r.idempotencyKey().orElseThrow()).toList();
        assertThat(keys.get(1), is(keys.get(0)));
        assertThat(keys.get(2).equals(keys.get(0)), is(false));
    }

    @Test
    void aDeleteIsTriedAgain() {
        assertThat(
                path(new EOFException("cut"), answer(204))
                        .send(ApiRequest.delete("/webhooks/{id}", "w"))
                        .status(),
                is(204));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | Retry-After: 3 | 3000",
                "503 | Retry-After: Thu, 01 Jan 2026 00:00:04 GMT | 4000",
                "429 | X-RateLimit-Reset: 1767225605 | 5000",
                "429 | X-RateLimit-Reset: 1767225602500 | 2500",
                "503 | X-RateLimit-Reset: 1767225605 | 500",
                "429 | Retry-After: 0 | 500",
                "429 | Retry-After: soon | 500"
            })
    void aHintIsAFloor(int status, String header, long millis) {
        health(path(answer(status, header), answer(200)));
        assertThat(time.slept, is(List.of(Duration.ofMillis(millis))));
    }

    @Test
    void aHintPastTheDeadlineIsHandedToTheCallerAtOnce() {
        RejectedException e =
                assertThrows(RejectedException.class, () -> health(path(answer(429, "Retry-After: 431000"))));
        assertThat(e.retryAfter(), is(Optional.of(Duration.ofSeconds(431_000))));
        assertThat(e.getMessage(), containsString("try again in 431000 s"));
        assertThat(time.slept, is(List.of()));
    }

    @Test
    void theDeadlineBoundsAttemptsAndWaits() {
        Runnable fourteen = () -> time.pass(Duration.ofSeconds(14));
        TimeoutExceededException e =
                assertThrows(TimeoutExceededException.class, () -> health(path(fourteen, fourteen)));
        assertThat(e.getMessage(), is("GET /health did not end by its deadline of 15000 ms (2 attempts)"));
        assertThat(e.getSuppressed()[0], instanceOf(TimeoutExceededException.class));
        assertThat(sent.size(), is(2));
    }

    @Test
    void aCallMayHaveADeadlineOfItsOwn() {
        CallPath path = path(answer(503));
        assertThat(path.send(GET.deadline(Duration.ofMillis(500))).attempts(), is(1));
        assertThat(path.send(GET.deadline(Duration.ofMillis(501))).attempts(), is(2));
    }

    @Test
    void theBudgetIsSharedAndRunsDry() {
        script.add(answer(503));
        CallPath path = path(s -> s.retry(RetryConfig.DEFAULT.withBudget(15, 5)));
        path.send(GET);
        path.send(GET);
        path.send(GET);
        assertThat(sent.size(), is(3 + 2 + 1));
        script.clear();
        script.add(answer(200));
        for (int i = 0; i < 5; i++) {
            path.send(GET);
        }
        script.clear();
        script.add(answer(503));
        assertThat("five successes pay for one retry", path.send(GET).attempts(), is(2));
    }

    @Test
    void anOpenCircuitIsNotAskedAndSaysWhenItMayBe() {
        CallPath path = path(answer(500));
        while (path.breaker.state() == CircuitBreaker.State.CLOSED) {
            path.send(GET);
        }
        assertThat(sent.size(), is(20));
        NotSentException e = assertThrows(NotSentException.class, () -> path.send(GET));
        assertThat(e.reason(), is(NotSentException.Reason.CIRCUIT_OPEN));
        assertThat(e.attempts(), is(0));
        assertThat(e.retryAfter(), is(path.breaker.retryAfter()));
        assertThat(
                e.getMessage(),
                containsString("GET /health was not sent: the circuit of api.ludokingapi.site is open"));
        assertThat(sent.size(), is(20));
    }

    @Test
    void aCallThatFindsTheCircuitOpenInTheMiddleEndsWithItsLastFailure() {
        script.add(answer(500));
        CallPath path = path(s ->
                s.retry(RetryConfig.DEFAULT.withAttempts(30).withWaits(Duration.ofMillis(1), Duration.ofMillis(1))));
        RejectedException e = assertThrows(RejectedException.class, () -> health(path));
        assertThat(e.attempts(), is(20));
        assertThat(e.getSuppressed().length, is(20));
        assertThat(e.getSuppressed()[19], instanceOf(NotSentException.class));
        assertThat(Arrays.asList(e.getSuppressed()).subList(0, 19).contains(e), is(false));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 422, 429})
    void whatTheCallerDidWrongDoesNotOpenTheCircuit(int status) {
        script.add(answer(status));
        CallPath path = path(s -> s.retry(RetryConfig.NONE));
        for (int i = 0; i < 100; i++) {
            path.send(GET);
        }
        assertThat(path.breaker.state(), is(CircuitBreaker.State.CLOSED));
    }

    @Test
    void callersInAHurryDoNotOpenTheCircuit() {
        Runnable slow = () -> time.pass(Duration.ofMillis(20));
        CallPath path = path(slow);
        for (int i = 0; i < 100; i++) {
            assertThrows(TimeoutExceededException.class, () -> path.send(GET.deadline(Duration.ofMillis(10))));
        }
        assertThat(path.breaker.state(), is(CircuitBreaker.State.CLOSED));
    }

    @Test
    void aFullBulkheadRefusesInTime() {
        script.add(answer(200));
        CallPath path = path(s -> s.bulkhead(new BulkheadConfig(1, 1, Duration.ofMillis(1))));
        assertThat(path.bulkhead.tryEnter(path.host), is(true));
        NotSentException e = assertThrows(NotSentException.class, () -> path.send(GET));
        assertThat(e.reason(), is(NotSentException.Reason.BULKHEAD_FULL));
        path.bulkhead.leave(path.host);
        assertThat(path.send(GET).status(), is(200));
        assertThat(path.bulkhead.inUse(path.host), is(0));
    }

    @Test
    void aCallThatWaitsForItsNextAttemptHoldsNoPlace() {
        List<Integer> inUse = new ArrayList<>();
        script.addAll(List.of(answer(503), answer(200)));
        CallPath[] path = new CallPath[1];
        path[0] = path(s -> s.time(time, wait -> inUse.add(path[0].bulkhead.inUse(path[0].host))));
        path[0].send(GET);
        assertThat(inUse, is(List.of(0)));
    }

    @Test
    void anInterruptEndsTheWaitAtOnceWithTheFlagSet() {
        script.add(answer(503));
        CallPath path = path(s -> s.time(time, wait -> {
            throw new InterruptedException();
        }));
        TransportException e = assertThrows(TransportException.class, () -> path.send(GET));
        assertThat(Thread.interrupted(), is(true));
        assertThat(e.getMessage(), is("GET /health was interrupted"));
        assertThat(e.getSuppressed()[0], instanceOf(RejectedException.class));
        assertThat(sent.size(), is(1));
    }

    @Test
    void anInterruptedAttemptIsNotTriedAgainAndBlamesNobody() {
        CallPath path = path(new InterruptedIOException("interrupted"));
        for (int i = 0; i < 30; i++) {
            assertThrows(TransportException.class, () -> path.send(GET));
        }
        assertThat(sent.size(), is(30));
        assertThat(path.breaker.state(), is(CircuitBreaker.State.CLOSED));
    }

    @Test
    void whenTheRateLimitIsUsedUpTheNextCallWaitsForItsRenewal() {
        CallPath path = path(answer(200, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1767225604"), answer(200));
        path.send(GET);
        path.send(GET);
        assertThat(time.slept.size(), is(1));
        assertThat(
                time.slept.getFirst(),
                allOf(greaterThanOrEqualTo(Duration.ofSeconds(4)), lessThanOrEqualTo(Duration.ofMillis(4_500))));
    }

    @Test
    void aRenewalPastTheDeadlineIsSaidAtOnceWithoutAsking() {
        CallPath path = path(answer(200, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1767225640"), answer(200));
        path.send(GET);
        NotSentException e = assertThrows(NotSentException.class, () -> path.send(GET));
        assertThat(e.reason(), is(NotSentException.Reason.RATE_LIMITED));
        assertThat(e.retryAfter(), is(Optional.of(Duration.ofSeconds(40))));
        assertThat(sent.size(), is(1));
    }

    @Test
    void holdingBackCanBeSwitchedOff() {
        script.addAll(List.of(answer(200, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1767225640"), answer(200)));
        CallPath path = path(s -> s.adaptToRateLimit(false));
        path.send(GET);
        path.send(GET);
        assertThat(time.slept, is(List.of()));
    }

    @Test
    void aListenerIsToldOfEverythingInOrderAndCannotHarm() {
        List<String> heard = new ArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public void onCallStarted(Call call) {
                heard.add("started " + call.method() + ' ' + call.route() + ' ' + call.path());
            }

            @Override
            public void onAttempt(Call call, int attempt, Outcome outcome, Duration took) {
                heard.add("attempt " + attempt + ' ' + outcome);
                throw new IllegalStateException("a bad listener");
            }

            @Override
            public void onRetry(Call call, int attempt, Outcome outcome, Duration wait) {
                heard.add("retry after " + attempt + " in " + wait);
            }

            @Override
            public void onCallEnded(Call call, int attempts, Outcome outcome, Duration took) {
                heard.add("ended " + attempts + ' ' + outcome + ' ' + took);
            }
        };
        script.addAll(List.of(answer(503), answer(200)));
        path(s -> s.listener(listener)).send(ApiRequest.get("/rooms/{code}", "K7Q2M9"));
        assertThat(
                heard,
                is(List.of(
                        "started GET /rooms/{code} /rooms/K7Q2M9",
                        "attempt 1 Answered[status=503]",
                        "retry after 1 in PT0.5S",
                        "attempt 2 Answered[status=200]",
                        "ended 2 Answered[status=200] PT0.5S")));
    }
}
