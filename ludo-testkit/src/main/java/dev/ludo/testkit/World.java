package dev.ludo.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Everything that the fake knows, behind one lock. Each step is one that nobody sees half done; what comes out of it must be
 * immutable. The lock is never held over input or output.
 */
final class World {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Supplier<Realm> realms;
    private Realm realm;

    /** An empty world, by the setup's clock. */
    World(FakeSetup setup, Timers timers, Courier courier) {
        this.realms = () ->
                new Realm(setup, setup.epochs().get(), new Agenda(timers, task -> tell(now -> task.run())), courier);
        this.realm = realms.get();
    }

    /** Takes a step and gives what came of it. */
    <T> T ask(Function<Realm, T> step) {
        lock.lock();
        try {
            return step.apply(realm);
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Takes a step. */
    void tell(Consumer<Realm> step) {
        ask(now -> {
            step.accept(now);
            return true;
        });
    }

    /** Forgets everything and all that was planned, and closes all sockets. */
    void reset() {
        tell(past -> {
            past.agenda.end();
            past.visits.end("the fake was reset");
            realm = realms.get();
        });
    }

    /** Closes all sockets, and at once those that still come. */
    void end() {
        tell(now -> now.visits.end("the fake is closing"));
    }

    /** Waits, in real time, until something is as it should be, or time is up; gives what there is then. */
    <T> T await(Function<Realm, T> look, Predicate<T> until, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                T seen = look.apply(realm);
                if (left <= 0 || until.test(seen)) {
                    return seen;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
