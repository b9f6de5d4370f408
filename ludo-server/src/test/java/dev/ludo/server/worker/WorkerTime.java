package dev.ludo.server.worker;

import dev.ludo.client.resilience.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Time that passes only when a test says so; who sleeps is woken by it. Thread-safe. */
final class WorkerTime implements Sleeper {
    private final List<Instant> sleepers = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized void sleep(Duration howLong) throws InterruptedException {
        Instant wake = now.plus(howLong);
        sleepers.add(wake);
        notifyAll();
        try {
            while (now.isBefore(wake)) {
                wait();
            }
        } finally {
            sleepers.remove(wake);
        }
    }

    /** Whether somebody sleeps, who will not wake unless time passes. */
    synchronized boolean somebodySleeps() {
        return sleepers.stream().anyMatch(wake -> wake.isAfter(now));
    }

    /** Passes the time until the first of those who sleep wakes, if anybody does. */
    synchronized void passToTheFirstSleeper() {
        sleepers.stream().filter(wake -> wake.isAfter(now)).sorted().findFirst().ifPresent(wake -> {
            now = wake;
            notifyAll();
        });
    }

    synchronized void pass(Duration howLong) {
        now = now.plus(howLong);
        notifyAll();
    }

    synchronized Instant now() {
        return now;
    }

    Pace pace() {
        return pace(clock());
    }

    Pace pace(Clock clock) {
        return new Pace(clock, () -> Duration.between(Instant.EPOCH, now()).toNanos(), this, new Random(1));
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
