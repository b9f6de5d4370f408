package dev.ludo.testkit;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The plans of one world, from its beginning to its reset. Plans are made, taken back and carried out under the world's
 * lock, so that what was taken back never happens, not even when it was about to.
 */
final class Agenda {
    private final Timers timers;
    private final Consumer<Runnable> underLock;
    private boolean over;

    Agenda(Timers timers, Consumer<Runnable> underLock) {
        this.timers = timers;
        this.underLock = underLock;
    }

    /** Takes back everything, for good. */
    void end() {
        over = true;
    }

    /** Does something at once, unless this world is over. */
    void now(Runnable task) {
        underLock.accept(() -> {
            if (!over) {
                task.run();
            }
        });
    }

    Slot slot() {
        return new Slot();
    }

    /** Room for one plan; a new one takes the place of the old one. */
    final class Slot {
        private final class Plan implements Runnable {
            private final Object purpose;
            private final Runnable task;

            private Plan(Object purpose, Runnable task) {
                this.purpose = purpose;
                this.task = task;
            }

            @Override
            public void run() {
                underLock.accept(() -> {
                    if (!over && plan.filter(this::equals).isPresent()) {
                        plan = Optional.empty();
                        task.run();
                    }
                });
            }
        }

        private Optional<Plan> plan = Optional.empty();
        private Optional<Timers.Timer> timer = Optional.empty();

        private Slot() {}

        void plan(Instant due, Runnable task) {
            plan(due, due, task);
        }

        /** Plans something that can be recognised by what it is for. */
        void plan(Object purpose, Instant due, Runnable task) {
            cancel();
            Plan made = new Plan(purpose, task);
            plan = Optional.of(made);
            timer = Optional.of(timers.at(due, made));
        }

        /** Does what is planned without waiting for its time. */
        void hurry() {
            Optional<Plan> made = plan;
            cancel();
            made.ifPresent(due -> due.task.run());
        }

        void cancel() {
            timer.ifPresent(Timers.Timer::cancel);
            timer = Optional.empty();
            plan = Optional.empty();
        }

        /** Whether something is planned that is for this purpose. */
        boolean holds(Object purpose) {
            return plan.filter(made -> made.purpose.equals(purpose)).isPresent();
        }
    }
}
