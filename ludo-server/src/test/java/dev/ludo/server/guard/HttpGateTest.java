package dev.ludo.server.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.ludo.server.guard.HttpGate.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For how long a connection is waited for. */
class HttpGateTest implements Source {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final Deque<byte[]> coming = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private Duration longestWait = FOR_EVER;
    private long now;
    private boolean wasIdle;
    private final HttpGate gate = new HttpGate(this, WireLimits.DEFAULT, () -> longestWait, () -> now);

    @Override
    public byte @Nullable [] first(long until) {
        byte[] read = read(until - now);
        return read.length == 0 ? null : read;
    }

    @Override
    public byte[] read(long nanos) {
        waits.add(Duration.ofNanos(nanos));
        wasIdle = gate.isIdle(Duration.ZERO);
        byte[] next = coming.poll();
        if (next == null) {
            now += nanos;
            return NOTHING_YET;
        }
        return next;
    }

    @Test
    void theFirstRequestHasTheTimeOfAHeadAndTheNextThatOfAnIdleConnection() {
        coming.add(REQUEST);
        assertThat(gate.get(), is(REQUEST));
        assertThat(gate.get(), is(nullValue()));
        assertThat(waits, is(List.of(Duration.ofSeconds(10), Duration.ofSeconds(60))));
    }

    @Test
    void aConnectionThatIsNewWhenTheServerEndsIsWaitedForAndServed() {
        longestWait = Duration.ofSeconds(2);
        coming.add(REQUEST);
        assertThat(gate.get(), is(REQUEST));
        assertThat(gate.get(), is(nullValue()));
        assertThat(waits, is(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2))));
    }

    @Test
    void aRequestThatHasBegunHasItsTimeAlsoWhenTheServerEnds() {
        longestWait = Duration.ofSeconds(2);
        coming.add(new byte[] {'G'});
        coming.add("ET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        gate.get();
        assertThat("in the middle of a request", wasIdle, is(false));
        assertThat(waits, is(List.of(Duration.ofSeconds(2), Duration.ofSeconds(10))));
    }

    @Test
    void itIsIdleWhileItWaitsForARequest() {
        gate.get();
        assertThat(wasIdle, is(true));
        assertThat("after the wait", gate.isIdle(Duration.ZERO), is(false));
    }
}
