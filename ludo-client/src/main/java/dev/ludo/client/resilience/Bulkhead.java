package dev.ludo.client.resilience;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how much is under way at once, in all and for each host, so that a slow host cannot take up all threads and sockets.
 * Who finds it full waits in line, first come first served.
 *
 * <p>The place with the host is taken first: who waits for a slow host does not hold a place that a call to another could use.
 * Thread-safe.
 */
public final class Bulkhead {
    private final BulkheadConfig config;
    private final Semaphore all;
    private final ConcurrentHashMap<String, Semaphore> hosts = new ConcurrentHashMap<>();

    /**
     * An empty bulkhead.
     *
     * @param config its sizes
     */
    public Bulkhead(BulkheadConfig config) {
        this.config = config;
        this.all = new Semaphore(config.total(), true);
    }

    /**
     * Takes a place without waiting.
     *
     * @param host the host
     * @return whether there was one; then {@link #leave} must be called
     */
    public boolean tryEnter(String host) {
        Semaphore places = places(host);
        if (places.hasQueuedThreads() || !places.tryAcquire()) {
            return false;
        }
        if (!all.hasQueuedThreads() && all.tryAcquire()) {
            return true;
        }
        places.release();
        return false;
    }

    /**
     * Takes a place, in turn.
     *
     * @param host the host
     * @param wait how long to wait for it at most
     * @return whether there was one in time; then {@link #leave} must be called
     * @throws InterruptedException if the thread is interrupted while it waits; it has no place then
     */
    public boolean enter(String host, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        Semaphore places = places(host);
        if (!places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = all.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return entered;
        } finally {
            if (!entered) {
                places.release();
            }
        }
    }

    /**
     * Gives a place back.
     *
     * @param host the host it was taken for
     */
    public void leave(String host) {
        all.release();
        places(host).release();
    }

    /**
     * How many have a place.
     *
     * @param host with which host
     * @return 0 up to the limit
     */
    public int inUse(String host) {
        return config.perHost() - places(host).availablePermits();
    }

    /**
     * About how many wait.
     *
     * @param host for a place with which host
     * @return 0 or more
     */
    public int waiting(String host) {
        return places(host).getQueueLength();
    }

    private Semaphore places(String host) {
        Semaphore known = hosts.get(host);
        return known != null ? known : hosts.computeIfAbsent(host, h -> new Semaphore(config.perHost(), true));
    }
}
