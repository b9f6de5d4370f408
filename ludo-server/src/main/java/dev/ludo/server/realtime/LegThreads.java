package dev.ludo.server.realtime;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The threads of one relayed socket but for its own, counted until all have ended. Thread-safe. */
final class LegThreads {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int running;

    /**
     * Runs something on a thread of its own.
     *
     * @param task what to run
     * @param whenItThrows what to run before the thread ends with what the task threw
     */
    Thread start(Runnable task, Runnable whenItThrows) {
        lock.lock();
        try {
            running++;
        } finally {
            lock.unlock();
        }
        return Thread.ofVirtual().name("ludo-relay-upstream").start(() -> {
            boolean done = false;
            try {
                task.run();
                done = true;
            } finally {
                if (!done) {
                    whenItThrows.run();
                }
                ended();
            }
        });
    }

    private void ended() {
        lock.lock();
        try {
            running--;
            if (running == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all have ended; an interrupt does not end that. */
    void awaitNone() {
        lock.lock();
        try {
            while (running > 0) {
                none.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
