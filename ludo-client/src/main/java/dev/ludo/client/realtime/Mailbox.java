package dev.ludo.client.realtime;

import dev.ludo.client.realtime.ConnectionEvent.Closed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What was read and waits to be told, in order, and at last the end. One thread puts in, one takes out. */
final class Mailbox {
    /** How much may wait, what is not handed over yet included, before the reader has to. */
    static final int CAPACITY = 256;

    /** How much is gathered at most: waking who takes it out costs as much as reading several messages. */
    private static final int RUN = CAPACITY / 2;

    static final long FOREVER = Long.MAX_VALUE;

    /** The same while somebody waits for an answer, which can only come past what waits. */
    private static final int CAPACITY_WHILE_ASKING = 64 * CAPACITY;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final ArrayDeque<RoomNotice> waiting = new ArrayDeque<>(0);

    /** What was put in and is not handed over yet; the reader's own. */
    private final ArrayList<RoomNotice> run = new ArrayList<>(0);

    private @Nullable Closed last;
    private int asking;
    private int readers;
    private boolean writerWaits;
    private boolean discarding;
    private boolean over;

    /** Adds something that was read. It can be taken out only after {@link #handOver}, for which this may have to wait. */
    void put(RoomNotice notice) {
        run.add(notice);
        if (run.size() == RUN) {
            handOver();
        }
    }

    /** Lets everything be taken out, after waiting until there is room for it; forgets it if nothing is wanted any more. */
    void handOver() {
        if (run.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            while (!discarding && waiting.size() + run.size() > (asking > 0 ? CAPACITY_WHILE_ASKING : CAPACITY)) {
                writerWaits = true;
                drained.awaitUninterruptibly();
            }
            writerWaits = false;
            if (!discarding) {
                waiting.addAll(run);
                wakeReaders();
            }
        } finally {
            lock.unlock();
        }
        run.clear();
    }

    /** Adds something that was not read, while no reader is at work; there is little of it. */
    void putNow(RoomNotice notice) {
        lock.lock();
        try {
            if (!discarding) {
                waiting.add(notice);
                wakeReaders();
            }
        } finally {
            lock.unlock();
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
            if (writerWaits && waiting.size() <= CAPACITY - RUN) {
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
