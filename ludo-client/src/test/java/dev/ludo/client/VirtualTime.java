package dev.ludo.client;

import dev.ludo.client.resilience.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Time that passes when somebody sleeps, and not otherwise. For one thread. */
final class VirtualTime implements LongSupplier, Sleeper {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;
    final List<Duration> slept = new ArrayList<>();

    @Override
    public long getAsLong() {
        return nanos;
    }

    @Override
    public void sleep(Duration wait) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        slept.add(wait);
        pass(wait);
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return START.plusNanos(nanos);
            }
        };
    }
}
