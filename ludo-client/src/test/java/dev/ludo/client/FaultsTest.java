package dev.ludo.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Health;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of fault, at every stage of a call, for GET and POST: a result, or the right exception before the deadline. */
class FaultsTest {
    private static final int CALLS = Boolean.getBoolean("ludo.soak") ? 10_000 : 1_000;
    private static final String BODY = "{\"success\":true,\"data\":{\"status\":\"ok\"}}";
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    enum Kind {
        STATUS,
        DELAY,
        SLOW_BODY,
        TRUNCATE,
        GARBLE,
        DROP,
        RESET,
        STALL
    }

    enum Stage {
        /** Nothing was done. */
        BEFORE,
        /** It was done, and only the answer is hurt. */
        AFTER,
        /** The answer is hurt in the middle. */
        STREAM
    }

    record Fault(Kind kind, Stage stage) {}

    /** An API that hurts some requests, and does what has a key once. */
    private static final class Faulty implements RawApi.Script {
        private final Set<String> done = ConcurrentHashMap.newKeySet();
        final AtomicInteger doneTwice = new AtomicInteger();
        private final Supplier<@Nullable Fault> next;

        Faulty(Supplier<@Nullable Fault> next) {
            this.next = next;
        }

        @Override
        public boolean serve(RawApi.Asked asked, Socket socket, OutputStream out) throws Exception {
            Fault fault = next.get();
            if (fault == null || fault.stage() != Stage.BEFORE) {
                String key = asked.headers().get("idempotency-key");
                if (asked.method().equals("POST") && (key == null || !done.add(key + asked.body()))) {
                    // Replayed, not done again; without a key it would have been.
                    doneTwice.addAndGet(key == null ? 1 : 0);
                }
            }
            if (fault == null) {
                out.write(RawApi.OK.getBytes(ISO_8859_1));
                return true;
            }
            if (fault.stage() == Stage.STREAM) {
                out.write(RawApi.OK
                        .substring(0, RawApi.OK.length() - BODY.length() / 2)
                        .getBytes(ISO_8859_1));
                out.flush();
            }
            return hurt(fault, socket, out);
        }

        private static boolean hurt(Fault fault, Socket socket, OutputStream out) throws Exception {
            String rest = fault.stage() == Stage.STREAM
                    ? RawApi.OK.substring(RawApi.OK.length() - BODY.length() / 2)
                    : RawApi.OK;
            switch (fault.kind()) {
                case STATUS ->
                    out.write((fault.stage() == Stage.STREAM ? rest : RawApi.answer(503, "")).getBytes(ISO_8859_1));
                case DELAY -> {
                    TimeUnit.MILLISECONDS.sleep(20); // the fault itself
                    out.write(rest.getBytes(ISO_8859_1));
                }
                case SLOW_BODY -> {
                    for (byte one : rest.getBytes(ISO_8859_1)) {
                        out.write(one);
                        out.flush();
                    }
                }
                case TRUNCATE -> {
                    out.write(rest.substring(0, rest.length() / 2).getBytes(ISO_8859_1));
                    return false;
                }
                case GARBLE ->
                    out.write(rest.replace('{', '?').replace('"', '?').getBytes(ISO_8859_1));
                case DROP -> {
                    return false;
                }
                case RESET -> {
                    socket.setSoLinger(true, 0);
                    return false;
                }
                case STALL -> {
                    return socket.getInputStream().read() >= 0; // until the client gives up
                }
            }
            return true;
        }
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Stage.values()).map(stage -> new Fault(kind, stage)))
                .flatMap(fault -> Stream.of("GET", "POST")
                        .flatMap(method ->
                                Stream.of(1, Integer.MAX_VALUE).map(times -> Arguments.of(fault, method, times))));
    }

    @ParameterizedTest(name = "{0} {1} hit {2} times")
    @MethodSource("faults")
    void eachFaultIsSurvivedOrNamed(Fault fault, String method, int times) throws IOException {
        AtomicInteger left = new AtomicInteger(times);
        Faulty faulty = new Faulty(() -> left.getAndDecrement() > 0 ? fault : null);
        try (RawApi api = new RawApi(faulty);
                LudoClient client = client(api)) {
            long begun = System.nanoTime();
            ApiRequest request = method.equals("GET") ? ApiRequest.get("/health") : ApiRequest.post("/health");
            Class<?> outcome;
            try {
                outcome = new Outcomes(client).call(request).getClass();
            } catch (CallException e) {
                outcome = e.getClass();
            }
            assertThat(outcome.getSimpleName(), is(expected(fault, times == 1).getSimpleName()));
            assertThat(Duration.ofNanos(System.nanoTime() - begun), lessThanOrEqualTo(DEADLINE.plusSeconds(1)));
            assertThat(faulty.doneTwice.get(), is(0));
        }
    }

    private record Outcomes(LudoClient client) {
        Health call(ApiRequest request) {
            ApiAnswer answer = client.send(request);
            if (!answer.isSuccess()) {
                throw answer.rejectionOf(request);
            }
            try {
                return LudoJson.read(LudoJson.parseObject(answer.body()).getJsonObject("data"), Health.class);
            } catch (MalformedJsonException e) {
                throw new TransportException("GET", "/health", "cannot be read", e);
            }
        }
    }

    private static Class<?> expected(Fault fault, boolean once) {
        boolean stream = fault.stage() == Stage.STREAM;
        return switch (fault.kind()) {
            case DELAY, SLOW_BODY -> Health.class;
            case STATUS -> stream || once ? Health.class : RejectedException.class;
            // Of an answer that is whole but makes no sense another would not be better.
            case GARBLE -> TransportException.class;
            case TRUNCATE, DROP, RESET -> once ? Health.class : TransportException.class;
            case STALL -> once ? Health.class : TimeoutExceededException.class;
        };
    }

    private static LudoClient client(RawApi api) {
        return LudoClient.builder()
                .baseUri(api.uri())
                .apiKey("lk_test_demo")
                .readTimeout(Duration.ofMillis(60))
                .deadline(DEADLINE)
                .circuitBreaker(CircuitBreakerConfig.never())
                .retry(RetryConfig.DEFAULT
                        .withWaits(Duration.ofMillis(1), Duration.ofMillis(1))
                        .withBudget(1_000_000, 1))
                .build();
    }

    @Test
    void nothingIsLeftOfThousandsOfFaultyCalls() throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        Kind[] kinds = {Kind.STATUS, Kind.TRUNCATE, Kind.GARBLE, Kind.DROP, Kind.RESET, Kind.SLOW_BODY};
        Faulty faulty = new Faulty(() -> random.nextInt(3) > 0
                ? null
                : new Fault(kinds[random.nextInt(kinds.length)], Stage.values()[random.nextInt(3)]));
        try (RawApi api = new RawApi(faulty)) {
            LudoClient client = client(api);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Boolean>> all = IntStream.range(0, CALLS)
                        .mapToObj(i -> threads.submit(() -> {
                            try {
                                return client.send(i % 2 == 0 ? ApiRequest.get("/health") : ApiRequest.post("/health"))
                                                .status()
                                        > 0;
                            } catch (CallException e) {
                                return false;
                            }
                        }))
                        .toList();
                int answered = 0;
                for (Future<Boolean> one : all) {
                    answered += one.get() ? 1 : 0;
                }
                assertThat("seed " + seed + ", answered", answered > CALLS * 8 / 10, is(true));
            }
            PoolState after = client.poolState();
            assertThat("seed " + seed, after.open(), is(after.idle()));
            assertThat(after.idle(), lessThanOrEqualTo(30));
            assertThat(after.calls() + after.waiting(), is(0));
            client.close();
            assertThat(client.poolState().open(), is(0));
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (api.open() > 0 || threadsNamed("ludo-watchdog") > 0) {
                assertThat("left: " + api.open() + " sockets", System.nanoTime() - end < 0, is(true));
                Thread.onSpinWait();
            }
            assertThat("done twice", faulty.doneTwice.get(), is(0));
        }
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
