package dev.ludo.client.realtime;

import dev.ludo.client.realtime.ConnectionEvent.Closed;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What was read and waits to be told, in order, and at last the end. One thread puts in, one takes out. */
final class Mailbox {
    /** How much may wait before the reader has to. */
    static final int CAPACITY = 256;

    static final long FOREVER = Long.MAX_VALUE;

    /** The same while somebody waits for an answer, which can only come past what waits. */
    private static final int CAPACITY_WHILE_ASKING = 64 * CAPACITY;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final ArrayDeque<RoomNotice> waiting = new ArrayDeque<>(0);
    private @Nullable Closed last;
    private int asking;
    private int readers;
    private boolean discarding;
    private boolean over;

    /** Adds something, after waiting until there is room for it; forgets it if nothing is wanted any more. */
    void put(RoomNotice notice) {
        lock.lock();
        try {
            while (!discarding && waiting.size() >= (asking > 0 ? CAPACITY_WHILE_ASKING : CAPACITY)) {
                drained.awaitUninterruptibly();
            }
            add(notice);
        } finally {
            lock.unlock();
        }
    }

    /** Adds something that is no message, so that there is little of it. */
    void putNow(RoomNotice notice) {
        lock.lock();
        try {
            add(notice);
        } finally {
            lock.unlock();
        }
    }

    private void add(RoomNotice notice) {
        if (!discarding) {
            waiting.add(notice);
            wakeReaders();
        }
    }

    private void wakeReaders() {
        if (readers > 0) {
            filled.signalAll();
        }
    }

    /** One more, or one less, waits for an answer. */
    void asking(int change) {
        lock.lock();
        try {
            asking += change;
            drained.signalAll();
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
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says what comes last; the first time counts. */
    void end(Closed notice) {
        lock.lock();
        try {
            if (last == null && !over) {
                last = notice;
                filled.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There was no beginning, so there is no end to tell. */
    void abandon() {
        lock.lock();
        try {
            over = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next notice, after waiting for it; null after the last, or if the time is up, which it never is with {@link #FOREVER}. */
    @Nullable
    RoomNotice take(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && last == null && !over) {
                if (left <= 0) {
                    return null;
                }
                readers++;
                try {
                    if (nanos == FOREVER) {
                        filled.await(); // which needs no timer
                    } else {
                        left = filled.awaitNanos(left);
                    }
                } finally {
                    readers--;
                }
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable RoomNotice next() {
        RoomNotice notice = waiting.poll();
        if (notice != null) {
            if (waiting.size() >= CAPACITY - 1) {
                drained.signalAll();
            }
            return notice;
        }
        Closed end = last;
        over = true;
        last = null;
        return end;
    }

    /** Whether everything has been taken, the end too. */
    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }
}
