package dev.ludo.client.frame;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on a leg: one writer at a time, the others' frames wait in a bounded queue. Whoever finds nobody writing
 * writes, and goes on until the queue is empty; the lock is not held meanwhile. Once a write is seen to wait for the peer,
 * whoever sends has frames queued only, and a thread of the leg's own writes until the queue is empty again.
 *
 * <p>Where senders must not wait for the peer, a thread of the leg's own writes from the first frame on. A sender that is faster
 * than that thread waits for room in the queue, but no longer than until the peer is seen to be slow.
 */
final class Outbound {
    private static final long NOT_WRITING = Long.MIN_VALUE;

    /** How many pongs may wait; whoever pings more without reading gets the newest (RFC 6455, section 5.5.3). */
    private static final int MAX_PONGS = 16;

    private static final byte PONG = (byte) (0x80 | Opcode.PONG);

    /** Who keeps a write waiting for so long does not read what fills the buffers on the way. */
    private static final long SLOW_NANOS = 100_000_000;

    private final DataWriter out;
    private final LegLimits limits;
    private final LongSupplier nanoTime;
    private final Runnable onFailure;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>(0);
    private int queuedBytes;
    private boolean writing;
    private volatile boolean handsOver;
    private volatile boolean slow;
    private boolean closed;
    private volatile int highWater;
    private volatile long writingSince = NOT_WRITING;

    Outbound(DataWriter out, LegLimits limits, LongSupplier nanoTime, Runnable onFailure) {
        this.out = out;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.onFailure = onFailure;
    }

    /** From now on nobody who sends writes. */
    void handOver() {
        handsOver = true;
    }

    /** Sends a message's frame; the calling thread may have to write it and what others add meanwhile. */
    SendResult send(byte[] frame) {
        lock.lock();
        try {
            while (handsOver && !slow && !closed && isFull(frame)) {
                room.awaitUninterruptibly();
            }
            if (closed) {
                return SendResult.CLOSED;
            }
            if (writing || slow) {
                return postIfThereIsRoom(frame);
            }
            if (handsOver) {
                postLocked(frame);
                return SendResult.SENT;
            }
            beginWriting();
        } finally {
            lock.unlock();
        }
        return write(frame, false) ? SendResult.SENT : SendResult.CLOSED;
    }

    private boolean isFull(byte[] frame) {
        return queue.size() >= limits.maxQueuedMessages() || queuedBytes + frame.length > limits.maxQueuedBytes();
    }

    /** Sends messages' frames, never on the calling thread. */
    SendResult sendElsewhere(byte[] frames) {
        lock.lock();
        try {
            return closed ? SendResult.CLOSED : postIfThereIsRoom(frames);
        } finally {
            lock.unlock();
        }
    }

    private SendResult postIfThereIsRoom(byte[] frame) {
        if (writing && isFull(frame)) {
            return SendResult.FULL;
        }
        postLocked(frame);
        return SendResult.SENT;
    }

    /** Sends a ping or pong, past the queue's bounds and never on the calling thread. */
    void post(byte[] frame) {
        lock.lock();
        try {
            if (!closed) {
                forgetAPong();
                postLocked(frame);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetAPong() {
        if (queue.size() < MAX_PONGS) {
            return;
        }
        List<byte[]> pongs = queue.stream()
                .filter(frame -> frame[0] == PONG)
                .limit(MAX_PONGS)
                .toList();
        if (pongs.size() == MAX_PONGS) {
            queue.remove(pongs.getFirst());
            queuedBytes -= pongs.getFirst().length;
        }
    }

    /** Sends the last frame; nothing is taken after it. If it is taken itself, something is done first that does not block. */
    boolean postLast(byte[] frame, Runnable first) {
        return postLast(frame, false, first);
    }

    /** Sends the last frame right after the one that is being written, and forgets what waits. */
    boolean postOnly(byte[] frame, Runnable first) {
        return postLast(frame, true, first);
    }

    private boolean postLast(byte[] frame, boolean forget, Runnable first) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            first.run();
            room.signalAll();
            if (forget) {
                forget();
            }
            postLocked(frame);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void postLocked(byte[] frame) {
        if (writing) {
            enqueue(frame);
            return;
        }
        beginWriting();
        writeElsewhere(frame);
    }

    private void writeElsewhere(byte[] frame) {
        Thread.ofVirtual().name("ludo-leg-writer").start(() -> write(frame, true));
    }

    private void enqueue(byte[] frame) {
        queue.add(frame);
        queuedBytes += frame.length;
        if (queue.size() > highWater) {
            highWater = queue.size();
        }
    }

    private void beginWriting() {
        writing = true;
        writingSince = nanoTime.getAsLong();
    }

    private boolean write(byte[] first, boolean ownThread) {
        byte[] frame = first;
        try {
            while (frame != null) {
                out.writeNow(BufferData.create(frame));
                frame = next(ownThread);
                if (frame != null && slow && !ownThread) {
                    writeElsewhere(frame);
                    return true;
                }
            }
            return true;
        } catch (RuntimeException e) {
            stop();
            endWriting();
            onFailure.run(); // the reader sees the end, and tells of it
            return false;
        }
    }

    private byte @Nullable [] next(boolean ownThread) {
        lock.lock();
        try {
            byte[] frame = queue.poll();
            if (frame == null) {
                if (ownThread) {
                    slow = false;
                }
                endWriting();
                return null;
            }
            queuedBytes -= frame.length;
            room.signalAll();
            writingSince = nanoTime.getAsLong();
            return frame;
        } finally {
            lock.unlock();
        }
    }

    private void endWriting() {
        lock.lock();
        try {
            writing = false;
            writingSince = NOT_WRITING;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more and forgets what waits. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        queue.clear();
        queuedBytes = 0;
    }

    /** Waits until nothing is being written. Who cuts the line ends a write that hangs. */
    void awaitIdle() {
        lock.lock();
        try {
            while (writing) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isWriting() {
        return writingSince != NOT_WRITING;
    }

    /** How many frames have waited at most. */
    int highWater() {
        return highWater;
    }

    /** Looks whether a write waits for the peer. */
    void noticeSlow(long now) {
        long since = writingSince;
        if (since == NOT_WRITING || now - since <= SLOW_NANOS) {
            return;
        }
        lock.lock();
        try {
            slow = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether one write takes longer than it may. */
    boolean isStuck(long now) {
        long since = writingSince;
        return since != NOT_WRITING && now - since > limits.writeWithin().toNanos();
    }
}
