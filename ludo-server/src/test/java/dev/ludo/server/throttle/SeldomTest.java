package dev.ludo.server.throttle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What happens often is told seldom. */
class SeldomTest {
    @Test
    void eachReasonIsToldOnceInAPeriod() {
        AtomicLong now = new AtomicLong(7);
        Seldom<String> seldom = new Seldom<>(Duration.ofMinutes(1), now::get);
        assertThat(seldom.mayTell("a"), is(true));
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(seldom.mayTell("a"), is(false));
        assertThat(seldom.mayTell("b"), is(true));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(seldom.mayTell("a"), is(true));
        assertThat(seldom.mayTell("a"), is(false));
    }
}
