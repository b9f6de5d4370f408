package dev.ludo.testkit.junit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.JUnitRun;
import dev.ludo.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a test leaves behind fails it, unless it is meant to. */
class LeavesTest {
    private static final List<OpenedSocket> SOCKETS = new ArrayList<>();
    private static final List<Thread> THREADS = new ArrayList<>();

    @AfterEach
    void closeAll() {
        SOCKETS.forEach(OpenedSocket::close);
        SOCKETS.clear();
        THREADS.forEach(Thread::interrupt);
        THREADS.clear();
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
        void leavesASocket(FakeLudo ludo) {
            SOCKETS.add(new OpenedSocket(ludo));
        }

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
        void leavesAThread() {
            startThread();
        }

        @Test
        @Leaves({Leak.OPEN_SOCKETS, Leak.LIVE_THREADS})
        void isMeantToLeaveAThread() {
            startThread();
        }

        @Test
        void failsAnyway(FakeLudo ludo) {
            SOCKETS.add(new OpenedSocket(ludo));
            throw new AssertionError("its own failure");
        }
    }

    @Test
    void whatIsLeftBehindFailsTheTest() {
        JUnitRun run = JUnitRun.of(Careless.class);
        assertThat(
                run.passed().keySet(),
                is(Set.of("closesItsSocket(FakeLudo)", "isMeantToLeaveASocket(FakeLudo)", "isMeantToLeaveAThread()")));
        assertThat(
                run.failure("leavesASocket(FakeLudo)").getMessage(),
                startsWith("the test left behind an open socket;"));
        assertThat(
                run.failure("leavesAThread()").getMessage(),
                allOf(containsString("a live thread: \"forgotten pool\" at "), containsString("@Leaves")));
        assertThat(
                run.failure("leavesAScript(FakeLudo)").getMessage(),
                containsString("scripted answers for which no request came: [GET /v1/rooms]"));
        Throwable own = run.failure("failsAnyway(FakeLudo)");
        assertThat(own.getMessage(), is("its own failure"));
        assertThat(own.getSuppressed().length, is(0));
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
        JUnitRun run = JUnitRun.of(CarelessTogether.class);
        assertThat(run.passed().keySet(), is(Set.of("leavesAThread()")));
        assertThat(
                run.failure("leavesASocket(FakeLudo)").getMessage(),
                containsString("the test left behind an open socket"));
        assertThat(
                run.failure("LeavesTest$CarelessTogether").getMessage(),
                containsString("the tests of the class left behind a live thread: \"forgotten pool\""));
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
