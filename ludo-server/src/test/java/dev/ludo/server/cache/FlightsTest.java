package dev.ludo.server.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.server.cache.ResponseCache.Found;
import dev.ludo.server.cache.ResponseCache.Kept;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong();
    private final LocalResponseCache cache = new LocalResponseCache(100_000, now::get);
    private final Flights flights = new Flights(cache);

    private static Kept kept(String body) {
        return new Kept(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), '"' + body + '"');
    }

    @Test
    void whoeverAsksTheSameMeanwhileGetsTheSameAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Kept answer = kept("a");
        Thread first = Thread.startVirtualThread(() -> flights.ask("k", MINUTE, () -> {
            asked.countDown();
            await(answered);
            return answer;
        }));
        asked.await();
        AtomicReference<Flights.Landed> second = new AtomicReference<>();
        Thread waiting = Thread.startVirtualThread(() -> second.set(flights.ask("k", MINUTE, () -> {
            throw new AssertionError("asked twice");
        })));
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        answered.countDown();
        first.join();
        waiting.join();
        assertThat(second.get().own(), is(false));
        assertThat(second.get().kept(), is(sameInstance(answer)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailureIsToldToAllAndNotKept() {
        IllegalStateException failure = new IllegalStateException("no");
        assertThat(
                assertThrows(
                        IllegalStateException.class,
                        () -> flights.ask("k", MINUTE, () -> {
                            throw failure;
                        })),
                is(sameInstance(failure)));
        assertThat(cache.find("k"), is(Optional.empty()));
        assertThat(flights.ask("k", MINUTE, () -> kept("a")).own(), is(true));
    }

    @Test
    void whatWasAskedBeforeAWriteIsNotKept() {
        flights.ask("k", MINUTE, () -> {
            flights.drop("k"); // the write passes while the answer is under way
            return kept("old");
        });
        assertThat(cache.find("k"), is(Optional.empty()));
    }

    @Test
    void whoeverAsksAfterAWriteDoesNotWaitForAnAnswerFromBeforeIt() {
        flights.ask("k", MINUTE, () -> {
            flights.drop("k");
            assertThat(flights.ask("k", MINUTE, () -> kept("new")).kept().etag(), is("\"new\""));
            return kept("old");
        });
        assertThat(cache.find("k").orElseThrow().kept().etag(), is("\"new\""));
    }

    @Test
    void anAnswerIsForgottenWhenItIsOfNoUse() {
        flights.ask("k", MINUTE, () -> kept("a"));
        now.addAndGet(MINUTE.toNanos() - 1);
        assertThat(cache.find("k").map(Found::age), is(Optional.of(MINUTE.minusNanos(1))));
        now.addAndGet(1);
        assertThat(cache.find("k"), is(Optional.empty()));
    }

    @Test
    void anAnswerThatIsWrittenOverLivesAnew() {
        flights.ask("k", MINUTE, () -> kept("a"));
        now.addAndGet(MINUTE.toNanos() - 1);
        flights.askAgain("k", MINUTE, () -> kept("b"));
        now.addAndGet(MINUTE.toNanos() - 1);
        assertThat(cache.find("k").orElseThrow().kept().etag(), is("\"b\""));
    }

    @Test
    void noMoreIsKeptThanThereIsRoomFor() {
        for (int i = 0; i < 1000; i++) {
            cache.keep("k" + i, new Kept(new byte[5000], "\"e\""), MINUTE);
        }
        assertThat(cache.bytes(), lessThanOrEqualTo(100_000L));
    }
}
