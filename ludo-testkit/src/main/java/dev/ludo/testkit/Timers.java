package dev.ludo.testkit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done later, by a {@link VirtualClock}, on one virtual thread of its own.
 *
 * <p>Tasks run one after another in the order of their times, those of one time in the order in which they were planned,
 * never on the thread that plans them: a task that plans the next for at once does not recurse and does not get ahead of
 * others. Advancing the clock is done by the same thread, which steps from one due time to the next, so that every task
 * sees the time for which it was planned. Tasks may take locks, but must not wait for an {@link #advance}.
 */
final class Timers implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Timers.class.getName());

    /** Real time may be set anew while the thread waits; it looks again at least this often. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** A task takes far less; one that hangs must not keep the fake from closing. */
    private static final Duration LONGEST_END = Duration.ofMillis(100);

    /** A planned task; {@link #cancel} takes it back if it has not begun. */
    final class Timer {
        private final Instant due;
        private final long order;
        private final Runnable task;

        private Timer(Instant due, long order, Runnable task) {
            this.due = due;
            this.order = order;
            this.task = task;
        }

        void cancel() {
            lock.lock();
            try {
                planned.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class Advance {
        private final Duration by;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private Optional<Instant> until = Optional.empty();

        private Advance(Duration by) {
            this.by = by;
        }
    }

    private final VirtualClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Timer> planned =
            new TreeSet<>(Comparator.comparing((Timer t) -> t.due).thenComparingLong(t -> t.order));
    private final Deque<Advance> advances = new ArrayDeque<>();
    private final Thread worker;
    private long count;
    private boolean closed;

    Timers(VirtualClock clock) {
        this.clock = clock;
        this.worker = Thread.ofVirtual().name("ludo-fake-timers").unstarted(this::run);
    }

    void start() {
        worker.start();
    }

    /** Plans a task. After {@link #close} it is never run. */
    Timer at(Instant due, Runnable task) {
        lock.lock();
        try {
            Timer timer = new Timer(due, count++, task);
            if (!closed) {
                planned.add(timer);
                changed.signalAll();
            }
            return timer;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all that was planned. */
    void clear() {
        lock.lock();
        try {
            planned.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock on and returns when all that fell due on the way is done. */
    void advance(Duration by) {
        Advance advance = new Advance(by);
        lock.lock();
        try {
            if (closed) {
                return;
            }
            advances.add(advance);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        advance.done.join();
    }

    /** Ends the thread, and waits a moment for its end; whoever waits for an advance returns. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            planned.clear();
            advances.forEach(advance -> advance.done.complete(null));
            advances.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            worker.join(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends all the same
        }
    }

    private void run() {
        try {
            for (Runnable task = next(); task != null; task = next()) {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "a timer of the fake failed", e);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private @Nullable Runnable next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                Instant now = clock.instant();
                Advance advance = advances.peek();
                Instant horizon = advance == null ? now : until(advance, now);
                Timer first = planned.isEmpty() ? null : planned.first();
                if (first != null && !first.due.isAfter(horizon)) {
                    planned.remove(first);
                    clock.moveTo(first.due);
                    return first.task;
                }
                if (advance != null) {
                    clock.moveTo(horizon);
                    advances.remove();
                    advance.done.complete(null);
                } else if (first == null || clock.standsStill()) {
                    changed.await();
                } else {
                    changed.awaitNanos(nanosUntil(first, now));
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    // Fixed when its turn comes, so that two advances at once add up.
    private static Instant until(Advance advance, Instant now) {
        Instant until = advance.until.orElseGet(() -> now.plus(advance.by));
        advance.until = Optional.of(until);
        return until;
    }

    private static long nanosUntil(Timer first, Instant now) {
        Duration wait = Duration.between(now, first.due);
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT.toNanos() : wait.toNanos();
    }
}
