package dev.ludo.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ludo.core.error.CallException;
import dev.ludo.core.error.NotSentException;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.journal.JournalEntry.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What 200 clients do to an API that comes back from an outage, in virtual time. Only one thread runs at a time: the one whose
 * turn is next on the simulated clock. So a seed repeats a run exactly.
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
        Map<String, Integer> made = new HashMap<>(); // in the ten seconds after the outage
        Map<String, Integer> sent = new HashMap<>();
        AtomicLong lost = new AtomicLong(-1);
        List<CallException> unexpected = new ArrayList<>();
        List<LudoClient> clients = new ArrayList<>();
        try (FakeLudo ludo =
                FakeLudo.builder().rateLimit(0).journalSize(500_000).start()) {
            simulation.start(() -> {
                simulation.sleep(Duration.ofSeconds(5));
                ludo.faults().add(FaultRule.before(Fault.status(503)).always());
                simulation.sleep(Duration.ofSeconds(outageSeconds));
                ludo.faults().clear();
                ludo.journal().clear();
                simulation.sleep(Duration.ofSeconds(10));
                lost.set(ludo.journal().lost());
                ludo.journal().entries().stream()
                        .filter(entry -> entry.kind() == Kind.REQUEST)
                        .forEach(entry -> sent.merge(entry.header("User-Agent").orElseThrow(), 1, Integer::sum));
            });
            for (int c = 0; c < 200; c++) {
                String name = "client-" + c;
                LudoClient client = client(simulation, ludo, random.split(), name);
                clients.add(client);
                for (int i = 0; i < callersEach; i++) {
                    SplittableRandom own = random.split();
                    simulation.start(() -> {
                        simulation.sleep(Duration.ofNanos(own.nextLong(SECOND)));
                        while (simulation.now() < end) {
                            long begun = simulation.now();
                            try {
                                client.send(ApiRequest.get("/rooms"));
                            } catch (CallException e) {
                                if (!(e instanceof NotSentException)) { // that is how a client holds back
                                    unexpected.add(e);
                                }
                            }
                            // A call under way when the outage ends is one of those that are made.
                            if (simulation.now() >= outageEnds && begun < end) {
                                made.merge(name, 1, Integer::sum);
                            }
                            simulation.sleep(Duration.ofNanos(SECOND / 4 + own.nextLong(SECOND)));
                        }
                    });
                }
            }
            simulation.run();
            clients.forEach(LudoClient::close);
        }
        assertThat(unexpected, is(List.of()));
        assertThat("lost entries of the journal", lost.get(), is(0L));
        made.forEach((name, calls) -> assertThat(
                name + " of seed " + seed, sent.getOrDefault(name, 0) * 1.0, lessThanOrEqualTo(1.2 * calls + 3)));
        int sentByAll = sent.values().stream().mapToInt(Integer::intValue).sum();
        assertThat("they do come back", sentByAll, greaterThan(200 * callersEach));
    }

    static List<Arguments> outages() {
        List<Arguments> all =
                List.of(arguments(1, 1, 30), arguments(2, 2, 30), arguments(3, 2, 7), arguments(4, 4, 12));
        return Boolean.getBoolean("ludo.soak") ? all : all.subList(0, 1);
    }

    /** One whose attempts take 5 ms each by the simulated clock, which go by where the key is asked for. */
    private static LudoClient client(Simulation simulation, FakeLudo ludo, SplittableRandom random, String name) {
        return LudoClient.builder()
                .baseUri(ludo.baseUri())
                .apiKey(() -> {
                    simulation.sleep(Duration.ofMillis(5));
                    return ludo.apiKey();
                })
                .userAgent(name)
                .random(random)
                .time(simulation::now, simulation::sleep)
                .build();
    }
}
