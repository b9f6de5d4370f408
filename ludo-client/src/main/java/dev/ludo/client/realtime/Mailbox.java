package dev.ludo.client.realtime;

import dev.ludo.client.realtime.ConnectionEvent.Closed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What was read and waits to be told, in order, and at last the end. One thread puts in, one takes out. */
final class Mailbox {
    /** How much may wait before the reader has to. */
    static final int CAPACITY = 256;

    static final long FOREVER = Long.MAX_VALUE;

    /** How much goes from one thread to the other at once: a lock costs, and a wake-up costs as much as reading several messages. */
    private static final int RUN = 64;

    /** The capacity less what may have been taken out and not told yet. */
    private static final int ROOM = CAPACITY - RUN;

    /** The same while somebody waits for an answer, which can only come past what waits. */
    private static final int ROOM_WHILE_ASKING = 64 * CAPACITY;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final ArrayDeque<RoomNotice> waiting = new ArrayDeque<>(0);

    /** What was put in and is not handed over yet; the reader's own. */
    private final ArrayList<RoomNotice> run = new ArrayList<>(0);

    /** What was taken out and is not given yet; the taker's own. */
    private final ArrayDeque<RoomNotice> taken = new ArrayDeque<>(0);

    private @Nullable Closed last;
    private int asking;
    private int takers;
    private boolean readerWaits;
    private volatile boolean discarding;
    private volatile boolean over;

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
            while (!discarding && waiting.size() + run.size() > (asking > 0 ? ROOM_WHILE_ASKING : ROOM)) {
                readerWaits = true;
                drained.awaitUninterruptibly();
            }
            readerWaits = false;
            if (!discarding) {
                waiting.addAll(run);
                wakeTaker();
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
                wakeTaker();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wakeTaker() {
        if (takers > 0) {
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
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (discarding) {
            taken.clear();
        }
        RoomNotice notice = taken.poll();
        return notice == null ? takeRun(nanos) : notice;
    }

    private @Nullable RoomNotice takeRun(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && last == null && !over) {
                if (left <= 0) {
                    return null;
                }
                takers++;
                try {
                    if (nanos == FOREVER) {
                        filled.await(); // which needs no timer
                    } else {
                        left = filled.awaitNanos(left);
                    }
                } finally {
                    takers--;
                }
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable RoomNotice next() {
        RoomNotice notice = waiting.poll();
        if (notice == null) {
            Closed end = last;
            over = true;
            last = null;
            return end;
        }
        while (taken.size() < RUN - 1 && !waiting.isEmpty()) {
            taken.add(waiting.poll());
        }
        if (readerWaits && waiting.size() <= ROOM - RUN) {
            drained.signalAll();
        }
        return notice;
    }

    /** Whether everything has been taken, the end too. */
    boolean isOver() {
        return over;
    }
}
