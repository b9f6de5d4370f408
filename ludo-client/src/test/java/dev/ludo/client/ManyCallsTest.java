package dev.ludo.client;

import static dev.ludo.client.Eventually.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.client.resilience.BulkheadConfig;
import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultProxy;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.fault.LineFault;
import dev.ludo.testkit.fault.LineFault.Toward;
import dev.ludo.testkit.journal.JournalEntry;
import dev.ludo.testkit.journal.JournalEntry.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many more calls at once than there may be connections. They go to the fake through a line that lets none of them pass before
 * all have begun.
 */
class ManyCallsTest {
    private static final int CALLS = 1_000;
    private static final int CONNECTIONS = 30;
    private static final int KEPT = 20;
    private static final int HITS = 20;
    private static final Duration FAR = Duration.ofMinutes(2);

    private final FakeLudo ludo = FakeLudo.start();
    private final FaultProxy line = FaultProxy.to(ludo.baseUri());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.close();
        line.close();
        ludo.close();
    }

    private LudoClient client(RetryConfig retry) {
        return LudoClient.builder()
                .baseUri(line.through(ludo.baseUri()))
                .apiKey(ludo::apiKey)
                .timeouts(new Timeouts(FAR, FAR, FAR, FAR))
                .bulkhead(new BulkheadConfig(100, CONNECTIONS, FAR))
                .pool(new PoolConfig(KEPT, FAR))
                .circuitBreaker(CircuitBreakerConfig.never())
                .retry(retry)
                .build();
    }

    @Test
    void aThousandCallsAtOnceShareThirtyConnectionsWithoutAFailure() throws Exception {
        try (LudoClient client = client(RetryConfig.NONE)) {
            callAtOnce(client, CALLS);
            assertThat("connections over time", line.accepted(), is(lessThanOrEqualTo(CALLS / 2)));
            await("the idle ones that are kept", () -> client.poolState().equals(new PoolState(KEPT, KEPT, 0, 0)));
        }
        checkJournal(CALLS);
    }

    @Test
    void neitherDoesAnyFailWhereTheAnswersToAHundredAreLostOrLate() throws Exception {
        List<Fault> lost = List.of(Fault.status(503), Fault.truncate(10), Fault.drop(), Fault.reset());
        Fault late = Fault.delay(Duration.ofMillis(20));
        lost.forEach(fault -> ludo.faults().add(FaultRule.after(fault).times(HITS)));
        ludo.faults().add(FaultRule.after(late).times(HITS));
        RetryConfig patient = RetryConfig.DEFAULT
                .withAttempts(lost.size() * HITS + 1) // so that one call may meet with all of them
                .withWaits(Duration.ofMillis(1), Duration.ofMillis(1))
                .withBudget(CALLS, 1);
        try (LudoClient client = client(patient)) {
            callAtOnce(client, CALLS);
            await("nothing in use, and no more idle than are kept", () -> {
                PoolState state = client.poolState();
                return state.equals(new PoolState(state.idle(), state.idle(), 0, 0)) && state.idle() <= KEPT;
            });
        }
        checkJournal(CALLS + lost.size() * HITS);
    }

    /** A socket that stays in CLOSE_WAIT would keep its connection through the line open. */
    @Test
    void whatTheServerClosedIsClosedHereToo() throws Exception {
        try (LudoClient client = client(RetryConfig.NONE)) {
            callAtOnce(client, CONNECTIONS);
            assertThat(line.connections().size(), is(greaterThanOrEqualTo(KEPT)));
            ludo.close();
            await("no connection is left", () -> client.poolState().open() == 0);
            line.awaitOpen(0, FAR);
        }
    }

    /** Has all of them begun before the first is answered. Half make a room each. */
    private void callAtOnce(LudoClient client, int count) throws Exception {
        Room there = ludo.openRoom();
        line.onAll(new LineFault.Stall(Toward.SERVER, 0));
        List<Future<Room>> calls = IntStream.range(0, count)
                .mapToObj(i -> threads.submit(() -> i % 2 == 0
                        ? client.rooms().get(there.code())
                        : client.rooms().create(NewRoom.DEFAULT)))
                .toList();
        await(
                "as many connections as there may be, and everybody else waits",
                () -> client.poolState().equals(new PoolState(CONNECTIONS, 0, CONNECTIONS, count - CONNECTIONS)));
        line.heal();
        for (Future<Room> call : calls) {
            call.get();
        }
        assertThat("rooms that were made", ludo.rooms().size() - 1, is(count / 2));
    }

    private void checkJournal(int requests) {
        List<JournalEntry> entries = ludo.journal().entries();
        assertThat("lost entries", ludo.journal().lost(), is(0L));
        int made = 0;
        int answered = 0;
        int most = 0;
        for (JournalEntry entry : entries) {
            if (entry.kind() == Kind.REQUEST) {
                made++;
            } else {
                answered++;
            }
            most = Math.max(most, made - answered);
        }
        assertThat("requests", made, is(requests));
        assertThat("answers", answered, is(requests));
        assertThat("under way at once", most, is(lessThanOrEqualTo(CONNECTIONS)));
    }
}
