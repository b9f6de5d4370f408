package dev.ludo.server.worker;

import dev.ludo.client.resilience.Backoff;
import dev.ludo.server.throttle.Seldom;
import dev.ludo.server.worker.Poster.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * Attempts to deliver to one target, and what follows from each. Between two the wait is longer and longer, with full jitter; given up
 * is at the first failure that comes {@link Pace#GIVE_UP_AFTER} or more after the first one, or when the target says that it is gone.
 * The log tells when the target begins to fail and when it takes again, and not of each attempt. Thread-safe.
 */
final class Attempts {
    private static final Logger LOG = System.getLogger(Attempts.class.getName());

    /** What follows from an attempt. */
    sealed interface Verdict {}

    /** Nothing more is tried. */
    sealed interface End extends Verdict {}

    /** The target has it. */
    record Taken() implements End {}

    /**
     * It is given up.
     *
     * @param attempts how often it was tried
     * @param reason why the last attempt failed
     */
    record GivenUp(int attempts, String reason) implements End {}

    /**
     * It is tried again.
     *
     * @param failures how often it has failed by now
     * @param pause after how long
     */
    record Again(Failures failures, Duration pause) implements Verdict {}

    private final ForwardTarget target;
    private final Poster poster;
    private final Pace pace;
    private final IntSupplier waiting;
    private final Backoff backoff;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Seldom<String> failures;
    private volatile boolean failing;

    /**
     * None yet.
     *
     * @param waiting tells how many deliveries the target has neither taken nor refused
     */
    Attempts(ForwardTarget target, Poster poster, Pace pace, IntSupplier waiting) {
        this.target = target;
        this.poster = poster;
        this.pace = pace;
        this.waiting = waiting;
        this.backoff = pace.backoff();
        this.failures = pace.seldom();
    }

    /** How many attempts there were, by how they ended. */
    Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((outcome, count) -> now.put(outcome, count.sum()));
        return now;
    }

    /**
     * Tries once.
     *
     * @param before how often it has failed already
     */
    Verdict attempt(Letter letter, Failures before) throws InterruptedException {
        return switch (once(letter)) {
            case Outcome.Taken taken -> {
                count("taken");
                tellOfTaking();
                yield new Taken();
            }
            case Outcome.Failed failed -> {
                count(failed.label());
                tellOfFailing(letter, failed);
                Instant now = pace.clock().instant();
                Failures failures = before.another(now);
                boolean tooLate = !now.isBefore(failures.first().plus(Pace.GIVE_UP_AFTER));
                yield failed.forGood() || tooLate
                        ? new GivenUp(failures.attempts(), failed.reason())
                        : new Again(failures, backoff.delay(failures.attempts() - 1, failed.hint()));
            }
        };
    }

    private Outcome once(Letter letter) throws InterruptedException {
        try {
            return poster.post(target.uri(), letter.id(), letter.body());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an attempt to pass " + letter.id() + " on to " + target.name() + " broke off", e);
            return new Outcome.Failed("broken", e.toString(), Optional.empty(), false);
        }
    }

    private void tellOfFailing(Letter letter, Outcome.Failed failed) {
        LOG.log(Level.DEBUG, "{0} did not take {1}: {2}", target.name(), letter.id(), failed.reason());
        if (!failing && failures.mayTell(target.name())) {
            failing = true;
            LOG.log(
                    Level.WARNING,
                    "{0} begins to fail: {1} at {2}; {3} events wait for it",
                    target.name(),
                    failed.reason(),
                    letter.id(),
                    waiting.getAsInt());
        }
    }

    private void tellOfTaking() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "{0} takes events again; {1} wait for it", target.name(), waiting.getAsInt());
        }
    }

    private void count(String outcome) {
        counts.computeIfAbsent(outcome, any -> new LongAdder()).increment();
    }
}
