package dev.ludo.client.http;

import dev.ludo.client.resilience.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a client. The one that was used last is used first, so that those that are not needed grow old and go.
 *
 * <p>A connection that was idle for a second is looked at before it is used again, and every idle one is looked at once a second:
 * one that the server has closed is closed here too, and so are those that are too many: not sooner, since whoever waits in the
 * bulkhead will need them at once. How many are in use is the bulkhead's affair. Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Dialer dialer;
    private final int maxIdle;
    private final long maxIdleNanos;
    private final Duration readTimeout;
    private final Duration writeTimeout;
    private final Watchdog watchdog = new Watchdog(this::sweep);
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<PooledConnection> idle = new ArrayDeque<>();
    private boolean closed;
    private long lastSweep = System.nanoTime();

    /**
     * An empty pool.
     *
     * @param dialer opens connections
     * @param maxIdle how many idle ones are kept
     * @param maxIdleTime for how long
     * @param readTimeout how long the server may be silent while something is read
     * @param writeTimeout how long the server may not take what is written
     */
    public ConnectionPool(
            Dialer dialer, int maxIdle, Duration maxIdleTime, Duration readTimeout, Duration writeTimeout) {
        this.dialer = dialer;
        this.maxIdle = maxIdle;
        this.maxIdleNanos = maxIdleTime.toNanos();
        this.readTimeout = readTimeout;
        this.writeTimeout = writeTimeout;
    }

    /**
     * Takes a connection, an idle one if there is one that lives.
     *
     * @param deadline when the call must have ended
     * @return the connection, for {@link #giveBack}
     * @throws IOException if none could be opened
     */
    PooledConnection borrow(Deadline deadline) throws IOException {
        PooledConnection found = poll();
        while (found != null && System.nanoTime() - found.idleSince() >= FRESH && !found.isUsable()) {
            found.shut();
            found = poll();
        }
        return found == null ? open(deadline) : begin(found, deadline);
    }

    /**
     * Opens a connection, whatever is idle.
     *
     * @param deadline when the call must have ended
     * @return the connection, for {@link #giveBack}
     * @throws IOException if none could be opened
     */
    PooledConnection open(Deadline deadline) throws IOException {
        return begin(dialer.dial(watchdog, System.nanoTime() + deadline.remainingNanos()), deadline);
    }

    private PooledConnection begin(PooledConnection connection, Deadline deadline) {
        connection.begin(deadline, readTimeout, writeTimeout);
        return connection;
    }

    private @Nullable PooledConnection poll() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the client is closed");
            }
            return idle.pollLast();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a connection back.
     *
     * @param connection what was borrowed
     * @param reusable whether the answer was read to its end, and the server keeps the connection
     */
    void giveBack(PooledConnection connection, boolean reusable) {
        if (!reusable || connection.isOverdue() || connection.reader().available() > 0) {
            connection.shut();
            return;
        }
        connection.idleSince(System.nanoTime());
        boolean kept;
        lock.lock();
        try {
            kept = !closed && maxIdle > 0;
            if (kept) {
                idle.addLast(connection);
            }
        } finally {
            lock.unlock();
        }
        if (!kept) {
            connection.shut();
        }
    }

    // Once a second, on the watchdog's thread. Looked at outside the lock: whoever needs a connection then opens one.
    private void sweep() {
        long now = System.nanoTime();
        if (now - lastSweep < FRESH) {
            return;
        }
        lastSweep = now;
        List<PooledConnection> resting = new ArrayList<>();
        List<PooledConnection> tooMany = new ArrayList<>();
        lock.lock();
        try {
            while (idle.size() > maxIdle) {
                tooMany.add(idle.removeFirst());
            }
            for (Iterator<PooledConnection> all = idle.iterator(); all.hasNext(); ) {
                PooledConnection one = all.next();
                if (now - one.idleSince() >= FRESH) {
                    resting.add(one);
                    all.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        tooMany.forEach(PooledConnection::shut);
        List<PooledConnection> kept = new ArrayList<>();
        for (PooledConnection one : resting) {
            if (now - one.idleSince() < maxIdleNanos && one.isUsable()) {
                kept.add(one);
            } else {
                one.shut();
            }
        }
        putBack(kept);
    }

    private void putBack(List<PooledConnection> kept) {
        lock.lock();
        try {
            if (!closed) {
                kept.reversed().forEach(idle::addFirst);
                return;
            }
        } finally {
            lock.unlock();
        }
        kept.forEach(PooledConnection::shut);
    }

    /**
     * How many connections are open.
     *
     * @return in use and idle
     */
    public int open() {
        return watchdog.size();
    }

    /**
     * How many connections are idle.
     *
     * @return how many nobody uses
     */
    public int idle() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }

    /** Closes all connections. Calls under way fail, later ones too. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.clear();
        } finally {
            lock.unlock();
        }
        watchdog.close();
    }
}
