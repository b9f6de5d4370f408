package dev.ludo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ludo.client.http.HttpCaller;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.NotSentException;
import io.helidon.http.WritableHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What 200 clients do to an upstream that comes back from an outage, in virtual time. Only one thread runs at a time: the one
 * whose turn is next on the simulated clock. So a seed repeats a run exactly.
 */
class StormTest {
    private static final long SECOND = 1_000_000_000;

    /** Runs threads one after the other, each until it sleeps. */
    private static final class Simulation {
        private record Sleeping(long until, long order, Semaphore turn) {}

        private final PriorityQueue<Sleeping> sleeping =
                new PriorityQueue<>(Comparator.comparingLong(Sleeping::until).thenComparingLong(Sleeping::order));
        private final Semaphore idle = new Semaphore(0);
        private long now;
        private long order;

        long now() {
            return now;
        }

        void start(Runnable program) {
            Semaphore turn = new Semaphore(0);
            sleeping.add(new Sleeping(now, order++, turn));
            Thread.ofVirtual().start(() -> {
                turn.acquireUninterruptibly();
                try {
                    program.run();
                } finally {
                    idle.release();
                }
            });
        }

        void sleep(Duration wait) {
            Semaphore turn = new Semaphore(0);
            sleeping.add(new Sleeping(now + wait.toNanos(), order++, turn));
            idle.release();
            turn.acquireUninterruptibly();
        }

        void run() {
            for (Sleeping next = sleeping.poll(); next != null; next = sleeping.poll()) {
                now = next.until();
                next.turn().release();
                idle.acquireUninterruptibly();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("outages")
    void twoHundredClientsComeBackGentlyFromAnOutage(long seed, int callersEach, int outageSeconds) {
        Simulation simulation = new Simulation();
        SplittableRandom random = new SplittableRandom(seed);
        long outageEnds = (5 + outageSeconds) * SECOND;
        long end = outageEnds + 10 * SECOND;
        List<int[]> all = new ArrayList<>();
        for (int c = 0; c < 200; c++) {
            int[] calls = new int[2]; // made, sent, in the ten seconds after the outage
            int[] failed = new int[1];
            all.add(calls);
            CallPath path = client(simulation, random.split(), outageEnds, end, calls);
            for (int i = 0; i < callersEach; i++) {
                SplittableRandom own = random.split();
                simulation.start(() -> {
                    simulation.sleep(Duration.ofNanos(own.nextLong(SECOND)));
                    while (simulation.now() < end) {
                        long begun = simulation.now();
                        try {
                            path.send(ApiRequest.get("/health"));
                        } catch (CallException e) {
                            assertThat(e instanceof NotSentException, is(true));
                            failed[0]++;
                        }
                        // A call under way when the outage ends is one of those that are made.
                        if (simulation.now() >= outageEnds && begun < end) {
                            calls[0]++;
                        }
                        simulation.sleep(Duration.ofNanos(SECOND / 4 + own.nextLong(SECOND)));
                    }
                });
            }
        }
        simulation.run();
        int sentByAll = 0;
        for (int[] calls : all) {
            sentByAll += calls[1];
            assertThat("seed " + seed, calls[1] * 1.0, lessThanOrEqualTo(1.2 * calls[0] + 3));
        }
        assertThat("they do come back", sentByAll, greaterThan(200 * callersEach));
    }

    static List<Arguments> outages() {
        List<Arguments> all =
                List.of(arguments(1, 1, 30), arguments(2, 4, 30), arguments(3, 4, 7), arguments(4, 8, 12));
        return Boolean.getBoolean("ludo.soak") ? all : all.subList(0, 1);
    }

    private static CallPath client(
            Simulation simulation, SplittableRandom random, long outageEnds, long end, int[] calls) {
        LudoClientConfig config = new LudoClientConfig(
                LudoClient.builder().apiKey("lk_test_demo").random(random).time(simulation::now, simulation::sleep));
        return new CallPath(config, (request, deadline) -> {
            long now = simulation.now();
            simulation.sleep(Duration.ofMillis(5));
            if (now >= outageEnds && now < end) {
                calls[1]++;
            }
            boolean out = now >= 5 * SECOND && now < outageEnds;
            return new HttpCaller.Answer(out ? 503 : 200, WritableHeaders.create(), "{}".getBytes(UTF_8));
        });
    }
}
