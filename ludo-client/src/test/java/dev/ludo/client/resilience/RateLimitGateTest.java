package dev.ludo.client.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitGateTest {
    private long now = Long.MAX_VALUE - 5;
    private final RateLimitGate gate = new RateLimitGate(() -> now);

    @Test
    void itHoldsUntilTheLimitIsRenewed() {
        assertThat(gate.holdNanos(), is(0L));
        gate.exhausted(Duration.ofNanos(100));
        gate.exhausted(Duration.ofNanos(40)); // an answer that was overtaken
        assertThat(gate.holdNanos(), is(100L));
        now += 99;
        assertThat(gate.holdNanos(), is(1L));
        now += 1;
        assertThat(gate.holdNanos(), is(0L));
    }

    @Test
    void aClockThatIsWrongByHoursCostsAMinute() {
        gate.exhausted(Duration.ofHours(5));
        assertThat(gate.holdNanos(), is(RateLimitGate.LONGEST.toNanos()));
        now += RateLimitGate.LONGEST.toNanos();
        assertThat(gate.holdNanos(), is(0L));
    }

    @Test
    void whatIsRenewedAlreadyHoldsNobody() {
        gate.exhausted(Duration.ZERO);
        gate.exhausted(Duration.ofSeconds(-3));
        assertThat(gate.holdNanos(), is(0L));
    }
}
