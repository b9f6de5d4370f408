package dev.ludo.testkit.junit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.JUnitRun;
import dev.ludo.testkit.Reply;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What a test leaves behind fails it, unless it is meant to. */
class LeavesTest {
    private static final Map<String, String> IMPATIENT = Map.of(LudoExtension.PATIENCE, "PT0.01S");
    private static final List<OpenedSocket> SOCKETS = new ArrayList<>();
    private static final List<Thread> THREADS = new ArrayList<>();
    private static final AtomicReference<TestAbortedException> ABORTED = new AtomicReference<>();

    @AfterEach
    void closeAll() {
        SOCKETS.forEach(OpenedSocket::close);
        SOCKETS.clear();
        THREADS.forEach(Thread::interrupt);
        THREADS.clear();
    }

    private static void get(String uri) {
        try {
            HttpURLConnection http = (HttpURLConnection) URI.create(uri).toURL().openConnection();
            http.setRequestProperty("Authorization", "Bearer " + FakeLudo.DEFAULT_API_KEY);
            http.getResponseCode();
            http.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void startThread() {
        THREADS.add(Thread.ofPlatform().daemon().name("forgotten pool").start(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Closed by JUnit after everything else. */
    private static final class Sockets implements AutoCloseable {
        private final List<OpenedSocket> opened = new ArrayList<>();

        private void open(FakeLudo ludo) {
            opened.add(new OpenedSocket(ludo));
        }

        @Override
        public void close() {
            opened.forEach(OpenedSocket::close);
        }
    }

    @LudoTest
    static class Careless {
        @AutoClose
        private final Sockets closedInTime = new Sockets();

        @Test
        void closesItsSocket(FakeLudo ludo) {
            closedInTime.open(ludo);
            assertThat(ludo.openSockets(), is(1));
        }

        @Test
        @Leaves(Leak.OPEN_SOCKETS)
        void isMeantToLeaveASocket(FakeLudo ludo) {
            SOCKETS.add(new OpenedSocket(ludo));
        }

        @Test
        void leavesAScript(FakeLudo ludo) {
            ludo.on("GET", "/v1/rooms").respond(Reply.status(503));
        }

        @Test
        void makesASlip(@BaseUri URI api) {
            get(api + "/romms");
            get(api + "/romms");
            get(api + "/rooms/K7Q2M9");
        }

        @Test
        @Leaves(Leak.UNMATCHED_REQUESTS)
        void isMeantToMakeASlip(@BaseUri URI api) {
            get(api + "/romms");
        }

        @Test
        void makesASlipAndClearsTheJournal(@BaseUri URI api, Journal journal) {
            get(api + "/romms");
            journal.clear();
        }

        @Test
        @Leaves({Leak.OPEN_SOCKETS, Leak.LIVE_THREADS})
        void isMeantToLeaveAThread() {
            startThread();
        }

        @Test
        void failsAnyway(FakeLudo ludo) {
            get(ludo.baseUri() + "/romms");
            SOCKETS.add(new OpenedSocket(ludo));
            throw new AssertionError("its own failure");
        }
    }

    @Test
    void whatIsLeftBehindFailsTheTest() {
        JUnitRun run = JUnitRun.of(Careless.class);
        assertThat(
                run.passed().keySet(),
                is(Set.of(
                        "closesItsSocket(FakeLudo)",
                        "isMeantToLeaveASocket(FakeLudo)",
                        "isMeantToLeaveAThread()",
                        "isMeantToMakeASlip(URI)",
                        "makesASlipAndClearsTheJournal(URI, Journal)")));
        assertThat(
                run.failure("leavesAScript(FakeLudo)").getMessage(),
                containsString("scripted answers for which no request came: [GET /v1/rooms]"));
        assertThat(
                run.failure("makesASlip(URI)").getMessage(),
                startsWith("the test left behind requests for which there is no route: [GET /v1/romms (404)];"));
        Throwable own = run.failure("failsAnyway(FakeLudo)");
        assertThat(own.getMessage(), is("its own failure"));
        assertThat("only what happened", own.getSuppressed().length, is(1));
    }

    /** What these leave never ends, so nobody needs to wait for it. */
    @LudoTest
    static class Forgetful {
        @Test
        void leavesASocket(FakeLudo ludo) {
            SOCKETS.add(new OpenedSocket(ludo));
        }

        @Test
        void leavesAThread() {
            startThread();
        }
    }

    @Test
    void whatDoesNotEndFailsTheTest() {
        JUnitRun run = JUnitRun.of(Forgetful.class, IMPATIENT);
        assertThat(
                run.failure("leavesASocket(FakeLudo)").getMessage(), startsWith("the test left behind an open socket"));
        assertThat(
                run.failure("leavesAThread()").getMessage(),
                allOf(containsString("\"forgotten pool\" at "), containsString("@Leaves")));
    }

    @Test
    void aPatienceThatIsNoneIsNamed() {
        JUnitRun run = JUnitRun.of(Passing.class, Map.of(LudoExtension.PATIENCE, "long"));
        assertThat(
                run.failure("passes(FakeLudo)").getMessage(),
                containsString("ludo.patience must be a duration such as PT2S, was \"long\""));
    }

    @LudoTest(shared = true)
    static class Failing {
        @Test
        void fails(FakeLudo ludo) {
            ludo.faults().add(FaultRule.before(Fault.status(503)).times(2));
            get(ludo.baseUri() + "/health");
            throw new AssertionError("its own failure");
        }
    }

    private static void assertTellsOfTheCall(String happened) {
        assertThat(
                happened,
                allOf(
                        containsString("flt_1: before Status"),
                        containsString(">> GET /v1/health"),
                        containsString("<< 503 GET /v1/health")));
    }

    @Test
    void aFailedTestShowsWhatHappened() {
        JUnitRun run = JUnitRun.of(Failing.class);
        Throwable[] suppressed = run.failure("fails(FakeLudo)").getSuppressed();
        assertThat(suppressed.length, is(1));
        assertTellsOfTheCall(String.valueOf(suppressed[0].getMessage()));
        assertTellsOfTheCall(String.valueOf(run.reported().get(LudoExtension.TIMELINE)));
    }

    @LudoTest
    static class Leaving {
        @Test
        void leaves(FakeLudo ludo) {
            ludo.on("GET", "/v1/rooms").respond(Reply.status(503));
            ludo.faults().add(FaultRule.before(Fault.status(503)).times(2));
            get(ludo.baseUri() + "/health");
        }

        @Test
        void isAborted(FakeLudo ludo) {
            ludo.on("GET", "/v1/rooms").respond(Reply.status(503));
            ABORTED.set(assertThrows(TestAbortedException.class, () -> Assumptions.abort("not here")));
            throw ABORTED.get();
        }

        @Test
        void passes(FakeLudo ludo) {
            get(ludo.baseUri() + "/health");
        }
    }

    @Test
    void aTestThatLeavesSomethingShowsWhatHappenedButNotOneThatIsAborted() {
        JUnitRun run = JUnitRun.of(Leaving.class);
        Throwable[] suppressed = run.failure("leaves(FakeLudo)").getSuppressed();
        assertThat(suppressed.length, is(1));
        assertTellsOfTheCall(String.valueOf(suppressed[0].getMessage()));
        assertTellsOfTheCall(String.valueOf(run.reported().get(LudoExtension.TIMELINE)));
        assertThat(ABORTED.get().getSuppressed().length, is(0));
        assertThat(run.passed().keySet(), is(Set.of("passes(FakeLudo)")));
    }

    @LudoTest
    static class Passing {
        @Test
        void passes(FakeLudo ludo) {
            get(ludo.baseUri() + "/health");
        }
    }

    @Test
    void aTestThatPassesShowsNothing() {
        assertThat(JUnitRun.of(Passing.class).reported(), is(anEmptyMap()));
    }

    @LudoTest
    static class OneAmongMany {
        @Test
        void leavesAThread() {
            startThread();
        }
    }

    @Test
    void threadsAreNotLookedForWhenTestsRunInParallel() {
        JUnitRun run = JUnitRun.of(OneAmongMany.class, Map.of("junit.jupiter.execution.parallel.enabled", "true"));
        assertThat(run.passed().containsKey("leavesAThread()"), is(true));
    }

    @LudoTest(shared = true)
    static class CarelessTogether {
        @Test
        @Leaves(Leak.OPEN_SOCKETS) // the other test's may still be closing
        void leavesAThread() {
            startThread();
        }

        @Test
        void leavesASocket(FakeLudo ludo) {
            SOCKETS.add(new OpenedSocket(ludo));
        }
    }

    @Test
    void theThreadsOfASharedFakeAreLookedForAtItsEnd() {
        JUnitRun run = JUnitRun.of(CarelessTogether.class, IMPATIENT);
        assertThat(run.passed().keySet(), is(Set.of("leavesAThread()")));
        assertThat(
                run.failure("leavesASocket(FakeLudo)").getMessage(),
                containsString("the test left behind an open socket"));
        assertThat(
                run.failure("LeavesTest$CarelessTogether").getMessage(),
                allOf(containsString("the tests of the class left behind "), containsString("\"forgotten pool\"")));
    }

    @LudoTest(shared = true)
    @Leaves({Leak.LIVE_THREADS, Leak.OPEN_SOCKETS})
    static class MeantTogether extends CarelessTogether {}

    @Test
    void aClassCanBeMeantToLeaveThings() {
        JUnitRun run = JUnitRun.of(MeantTogether.class);
        assertThat(run.failed(), is(anEmptyMap()));
    }
}
