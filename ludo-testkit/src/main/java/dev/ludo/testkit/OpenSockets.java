package dev.ludo.testkit;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sockets whose connections have not ended. Thread-safe. */
final class OpenSockets {
    /** How long peers have to answer the close when the fake closes; it must not take long itself. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Outbox> open = new LinkedHashSet<>();

    void add(Outbox socket) {
        lock.lock();
        try {
            open.add(socket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void remove(Outbox socket) {
        lock.lock();
        try {
            open.remove(socket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are so many; false if they are not in time. */
    boolean await(int count, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (open.size() != count && left > 0) {
                left = changed.awaitNanos(left);
            }
            return open.size() == count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment for sockets that are being closed, then cuts those that are left. */
    void awaitEnd() {
        List<Outbox> late = awaitNone();
        if (!late.isEmpty()) {
            late.forEach(Outbox::cut);
            awaitNone();
        }
    }

    /** The sockets that are still there after a moment. */
    private List<Outbox> awaitNone() {
        long left = GRACE.toNanos();
        lock.lock();
        try {
            while (!open.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return List.copyOf(open);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then nobody is waited for
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }
}
