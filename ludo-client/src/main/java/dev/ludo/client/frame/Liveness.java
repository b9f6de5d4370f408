package dev.ludo.client.frame;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether a peer is still there: when it is to be pinged, and whether it has been silent for too long since. The thread that
 * reads only counts what it hears; the time is looked at when a ping is sent or asked for. Thread-safe.
 */
final class Liveness {
    // Looking takes its time: who is pinged so much early is found silent within pingEvery and pongWithin together.
    private static final long EARLY_NANOS = 2 * LegWatch.PERIOD.toNanos();

    private static final long NEVER = -1;

    private final LongSupplier nanoTime;
    private final long pingEveryNanos;
    private final long pongWithinNanos;

    /** Grows with every sign of life; odd while a message is handled, for nobody listens then. One thread writes it. */
    private final AtomicLong heard = new AtomicLong();

    private volatile long pingedAt;
    private volatile long heardBeforePing = NEVER;

    Liveness(LegLimits limits, LongSupplier nanoTime) {
        long pingEvery = limits.pingEvery().toNanos();
        this.nanoTime = nanoTime;
        this.pingEveryNanos = Math.max(pingEvery / 2, pingEvery - EARLY_NANOS);
        this.pongWithinNanos = limits.pongWithin().toNanos();
        this.pingedAt = nanoTime.getAsLong();
    }

    /** A frame has come. */
    void heard() {
        heard.setRelease(heard.getPlain() + 2);
    }

    /** What came is handled from now on, and nothing is read meanwhile. */
    void beginHandling() {
        heard.setRelease(heard.getPlain() + 1);
    }

    /** It is listened again: whatever is late may have waited for that. */
    void endHandling() {
        heard.setRelease(heard.getPlain() + 1);
    }

    /** A ping is about to be sent. */
    void pinging() {
        pingedAt = nanoTime.getAsLong();
        heardBeforePing = heard.getAcquire();
    }

    /** Whether nothing was heard after a ping for longer than may be. */
    boolean isSilent(long now) {
        long before = heardBeforePing;
        boolean nothing = before == heard.getAcquire() && before % 2 == 0;
        return nothing && now - pingedAt > pongWithinNanos;
    }

    boolean isPingDue(long now) {
        return now - pingedAt > pingEveryNanos;
    }
}
