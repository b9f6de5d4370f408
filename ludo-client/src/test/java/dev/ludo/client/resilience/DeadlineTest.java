package dev.ludo.client.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private long now = Long.MAX_VALUE - 5; // a nanosecond clock may overflow

    @Test
    void itPassesAndKnowsWhatFits() {
        Deadline deadline = Deadline.after(Duration.ofNanos(10), () -> now);
        assertThat(deadline.remainingNanos(), is(10L));
        assertThat(deadline.allows(Duration.ofNanos(9)), is(true));
        assertThat(deadline.allows(Duration.ofNanos(10)), is(false));
        assertThat(deadline.allows(Duration.ofSeconds(Long.MAX_VALUE)), is(false));
        now += 10;
        assertThat(deadline.isOver(), is(true));
        assertThat(deadline.total(), is(Duration.ofNanos(10)));
    }

    @Test
    void oneThatHasPassedAlreadyIsNone() {
        assertThrows(IllegalArgumentException.class, () -> Deadline.after(Duration.ZERO, () -> now));
    }
}
