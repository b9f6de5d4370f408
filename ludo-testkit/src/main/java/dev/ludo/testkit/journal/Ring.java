package dev.ludo.testkit.journal;

import dev.ludo.testkit.journal.JournalEntry.Content;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last entries, so many at most and with so many bytes of bodies at most. Thread-safe. */
final class Ring {
    /** How much of all bodies together is kept: 32 MiB, so that a fake that answers much does not fill the memory. */
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /** What an entry takes beside its body, roughly. */
    private static final int OVERHEAD = 256;

    private final InstantSource clock;
    private final InstantSource realClock;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<JournalEntry> kept = new ArrayDeque<>();
    private final Set<Long> accounted = new HashSet<>();
    private long top;
    private long lost;
    private long bytes;

    Ring(InstantSource clock, InstantSource realClock, int capacity) {
        this.clock = clock;
        this.realClock = realClock;
        this.capacity = capacity;
    }

    boolean isOn() {
        return capacity > 0;
    }

    void add(Content content) {
        lock.lock();
        try {
            kept.add(new JournalEntry(++top, clock.instant(), realClock.instant(), content));
            bytes += content.bodyBytes() + OVERHEAD;
            while (kept.size() > capacity || bytes > MOST_BYTES) {
                JournalEntry oldest = kept.remove();
                bytes -= oldest.bodyBytes() + OVERHEAD;
                accounted.remove(oldest.seq());
                lost++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The entries after a number, in order. */
    List<JournalEntry> after(long seq) {
        lock.lock();
        try {
            if (seq >= top) {
                return List.of();
            }
            return kept.stream().skip(Math.max(0, kept.size() - (top - seq))).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is an entry after a number; gives the nanoseconds that are left, none or less if time was up. */
    long awaitAfter(long seq, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (top <= seq && left > 0) {
                left = changed.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers that somebody has expected these. */
    void account(List<JournalEntry> entries) {
        lock.lock();
        try {
            entries.forEach(entry -> accounted.add(entry.seq()));
        } finally {
            lock.unlock();
        }
    }

    List<JournalEntry> unaccounted() {
        lock.lock();
        try {
            return kept.stream()
                    .filter(entry -> !accounted.contains(entry.seq()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all entries; numbers go on. */
    void clear() {
        lock.lock();
        try {
            kept.clear();
            accounted.clear();
            bytes = 0;
            lost = 0;
        } finally {
            lock.unlock();
        }
    }
}
