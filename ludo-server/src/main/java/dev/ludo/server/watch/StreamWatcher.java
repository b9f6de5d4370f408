package dev.ludo.server.watch;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.server.api.RoomStreams;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.realtime.Guest;
import dev.ludo.server.realtime.Sessions;
import dev.ludo.server.realtime.SocketKind;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who watches by a stream of events: its bytes wait, up to the bounds of a socket, for the thread that writes them. Thread-safe. */
final class StreamWatcher implements Watcher, RoomStreams.Stream, Guest {
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII);

    private final LegLimits limits;
    private final Sessions sessions;
    private final Caller caller;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>(0);
    private int queuedBytes;
    private int highWater;
    private boolean begun;
    private volatile boolean slow;
    private @Nullable FeedEnd end;
    private volatile @Nullable Hub hub;

    /** Watches nothing yet; it has a place among the sessions, which it gives back when it is closed. */
    StreamWatcher(LegLimits limits, Sessions sessions, Caller caller) {
        this.limits = limits;
        this.sessions = sessions;
        this.caller = caller;
        sessions.started(this);
    }

    /** Knows in which hub it is. */
    void in(Hub where) {
        hub = where;
    }

    @Override
    public WatcherKind kind() {
        return WatcherKind.STREAM;
    }

    @Override
    public boolean offer(byte[] bytes, int count) {
        lock.lock();
        try {
            if (end != null || slow) {
                return true; // it is going
            }
            boolean full =
                    queue.size() >= limits.maxQueuedMessages() || queuedBytes + bytes.length > limits.maxQueuedBytes();
            if (full && begun) {
                return false;
            }
            begun = true;
            queue.add(bytes);
            queuedBytes += bytes.length;
            highWater = Math.max(highWater, queue.size());
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cut() {
        lock.lock();
        try {
            slow = true;
            queue.clear();
            queuedBytes = 0;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end(FeedEnd why) {
        lock.lock();
        try {
            if (end == null) {
                end = why;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to tell; gives why there will never be anything, if so. */
    @Nullable
    FeedEnd awaitBeginning() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!begun && end == null) {
                changed.await();
            }
            return begun ? null : end;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void writeTo(OutputStream out) {
        try (out) {
            out.write(RETRY);
            List<byte[]> next = take();
            while (!next.isEmpty()) {
                for (byte[] bytes : next) {
                    if (slow) {
                        throw tooSlow();
                    }
                    out.write(bytes);
                }
                out.flush();
                next = take();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the watcher went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server ends", e);
        }
    }

    private static CloseConnectionException tooSlow() {
        return new CloseConnectionException("the watcher reads too slowly");
    }

    /** Waits for what is to be written; nothing if there is no more. */
    private List<byte[]> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty() && end == null && !slow) {
                changed.await();
            }
            if (slow) {
                throw tooSlow();
            }
            List<byte[]> all = new ArrayList<>(queue);
            queue.clear();
            queuedBytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SocketKind socketKind() {
        return SocketKind.STREAM;
    }

    @Override
    public int queueHighWater() {
        lock.lock();
        try {
            return highWater;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void drain() {
        end(FeedEnd.DRAINED);
    }

    @Override
    public void close() {
        Hub where = hub;
        if (where != null) {
            where.leave(this);
        }
        sessions.ended(this);
        sessions.giveBack(caller);
    }
}
