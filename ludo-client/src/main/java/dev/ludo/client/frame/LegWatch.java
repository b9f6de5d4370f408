package dev.ludo.client.frame;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks after legs while they run: pings them, and ends those that are overdue with something. One is enough for a process.
 * Thread-safe.
 */
public final class LegWatch implements AutoCloseable {
    /** How often it looks. A leg is overdue by at most this much when it is ended. */
    public static final Duration PERIOD = Duration.ofMillis(250);

    private static final System.Logger LOGGER = System.getLogger(LegWatch.class.getName());

    private final Set<SocketLeg> legs = ConcurrentHashMap.newKeySet();
    private final @Nullable Thread thread;

    private LegWatch(boolean started) {
        this.thread = started ? Thread.ofVirtual().name("ludo-leg-watch").start(this::watch) : null;
    }

    /**
     * A watch that looks by itself until it is closed.
     *
     * @return the watch
     */
    public static LegWatch start() {
        return new LegWatch(true);
    }

    /**
     * A watch that looks only when told to, for tests by a clock of their own.
     *
     * @return the watch
     */
    public static LegWatch manual() {
        return new LegWatch(false);
    }

    /**
     * Runs a leg under this watch.
     *
     * @param leg the leg
     * @return how it ended
     */
    public LegEnd run(SocketLeg leg) {
        legs.add(leg);
        try {
            return leg.run();
        } finally {
            legs.remove(leg);
        }
    }

    /** Looks at every leg now. */
    public void look() {
        for (SocketLeg leg : legs) {
            try {
                leg.tick();
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.WARNING, "a leg could not be looked after", e);
            }
        }
    }

    /**
     * How many legs run.
     *
     * @return how many
     */
    public int size() {
        return legs.size();
    }

    /**
     * Whether a leg is writing. A clock that is moved meanwhile finds it stuck.
     *
     * @return whether any is
     */
    public boolean isAnyWriting() {
        return legs.stream().anyMatch(SocketLeg::isWriting);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Stops looking. Legs that still run are no longer looked after. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
