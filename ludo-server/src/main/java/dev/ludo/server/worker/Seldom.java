package dev.ludo.server.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Keeps what happens again and again from filling the log. Thread-safe. */
final class Seldom {
    private static final long PERIOD = Duration.ofMinutes(10).toNanos();

    private final LongSupplier nanos;
    private boolean told;
    private long last;

    Seldom(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether it may be told: the first time, and then once in ten minutes. */
    synchronized boolean mayTell() {
        long now = nanos.getAsLong();
        if (told && now - last < PERIOD) {
            return false;
        }
        told = true;
        last = now;
        return true;
    }
}
