package dev.ludo.server.realtime;

import dev.ludo.client.resilience.Sleeper;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.guard.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sockets that are open, counted against their limits. Thread-safe. */
public final class Sessions {
    // How finely telling them to go is spread.
    private static final Duration STEP = Duration.ofMillis(10);

    private final int perClient;
    private final int total;
    private final Sleeper sleeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Map<String, Integer> byClient = new HashMap<>();
    private final Set<Guest> running = new HashSet<>();
    private int open;
    private boolean draining;

    /**
     * Knows the limits.
     *
     * @param perClient how many one client may have open
     * @param total how many may be open
     * @param sleeper lets time pass while they are told to go
     */
    public Sessions(int perClient, int total, Sleeper sleeper) {
        this.perClient = perClient;
        this.total = total;
        this.sleeper = sleeper;
    }

    /**
     * Takes a place for a socket, or says why there is none. Each place taken must be given back.
     *
     * @param caller who wants it
     * @throws Refusal if there is none
     */
    public void take(Caller caller) {
        lock.lock();
        try {
            if (draining) {
                throw Refusal.of(ErrorCode.UNAVAILABLE, "The proxy is shutting down.")
                        .with("Retry-After", "5");
            }
            if (open >= total) {
                throw Refusal.of(ErrorCode.UNAVAILABLE, "Too many sockets are open.")
                        .with("Retry-After", "5");
            }
            int own = byClient.getOrDefault(caller.client(), 0);
            if (own >= perClient) {
                throw Refusal.of(ErrorCode.RATE_LIMITED, "Too many sockets are open for one client.")
                        .with("Retry-After", "5");
            }
            byClient.put(caller.client(), own + 1);
            open++;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a place back.
     *
     * @param caller who had it
     */
    public void giveBack(Caller caller) {
        lock.lock();
        try {
            byClient.computeIfPresent(caller.client(), (id, own) -> own == 1 ? null : own - 1);
            open--;
            if (open == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Somebody begins to use a place that was taken; they are told to go if the proxy does.
     *
     * @param session who
     */
    public void started(Guest session) {
        lock.lock();
        try {
            running.add(session);
            if (draining) {
                session.drain();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Somebody has done with their place.
     *
     * @param session who
     */
    public void ended(Guest session) {
        lock.lock();
        try {
            running.remove(session);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many sockets are open.
     *
     * @return how many
     */
    public int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many sockets of a kind are open.
     *
     * @param kind the kind
     * @return how many
     */
    public int open(SocketKind kind) {
        return (int) snapshot().stream()
                .filter(session -> session.socketKind() == kind)
                .count();
    }

    /**
     * How many messages have waited for one client.
     *
     * @return the most that have waited at once for any of those that are open
     */
    public int queueHighWater() {
        return snapshot().stream().mapToInt(Guest::queueHighWater).max().orElse(0);
    }

    private List<Guest> snapshot() {
        lock.lock();
        try {
            return List.copyOf(running);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more sockets, tells those that are open to go away, and waits until they have.
     *
     * @param over how long it takes until all are told, evenly spread, so that they do not all come back elsewhere at once
     * @param within how long to wait after that at most
     */
    public void drain(Duration over, Duration within) {
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
        try {
            tell(snapshot(), over);
            awaitNone(within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(List<Guest> sessions, Duration over) throws InterruptedException {
        int count = sessions.size();
        int steps = Math.clamp(over.dividedBy(STEP), 1, Math.max(1, count));
        int told = 0;
        for (int step = 1; step <= steps; step++) {
            for (long until = (long) count * step / steps; told < until; told++) {
                sessions.get(told).drain();
            }
            if (step < steps && open() > 0) {
                sleeper.sleep(over.dividedBy(steps));
            }
        }
    }

    private void awaitNone(Duration within) throws InterruptedException {
        lock.lock();
        try {
            long left = within.toNanos();
            while (open > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
