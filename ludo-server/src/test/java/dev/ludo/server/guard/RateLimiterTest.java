package dev.ludo.server.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.server.guard.RateLimiter.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // the clock may run over
    private final LocalRateLimiter limiter = new LocalRateLimiter(60, Duration.ofMinutes(1), now::get, CLOCK);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void allowsABurstOfAllOfTheLimitAndThenOneForEachInterval() {
        for (int left = 59; left >= 0; left--) {
            assertThat(limiter.take("a"), is(new Verdict(true, 60, left, 1000 + 60 - left, 0)));
        }
        assertThat(limiter.take("a"), is(new Verdict(false, 60, 0, 1060, 1)));
        pass(Duration.ofMillis(999));
        assertThat(limiter.take("a").allowed(), is(false));
        pass(Duration.ofMillis(1));
        assertThat(limiter.take("a").allowed(), is(true));
        assertThat(limiter.take("a").allowed(), is(false));
    }

    @Test
    void givesNoMoreThanItsLimitHoweverLongNobodyCame() {
        pass(Duration.ofDays(30));
        assertThat(limiter.take("a").remaining(), is(59));
        pass(Duration.ofDays(30));
        assertThat(limiter.take("a").remaining(), is(59));
    }

    @Test
    void countsEachClientForItself() {
        for (int i = 0; i < 60; i++) {
            limiter.take("a");
        }
        assertThat(limiter.take("a").allowed(), is(false));
        assertThat(limiter.take("b").allowed(), is(true));
    }

    @Test
    void whatIsChargedBeyondTheLimitIsWaitedFor() {
        for (int i = 0; i < 90; i++) {
            limiter.charge("a");
        }
        assertThat(limiter.look("a"), is(new Verdict(false, 60, 0, 1090, 31)));
        pass(Duration.ofSeconds(31));
        assertThat(limiter.look("a").allowed(), is(true));
    }

    @Test
    void lookingTakesNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.look("a").remaining(), is(60));
        }
    }

    @Test
    void anyLimitGivesExactlySoManyInABurst() {
        for (int limit : new int[] {1, 7, 30, 600, 999_983}) {
            RateLimiter odd = RateLimiter.local(limit, Duration.ofMinutes(1), now::get, CLOCK);
            for (int i = 0; i < Math.min(limit, 2000); i++) {
                assertThat(odd.take("a").remaining(), is(limit - 1 - i));
            }
            if (limit < 2000) {
                assertThat(odd.take("a").allowed(), is(false));
            }
        }
    }

    @Test
    void aFloodOfAddressesTakesBoundedMemoryAndDoesNotFreeWhoCameOften() {
        for (int i = 0; i < 61; i++) {
            limiter.take("often");
        }
        for (int i = 0; i < 300_000; i++) {
            limiter.take("address " + i);
            if (i % 10_000 == 0) {
                assertThat(limiter.take("often").allowed(), is(false));
            }
        }
        assertThat(limiter.clients(), lessThanOrEqualTo((long) LocalRateLimiter.MAX_CLIENTS));
        assertThat(limiter.take("often").allowed(), is(false));
    }
}
