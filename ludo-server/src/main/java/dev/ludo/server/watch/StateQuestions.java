package dev.ludo.server.watch;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Those who want to know the state of the game, for all of whom the API is asked once, and not too often: it takes so many
 * messages of one connection, on which a room's watchers all hang. Guarded by the hub's lock.
 */
final class StateQuestions {
    private static final long EVERY = Duration.ofMillis(250).toNanos();

    /** For how long an answer is waited for before it is asked again. */
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final Set<Watcher> all = new LinkedHashSet<>();
    private boolean underWay;
    private long askedAt;

    StateQuestions(long now) {
        askedAt = now - EVERY;
    }

    void add(Watcher watcher) {
        all.add(watcher);
    }

    void remove(Watcher watcher) {
        all.remove(watcher);
    }

    boolean contains(Watcher watcher) {
        return all.contains(watcher);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether the API is to be asked now. */
    boolean isDue(long now) {
        return !all.isEmpty() && now - askedAt >= (underWay ? PATIENCE : EVERY);
    }

    void asked(long now) {
        underWay = true;
        askedAt = now;
    }

    /** All have been told. */
    void clear() {
        all.clear();
        underWay = false;
    }
}
