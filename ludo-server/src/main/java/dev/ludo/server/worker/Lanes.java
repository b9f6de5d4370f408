package dev.ludo.server.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Does work in order within a lane, and of different lanes at the same time: each lane that has work has a virtual thread.
 * Work that fails does not hold up what follows in its lane. Thread-safe.
 */
final class Lanes implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Lanes.class.getName());

    /** Something to do; interrupted when the lanes close. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        void run() throws InterruptedException;
    }

    private final String name;
    private final ReentrantLock state = new ReentrantLock();
    private final Map<String, Queue<Work>> waiting = new HashMap<>();
    private final Set<Thread> threads = new HashSet<>();
    private boolean closed;

    Lanes(String name) {
        this.name = name;
    }

    /** Has something done after all that was put into the lane before. */
    void add(String lane, Work work) {
        state.lock();
        try {
            Queue<Work> queue = waiting.get(lane);
            if (queue != null) {
                queue.add(work);
            } else if (!closed) {
                Queue<Work> fresh = new ArrayDeque<>(List.of(work));
                waiting.put(lane, fresh);
                Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(lane, fresh));
                threads.add(thread);
                thread.start();
            }
        } finally {
            state.unlock();
        }
    }

    private void run(String lane, Queue<Work> queue) {
        try {
            for (Work work = next(lane, queue); work != null; work = next(lane, queue)) {
                run(lane, work);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the lanes close
        } finally {
            state.lock();
            try {
                threads.remove(Thread.currentThread());
            } finally {
                state.unlock();
            }
        }
    }

    private void run(String lane, Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "something of " + name + " in the lane \"" + lane + "\" is left undone", e);
        }
    }

    private @Nullable Work next(String lane, Queue<Work> queue) {
        state.lock();
        try {
            Work work = closed ? null : queue.poll();
            if (work == null) {
                waiting.remove(lane);
            }
            return work;
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
