package dev.ludo.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Closes what is overdue. One thread looks after all channels of a client: whoever is about to block says until when at most, and
 * is woken by the closing of the channel if it takes longer. That bounds connecting, writing and reading alike, and costs two
 * writes to memory where a timeout of the socket would cost a timer a read.
 *
 * <p>It is a platform thread, so that it also runs when all carriers of virtual threads are taken. It sleeps while nothing is
 * watched. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Watchdog.class.getName());
    private static final long LONGEST_SLEEP = 250_000_000;
    private static final long SHORTEST_SLEEP = 1_000_000;

    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private final Runnable everyLook;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    private volatile long nextLook = System.nanoTime();

    /**
     * A watchdog that starts with the first thing to watch.
     *
     * @param everyLook what else to do regularly, four times a second while something is watched
     */
    public Watchdog(Runnable everyLook) {
        this.everyLook = everyLook;
    }

    /** Watches a channel until its guard is closed. */
    Guard watch(Closeable channel) {
        Guard guard = new Guard(channel);
        guards.add(guard);
        if (closed) {
            guard.close();
        } else if (started.compareAndSet(false, true)) {
            thread = Thread.ofPlatform().daemon().name("ludo-watchdog").start(this::run);
        } else {
            LockSupport.unpark(thread);
        }
        return guard;
    }

    private void run() {
        while (!closed) {
            if (guards.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            long now = System.nanoTime();
            nextLook = now + LONGEST_SLEEP;
            long sleep = LONGEST_SLEEP;
            for (Guard guard : guards) {
                sleep = Math.min(sleep, guard.look(now));
            }
            everyLookSafely();
            nextLook = now + Math.max(SHORTEST_SLEEP, sleep);
            LockSupport.parkNanos(this, Math.max(SHORTEST_SLEEP, nextLook - System.nanoTime()));
        }
    }

    private void everyLookSafely() {
        try {
            everyLook.run();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.WARNING, "idle connections could not be looked after", e);
        }
    }

    /**
     * How many channels are open.
     *
     * @return how many are watched
     */
    public int size() {
        return guards.size();
    }

    /** Closes all channels, also those in use, and every one that is opened later. */
    @Override
    public void close() {
        closed = true;
        guards.forEach(Guard::close);
        LockSupport.unpark(thread);
    }

    /** One channel under watch. For one thread at a time, but for the watchdog itself. */
    final class Guard {
        private static final long NEVER = Long.MIN_VALUE;
        private static final long OVERDUE = Long.MIN_VALUE + 1;

        private final Closeable channel;
        private final AtomicLong due = new AtomicLong(NEVER);

        private Guard(Closeable channel) {
            this.channel = channel;
        }

        /** Closes the channel unless {@link #disarm} is called by this time of {@link System#nanoTime}. */
        void arm(long at) throws SocketTimeoutException {
            if (due.getAndSet(Math.max(at, OVERDUE + 1)) == OVERDUE) {
                expired();
            }
            if (at - nextLook < 0) {
                LockSupport.unpark(thread);
            }
        }

        /** In time, unless the channel was closed just before. */
        void disarm() throws SocketTimeoutException {
            if (due.getAndSet(NEVER) == OVERDUE) {
                expired();
            }
        }

        /** Whether the channel was closed for being overdue. */
        boolean isOverdue() {
            return due.get() == OVERDUE;
        }

        private void expired() throws SocketTimeoutException {
            due.set(OVERDUE);
            throw new SocketTimeoutException("it took too long");
        }

        private long look(long now) {
            long at = due.get();
            if (at == NEVER || at == OVERDUE) {
                return LONGEST_SLEEP;
            }
            if (at - now > 0) {
                return at - now;
            }
            if (due.compareAndSet(at, OVERDUE)) {
                close();
            }
            return LONGEST_SLEEP;
        }

        void close() {
            guards.remove(this);
            try {
                channel.close();
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.DEBUG, "a channel could not be closed", e);
            }
        }
    }
}
