package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private VirtualClock clock = VirtualClock.manual(START);
    private Timers timers = new Timers(clock);

    @BeforeEach
    void start() {
        clock.attach(timers::advance);
        timers.start();
    }

    @AfterEach
    void end() {
        timers.close();
    }

    private Timers.Timer plan(int seconds, String name) {
        return timers.at(
                START.plusSeconds(seconds),
                () -> done.add(
                        name + '@' + Duration.between(START, clock.instant()).toSeconds()));
    }

    @Test
    void tasksRunInTheOrderOfTheirTimesAndEachAtItsOwn() {
        plan(3, "c");
        plan(1, "a1");
        plan(1, "a2");
        plan(2, "b");
        plan(5, "late");
        clock.advance(Duration.ofSeconds(4));
        assertThat(done, is(List.of("a1@1", "a2@1", "b@2", "c@3")));
        assertThat(clock.instant(), is(START.plusSeconds(4)));
    }

    @Test
    void whatATaskPlansOnTheWayIsDoneOnTheWay() {
        timers.at(START.plusSeconds(1), () -> {
            plan(1, "now");
            plan(2, "next");
            plan(4, "later");
        });
        plan(1, "first");
        clock.advance(Duration.ofSeconds(3));
        assertThat(done, is(List.of("first@1", "now@1", "next@2")));
    }

    @Test
    void aTaskThatWasTakenBackIsNotRun() {
        plan(1, "a").cancel();
        plan(1, "b");
        clock.advance(Duration.ofSeconds(1));
        assertThat(done, is(List.of("b@1")));
    }

    @Test
    void aTaskThatFailsDoesNotStopTheOthers() {
        Logger log = Logger.getLogger(Timers.class.getName());
        List<String> logged = new ArrayList<>();
        log.setFilter(entry -> {
            logged.add(entry.getMessage() + ": " + entry.getThrown().getMessage());
            return false; // what is expected need not be printed
        });
        timers.at(START, () -> {
            throw new IllegalStateException("on purpose");
        });
        plan(0, "after");
        clock.advance(Duration.ZERO);
        log.setFilter(null);
        assertThat(done, is(List.of("after@0")));
        assertThat(logged, is(List.of("a timer of the fake failed: on purpose")));
    }

    @Test
    void advancesOfSeveralThreadsAddUp() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CompletableFuture<Void> advanced = new CompletableFuture<>();
            all.add(advanced);
            Thread.ofVirtual().start(() -> {
                clock.advance(Duration.ofSeconds(1));
                advanced.complete(null);
            });
        }
        all.forEach(CompletableFuture::join);
        assertThat(clock.instant(), is(START.plusSeconds(10)));
    }

    @Test
    void whoWaitsForAnAdvanceIsLetGoByTheEnd() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        timers.at(START, () -> {
            busy.countDown();
            await(goOn);
        });
        await(busy);
        Thread waiting = Thread.ofVirtual().start(() -> clock.advance(Duration.ofDays(1)));
        timers.close();
        assertThat(waiting.join(Duration.ofSeconds(20)), is(true));
        goOn.countDown();
        plan(0, "never");
        clock.advance(Duration.ofSeconds(1));
        assertThat(done, is(List.of()));
    }

    @Test
    void withATickingClockTimeComesByItself() {
        VirtualClock ticking = VirtualClock.ticking();
        CountDownLatch ran = new CountDownLatch(2);
        try (Timers real = new Timers(ticking)) {
            ticking.attach(real::advance);
            real.start();
            Instant now = ticking.instant();
            real.at(now.plusMillis(20), ran::countDown);
            real.at(now.plusMillis(5), ran::countDown);
            await(ran);
            assertThat(ticking.instant().isBefore(now.plusMillis(20)), is(false));
            AtomicInteger later = new AtomicInteger();
            real.at(now.plusSeconds(3000), later::incrementAndGet);
            ticking.advance(Duration.ofMinutes(50));
            assertThat(later.get(), is(1));
            Instant moved = ticking.instant();
            assertThat(moved.isBefore(now.plusSeconds(3000)), is(false));
            assertThat(moved.isAfter(now.plusSeconds(3100)), is(false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "P36500DT0.001S"})
    void timeMovesForwardAndNotTooFar(String by) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.parse(by)));
        assertThat(e.getMessage(), is("advance must be 0 to 36500 days, was " + Duration.parse(by)));
        assertThat(clock.instant(), is(START));
    }

    @Test
    void aClockThatIsNobodysCanBeMovedToo() {
        VirtualClock own = VirtualClock.manual(START);
        own.advance(Duration.ofMillis(1500));
        assertThat(own.instant(), is(START.plusMillis(1500)));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not come about");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
