package dev.ludo.server.worker;

import dev.ludo.client.resilience.Backoff;
import dev.ludo.server.worker.Poster.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Tries to deliver to one target. Between two attempts it waits longer and longer, with full jitter; it gives up at the first
 * failure that comes {@link Pace#GIVE_UP_AFTER} or more after the first one, or when the target says that it is gone. Thread-safe.
 */
final class Attempts {
    private static final Logger LOG = System.getLogger(Attempts.class.getName());

    private static final int MOST_AT_ONCE = 32;

    /** How a delivery ends. */
    sealed interface End {
        /** The target has it. */
        record Taken() implements End {}

        /**
         * It is given up.
         *
         * @param attempts how often it was tried
         * @param reason why the last attempt failed
         */
        record GivenUp(int attempts, String reason) implements End {}
    }

    private final ForwardTarget target;
    private final Poster poster;
    private final Pace pace;
    private final Backoff backoff;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    Attempts(ForwardTarget target, Poster poster, Pace pace) {
        this.target = target;
        this.poster = poster;
        this.pace = pace;
        this.backoff = pace.backoff();
    }

    /** How many attempts there were, by how they ended. */
    Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((outcome, count) -> now.put(outcome, count.sum()));
        return now;
    }

    /**
     * Tries until it ends.
     *
     * @param before how often it has failed already
     * @param failing is told of each failure
     */
    End deliver(Letter letter, Failures before, Consumer<Failures> failing) throws InterruptedException {
        Failures failures = before;
        while (true) {
            switch (once(letter)) {
                case Outcome.Taken taken -> {
                    count("taken");
                    return new End.Taken();
                }
                case Outcome.Failed failed -> {
                    count(failed.label());
                    Instant now = pace.clock().instant();
                    failures = failures.another(now);
                    LOG.log(
                            Level.DEBUG,
                            "{0} did not take {1}, attempt {2}: {3}",
                            target.name(),
                            letter.id(),
                            failures.attempts(),
                            failed.reason());
                    if (failed.forGood() || !now.isBefore(failures.first().plus(Pace.GIVE_UP_AFTER))) {
                        return new End.GivenUp(failures.attempts(), failed.reason());
                    }
                    failing.accept(failures);
                    pace.sleeper().sleep(backoff.delay(failures.attempts() - 1, failed.hint()));
                }
            }
        }
    }

    private Outcome once(Letter letter) throws InterruptedException {
        places.acquire();
        try {
            return poster.post(target.uri(), letter.id(), letter.body());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an attempt to pass " + letter.id() + " on to " + target.name() + " broke off", e);
            return new Outcome.Failed("broken", e.toString(), Optional.empty(), false);
        } finally {
            places.release();
        }
    }

    private void count(String outcome) {
        counts.computeIfAbsent(outcome, any -> new LongAdder()).increment();
    }
}
