package dev.ludo.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultProxy;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.fault.LineFault;
import dev.ludo.testkit.fault.LineFault.Toward;
import dev.ludo.testkit.fault.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of fault, at every stage of a call, for GET and POST: a result, or the right exception before the deadline. What
 * was done was done once.
 *
 * <p>No test here depends on how fast the machine is: silence alone is waited for, and where an answer is to come after it there
 * are attempts to spare.
 */
class FaultsTest {
    private static final int CALLS = Boolean.getBoolean("ludo.soak") ? 10_000 : 1_000;
    private static final Duration FAR = Duration.ofMinutes(2);
    private static final Duration SILENCE = Duration.ofMillis(60);
    private static final int PLENTY = 150;

    private static FakeLudo ludo;

    @BeforeAll
    static void start() {
        ludo = FakeLudo.builder().rateLimit(1_000_000).start();
    }

    @AfterAll
    static void close() {
        ludo.close();
    }

    @BeforeEach
    void reset() {
        ludo.reset();
    }

    /** What comes of a call. */
    enum Outcome {
        SUCCESS(Room.class),
        REJECTED(RejectedException.class),
        TRANSPORT(TransportException.class),
        TIMEOUT(TimeoutExceededException.class);

        private final Class<?> type;

        Outcome(Class<?> type) {
            this.type = type;
        }
    }

    enum Method {
        GET,
        POST
    }

    private static LudoClientBuilder client(FaultProxy line) {
        return LudoClient.builder()
                .baseUri(line.through(ludo.baseUri()))
                .apiKey(ludo::apiKey)
                .timeouts(new Timeouts(FAR, FAR, FAR, FAR))
                .circuitBreaker(CircuitBreakerConfig.never())
                .retry(patient());
    }

    private static RetryConfig patient() {
        return RetryConfig.DEFAULT
                .withWaits(Duration.ofMillis(1), Duration.ofMillis(1))
                .withBudget(1_000_000, 1);
    }

    /** Makes one call and checks how it ends, that it does so by itself, and how often it was done. */
    private static void check(LudoClient client, Method method, Outcome expected) {
        Room there = ludo.openRoom(2, GameMode.QUICK);
        Object outcome;
        try {
            outcome = method == Method.GET
                    ? client.rooms().get(there.code())
                    : client.rooms().create(new NewRoom(3, GameMode.CLASSIC));
        } catch (CallException e) {
            outcome = e;
            assertThat("before the deadline", e.getMessage(), not(containsString("deadline")));
        }
        assertThat(outcome, instanceOf(expected.type));
        int made = ludo.rooms().size() - 1;
        if (method == Method.POST && outcome instanceof Room room) {
            assertThat("made once", made, is(1));
            assertThat(ludo.room(room.code()).isPresent(), is(true));
        } else {
            assertThat("made at most once", made, lessThanOrEqualTo(method == Method.POST ? 1 : 0));
        }
        assertThat(
                "connections in use",
                client.poolState().open(),
                is(client.poolState().idle()));
    }

    private static List<Fault> faults() {
        return List.of(
                Fault.status(500),
                Fault.status(503),
                Fault.delay(Duration.ofMillis(20)),
                Fault.slowBody(20_000),
                Fault.truncate(10),
                Fault.garble(),
                Fault.drop(),
                Fault.reset(),
                Fault.stall());
    }

    static Stream<Arguments> faultyCalls() {
        return faults().stream()
                .flatMap(fault -> Arrays.stream(Stage.values())
                        .flatMap(stage -> Arrays.stream(Method.values())
                                .flatMap(method ->
                                        Stream.of(true, false).map(once -> Arguments.of(fault, stage, method, once)))));
    }

    @ParameterizedTest(name = "{0} {1} {2}, once: {3}")
    @MethodSource("faultyCalls")
    void eachFaultOfTheServerIsSurvivedOrNamed(Fault fault, Stage stage, Method method, boolean once) {
        FaultRule rule = new FaultRule(FaultMatch.ALL, stage, fault, once ? 1 : 0, 0, 1, OptionalLong.empty());
        try (FaultProxy line = FaultProxy.to(ludo.baseUri());
                LudoClient client = fault instanceof Fault.Stall
                        ? impatient(client(line), once).build()
                        : client(line).build()) {
            ludo.faults().add(rule);
            check(client, method, outcome(fault, stage, once));
        }
    }

    /** With more attempts where an answer is to come after the silence, so that a slow answer does no harm. */
    private static LudoClientBuilder impatient(LudoClientBuilder builder, boolean once) {
        return once
                ? builder.readTimeout(SILENCE).retry(patient().withAttempts(PLENTY))
                : builder.readTimeout(SILENCE.dividedBy(3)).retry(patient().withAttempts(2));
    }

    private static Outcome outcome(Fault fault, Stage stage, boolean once) {
        return switch (fault) {
            case Fault.Status status -> once ? Outcome.SUCCESS : Outcome.REJECTED;
            case Fault.Delay delay -> Outcome.SUCCESS;
            // Nothing was done, so that the answer is a 503, slow or garbled.
            case Fault.SlowBody slow when stage == Stage.BEFORE -> once ? Outcome.SUCCESS : Outcome.REJECTED;
            case Fault.SlowBody slow -> Outcome.SUCCESS;
            case Fault.Garble garble when stage == Stage.BEFORE -> once ? Outcome.SUCCESS : Outcome.REJECTED;
            // Of an answer that is whole but makes no sense another would not be better.
            case Fault.Garble garble -> Outcome.TRANSPORT;
            case Fault.Truncate truncate -> once ? Outcome.SUCCESS : Outcome.TRANSPORT;
            case Fault.Drop drop -> once ? Outcome.SUCCESS : Outcome.TRANSPORT;
            case Fault.Reset reset -> once ? Outcome.SUCCESS : Outcome.TRANSPORT;
            case Fault.Stall stall -> once ? Outcome.SUCCESS : Outcome.TIMEOUT;
            default -> throw new AssertionError(fault + " hits no calls");
        };
    }

    static Stream<Arguments> badLines() {
        List<LineFault> faults = new ArrayList<>();
        for (Toward toward : Toward.values()) {
            for (long afterBytes : new long[] {0, 40, toward == Toward.CLIENT ? 330 : 120}) {
                faults.add(new LineFault.Reset(toward, afterBytes));
                faults.add(new LineFault.Finish(toward, afterBytes));
            }
            faults.add(new LineFault.Delay(toward, Duration.ofMillis(10)));
            faults.add(new LineFault.Bandwidth(toward, 20_000));
            faults.add(new LineFault.Stall(toward, 40));
            faults.add(new LineFault.BlackHole(toward, 40));
        }
        return faults.stream()
                .flatMap(fault -> Arrays.stream(Method.values())
                        .flatMap(method -> Stream.of(true, false).map(once -> Arguments.of(fault, method, once))));
    }

    @ParameterizedTest(name = "{0} {1}, once: {2}")
    @MethodSource("badLines")
    void eachFaultOfTheLineIsSurvivedOrNamed(LineFault fault, Method method, boolean once) {
        boolean silent = fault instanceof LineFault.Stall || fault instanceof LineFault.BlackHole;
        try (FaultProxy line = FaultProxy.to(ludo.baseUri());
                LudoClient client = silent
                        ? impatient(client(line), once).build()
                        : client(line).build()) {
            if (once) {
                line.onNext(fault);
            } else {
                line.onAll(fault);
            }
            boolean cut = fault instanceof LineFault.Reset || fault instanceof LineFault.Finish;
            Outcome always = silent ? Outcome.TIMEOUT : cut ? Outcome.TRANSPORT : Outcome.SUCCESS;
            check(client, method, once ? Outcome.SUCCESS : always);
        }
    }

    static Stream<Arguments> silentCalls() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> Arrays.stream(Method.values()).map(method -> Arguments.of(stage, method)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("silentCalls")
    void silenceEndsAtTheDeadlineAtTheLatest(Stage stage, Method method) {
        try (FaultProxy line = FaultProxy.to(ludo.baseUri());
                LudoClient client = client(line).deadline(SILENCE).build()) {
            ludo.faults().add(new FaultRule(FaultMatch.ALL, stage, Fault.stall(), 0, 0, 1, OptionalLong.empty()));
            Room there = ludo.openRoom(2, GameMode.QUICK);
            CallException e = assertThrows(
                    TimeoutExceededException.class,
                    () -> client.send(
                            method == Method.GET
                                    ? ApiRequest.get("/rooms/{code}", there.code())
                                    : ApiRequest.post("/rooms")));
            assertThat(e.getMessage(), containsString("did not end by its deadline of 60 ms"));
            assertThat(client.poolState().open(), is(0));
        }
    }

    @Test
    void nothingIsLeftOfThousandsOfFaultyCalls() throws Exception {
        long seed = 11;
        try (FaultProxy line = FaultProxy.to(ludo.baseUri())) {
            Room there = ludo.openRoom(2, GameMode.QUICK);
            LudoClient client = client(line).build();
            List<Fault> kinds = faults().stream()
                    .filter(fault -> !(fault instanceof Fault.Stall))
                    .toList();
            double each = 0.4 / (kinds.size() * Stage.values().length);
            for (Fault kind : kinds) {
                for (Stage stage : Stage.values()) {
                    ludo.faults().add(new FaultRule(FaultMatch.ALL, stage, kind, 0, 0, each, OptionalLong.of(seed++)));
                }
            }
            int answered = callAtOnce(client, there);
            assertThat("answered of " + CALLS, answered, greaterThan(CALLS * 8 / 10));

            PoolState after = client.poolState();
            assertThat(after.open(), is(after.idle()));
            assertThat(after.idle(), lessThanOrEqualTo(20));
            assertThat(after.calls() + after.waiting(), is(0));
            int made = ludo.rooms().size() - 1;
            assertThat("made at most once", made, lessThanOrEqualTo(CALLS / 2));
            assertThat("made", made, greaterThan(CALLS / 2 * 8 / 10));

            client.close();
            assertThat(client.poolState().open(), is(0));
            line.awaitOpen(0, FAR);
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("ludo-watchdog")) {
                    assertThat("the watchdog ends", thread.join(FAR), is(true));
                }
            }
        }
    }

    private static int callAtOnce(LudoClient client, Room there) throws Exception {
        int answered = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // As many wait as may, so that nobody gives up waiting for a place.
            List<Future<Integer>> all = IntStream.range(0, 30)
                    .mapToObj(caller -> threads.submit(() -> {
                        int done = 0;
                        for (int i = caller; i < CALLS; i += 30) {
                            done += succeeds(client, there, i % 2 == 0) ? 1 : 0;
                        }
                        return done;
                    }))
                    .toList();
            for (Future<Integer> one : all) {
                answered += one.get();
            }
        }
        return answered;
    }

    private static boolean succeeds(LudoClient client, Room there, boolean get) {
        try {
            return get
                    ? client.rooms().get(there.code()).code().equals(there.code())
                    : client.rooms().create(NewRoom.DEFAULT).maxPlayers() == 4;
        } catch (CallException e) {
            return false;
        }
    }
}
