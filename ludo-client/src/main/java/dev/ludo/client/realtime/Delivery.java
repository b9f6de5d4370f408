package dev.ludo.client.realtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands what was read to the handlers: one after the other, in order, on a thread of its own, and at last the end. */
final class Delivery {
    /** How much may wait before the reader has to. */
    static final int CAPACITY = 256;

    /** The same while somebody waits for an answer, which can only come past what waits. */
    private static final int CAPACITY_WHILE_ASKING = 64 * CAPACITY;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable Runnable last;
    private int asking;
    private boolean discarding;
    private volatile @Nullable Thread thread;

    void start() {
        Thread made = Thread.ofVirtual().name("ludo-room-events").unstarted(this::run);
        thread = made;
        made.start();
    }

    /** Adds something, after waiting until there is room for it; forgets it if nothing is wanted any more. */
    void put(Runnable item) {
        lock.lock();
        try {
            while (!discarding && waiting.size() >= (asking > 0 ? CAPACITY_WHILE_ASKING : CAPACITY)) {
                changed.awaitUninterruptibly();
            }
            if (!discarding) {
                waiting.add(item);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One more, or one less, waits for an answer. */
    void asking(int change) {
        lock.lock();
        try {
            asking += change;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits and what still comes, but for the end. */
    void discard() {
        lock.lock();
        try {
            discarding = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says what comes last. */
    void end(Runnable item) {
        lock.lock();
        try {
            last = item;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Runnable item = next(); item != null; item = next()) {
            item.run();
        }
        lastItem().run();
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && last == null) {
                changed.awaitUninterruptibly();
            }
            changed.signalAll();
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private Runnable lastItem() {
        lock.lock();
        try {
            return last == null ? () -> {} : last;
        } finally {
            lock.unlock();
        }
    }

    boolean isThisThread() {
        return Thread.currentThread().equals(thread);
    }

    /** Waits until the end has been delivered; true if it has, or nothing ever will be. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        Thread running = thread;
        return running == null || running.join(Duration.ofNanos(Math.max(0, nanos)));
    }

    void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
