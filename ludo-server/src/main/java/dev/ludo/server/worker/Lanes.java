package dev.ludo.server.worker;

import dev.ludo.server.throttle.Seldom;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Does work in order within a lane, and of different lanes at the same time. A piece of work may have to be done again after a while,
 * and its lane waits until then: it stands in a queue by the time at which it is due, and has no thread. Virtual threads, of which
 * there are so many at most, do what is due; one more sleeps until something is. Thread-safe.
 */
final class Lanes implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Lanes.class.getName());

    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(10);

    /** Something to do; interrupted when the lanes close. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it once.
         *
         * @return after how long it is done again; empty if that is not needed
         */
        Optional<Duration> run() throws InterruptedException;
    }

    private static final class Lane {
        private final String name;
        private final Queue<Work> works = new ArrayDeque<>(1);
        private long due;

        private Lane(String name) {
            this.name = name;
        }
    }

    private final String name;
    private final int atOnce;
    private final Pace pace;
    private final Seldom<String> broken;
    private final ReentrantLock state = new ReentrantLock();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Queue<Lane> ready = new ArrayDeque<>();
    private final PriorityQueue<Lane> waiting = new PriorityQueue<>((a, b) -> Long.signum(a.due - b.due));
    private final Set<Thread> threads = new HashSet<>();
    private @Nullable Thread timer;
    private boolean closed;

    /** Lanes in which so many pieces of work are done at once. */
    Lanes(String name, int atOnce, Pace pace) {
        this.name = name;
        this.atOnce = atOnce;
        this.pace = pace;
        this.broken = pace.seldom();
    }

    /** Has something done after all that was put into the lane before. */
    void add(String lane, Work work) {
        state.lock();
        try {
            Lane there = lanes.get(lane);
            if (there != null) {
                there.works.add(work);
            } else if (!closed) {
                Lane fresh = new Lane(lane);
                fresh.works.add(work);
                lanes.put(lane, fresh);
                makeReady(fresh);
            }
        } finally {
            state.unlock();
        }
    }

    // Guarded by the lock, as are all that follow down to where it is taken again.
    private void makeReady(Lane lane) {
        ready.add(lane);
        moreThreads();
    }

    private void moreThreads() {
        if (!closed && !ready.isEmpty() && threads.size() < atOnce) {
            Thread thread = Thread.ofVirtual().name(name).unstarted(this::doWhatIsReady);
            threads.add(thread);
            thread.start();
        }
    }

    private void makeWait(Lane lane, Duration howLong) {
        lane.due = pace.nanos().getAsLong() + howLong.toNanos();
        waiting.add(lane);
        if (lane.equals(waiting.peek())) {
            wakeTimer();
        }
    }

    private void wakeTimer() {
        if (timer != null) {
            timer.interrupt(); // it sleeps for too long
        } else if (!closed && !waiting.isEmpty()) {
            timer = Thread.ofVirtual().name(name + "-timer").unstarted(this::keepTime);
            timer.start();
        }
    }

    private void doWhatIsReady() {
        try {
            for (Lane lane = next(); lane != null; lane = next()) {
                runFirst(lane);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the lanes close
        } finally {
            state.lock();
            try {
                if (threads.remove(Thread.currentThread())) {
                    moreThreads(); // whatever ended this one, what is ready is done
                }
            } finally {
                state.unlock();
            }
        }
    }

    private @Nullable Lane next() {
        state.lock();
        try {
            Lane lane = closed ? null : ready.poll();
            if (lane == null) {
                threads.remove(Thread.currentThread());
            }
            return lane;
        } finally {
            state.unlock();
        }
    }

    private void runFirst(Lane lane) throws InterruptedException {
        Optional<Duration> again = Optional.of(AFTER_AN_ERROR);
        try {
            again = first(lane).run();
        } catch (RuntimeException | Error e) {
            if (broken.mayTell(name)) {
                LOG.log(Level.ERROR, "something of " + name + " broke off and is tried again", e);
            }
        } finally {
            settle(lane, again); // also after an error, or the lane would stand still for good
        }
    }

    private Work first(Lane lane) {
        state.lock();
        try {
            return lane.works.element();
        } finally {
            state.unlock();
        }
    }

    private void settle(Lane lane, Optional<Duration> again) {
        state.lock();
        try {
            if (again.isPresent()) {
                makeWait(lane, again.get());
                return;
            }
            lane.works.remove();
            if (lane.works.isEmpty()) {
                lanes.remove(lane.name);
            } else {
                ready.add(lane); // this thread is free for it, or for one that is ready longer
            }
        } finally {
            state.unlock();
        }
    }

    private void keepTime() {
        try {
            for (Optional<Duration> pause = untilNext(); pause.isPresent(); pause = untilNext()) {
                sleep(pause.get());
            }
        } finally {
            state.lock();
            try {
                if (Thread.currentThread().equals(timer)) {
                    timer = null;
                    wakeTimer(); // an error has ended this one
                }
            } finally {
                state.unlock();
            }
        }
    }

    private void sleep(Duration pause) {
        try {
            pace.sleeper().sleep(pause);
        } catch (InterruptedException e) {
            LOG.log(Level.TRACE, "{0} is woken early", name); // something is due earlier, or all ends
        }
    }

    private Optional<Duration> untilNext() {
        state.lock();
        try {
            long now = pace.nanos().getAsLong();
            for (Lane first = waiting.peek(); first != null && first.due - now <= 0; first = waiting.peek()) {
                waiting.remove();
                makeReady(first);
            }
            Lane first = waiting.peek();
            if (closed || first == null) {
                timer = null;
                return Optional.empty();
            }
            return Optional.of(Duration.ofNanos(first.due - now));
        } finally {
            state.unlock();
        }
    }

    /** Interrupts what is under way, and returns once nothing is. */
    @Override
    public void close() {
        List<Thread> all;
        state.lock();
        try {
            closed = true;
            all = new ArrayList<>(threads);
            if (timer != null) {
                all.add(timer);
            }
        } finally {
            state.unlock();
        }
        all.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : all) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
