package dev.ludo.testkit.fault;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** A rule at work, and what has come of it. Thread-safe. */
public final class ActiveFault {
    private final String id;
    private final FaultRule rule;
    private final SplittableRandom luck;
    private final Faults faults;
    private int skipped;
    private long hits;

    ActiveFault(String id, FaultRule rule, long defaultSeed, Faults faults) {
        this.id = id;
        this.rule = rule;
        this.luck = new SplittableRandom(rule.seed().orElse(defaultSeed));
        this.faults = faults;
    }

    /**
     * Its name in the journal and in the control API.
     *
     * @return such as {@code flt_1}
     */
    public String id() {
        return id;
    }

    /**
     * The rule as it was given.
     *
     * @return the rule
     */
    public FaultRule rule() {
        return rule;
    }

    /**
     * How often it has hit.
     *
     * @return the number, from 0
     */
    public long hits() {
        return faults.locked(() -> hits);
    }

    /**
     * How often it will still hit, at most.
     *
     * @return the number; empty if it hits without end
     */
    public Optional<Long> left() {
        return rule.times() == 0 ? Optional.empty() : Optional.of(rule.times() - hits());
    }

    /** Ends it; it hits nothing any more. */
    public void remove() {
        faults.remove(id);
    }

    /** Whether it hits this time. Guarded by the lock of all. */
    boolean strikes(Predicate<FaultRule> fits) {
        if (isSpent() || !fits.test(rule) || (rule.probability() < 1 && luck.nextDouble() >= rule.probability())) {
            return false;
        }
        if (skipped < rule.skip()) {
            skipped++;
            return false;
        }
        hits++;
        return true;
    }

    /** Guarded by the lock of all. */
    boolean isSpent() {
        return rule.times() != 0 && hits >= rule.times();
    }

    @Override
    public String toString() {
        return id + ": " + rule + ", hits so far " + hits();
    }
}
