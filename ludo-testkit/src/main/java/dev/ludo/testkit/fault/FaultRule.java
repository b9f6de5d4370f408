package dev.ludo.testkit.fault;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A fault, when it strikes, what it may hit, and how often. Immutable; made by {@link #before}, {@link #after} or
 * {@link #during}, which hit the first call or message that comes, and made narrower by the rest:
 *
 * {@snippet :
 * // The second move is made, but its answer is lost.
 * FaultRule.after(Fault.drop()).on(FaultMatch.call("POST", "/v1/games/**")).skipping(1);
 * // One call in ten is answered with 503, for ever.
 * FaultRule.before(Fault.status(503)).always().withProbability(0.1, 42);
 * }
 *
 * @param match what it may hit
 * @param stage when it strikes
 * @param fault what goes wrong
 * @param times how often it hits; 0 for always
 * @param skip how many that it could have hit are let be first; those that the probability spares do not count
 * @param probability of a hit, above 0, at most 1
 * @param seed where the probability's luck comes from; empty for one of the fake's
 */
public record FaultRule(
        FaultMatch match, Stage stage, Fault fault, int times, int skip, double probability, OptionalLong seed) {
    /** Checks each part, and that they go together. */
    public FaultRule {
        Checks.require(times >= 0, "times must not be negative, was " + times);
        Checks.require(skip >= 0, "skip must not be negative, was " + skip);
        Checks.require(
                probability > 0 && probability <= 1, "probability must be above 0 and at most 1, was " + probability);
        boolean someWay = match.direction()
                .map(fault::isForMessages)
                .orElse(fault.isForMessages(Direction.IN) || fault.isForMessages(Direction.OUT));
        Checks.require(
                !match.isAboutMessages() || someWay,
                "fault.kind must be one for messages that go this way, was " + fault.kind());
        Checks.require(
                !match.isAboutCalls() || fault.isForCalls(), "fault.kind must be one for calls, was " + fault.kind());
        Checks.require(
                stage != Stage.STREAM || !match.direction().equals(Optional.of(Direction.IN)),
                "stage must be before or after for messages that come in");
    }

    /**
     * One that strikes before anything is done.
     *
     * @param fault what goes wrong
     * @return a rule that hits whatever comes first, once
     */
    public static FaultRule before(Fault fault) {
        return of(Stage.BEFORE, fault);
    }

    /**
     * One that strikes after all was done.
     *
     * @param fault what goes wrong
     * @return a rule that hits whatever comes first, once
     */
    public static FaultRule after(Fault fault) {
        return of(Stage.AFTER, fault);
    }

    /**
     * One that strikes while the body or the message goes out.
     *
     * @param fault what goes wrong
     * @return a rule that hits whatever comes first, once
     */
    public static FaultRule during(Fault fault) {
        return of(Stage.STREAM, fault);
    }

    private static FaultRule of(Stage stage, Fault fault) {
        return new FaultRule(FaultMatch.ALL, stage, fault, 1, 0, 1, OptionalLong.empty());
    }

    /**
     * The same for something else.
     *
     * @param what what it may hit
     * @return the rule
     * @throws IllegalArgumentException if the fault cannot hit that
     */
    public FaultRule on(FaultMatch what) {
        return new FaultRule(what, stage, fault, times, skip, probability, seed);
    }

    /**
     * The same more often.
     *
     * @param hits how often, at least 1
     * @return the rule
     * @throws IllegalArgumentException out of range
     */
    public FaultRule times(int hits) {
        Checks.require(hits >= 1, "times must be at least 1, was " + hits);
        return new FaultRule(match, stage, fault, hits, skip, probability, seed);
    }

    /**
     * The same without end.
     *
     * @return the rule
     */
    public FaultRule always() {
        return new FaultRule(match, stage, fault, 0, skip, probability, seed);
    }

    /**
     * The same, later.
     *
     * @param count how many to let be first, at least 0
     * @return the rule
     * @throws IllegalArgumentException if negative
     */
    public FaultRule skipping(int count) {
        return new FaultRule(match, stage, fault, times, count, probability, seed);
    }

    /**
     * The same by luck.
     *
     * @param chance of a hit, above 0, at most 1; {@code times} counts hits
     * @param luck the seed: the same one hits the same of a row of calls
     * @return the rule
     * @throws IllegalArgumentException out of range
     */
    public FaultRule withProbability(double chance, long luck) {
        return new FaultRule(match, stage, fault, times, skip, chance, OptionalLong.of(luck));
    }

    /** Whether the rule may hit a call. */
    boolean fitsCall(String method, String path) {
        return fault.isForCalls() && match.fitsCall(method, path);
    }

    /** Whether the rule may hit a message. */
    boolean fitsMessage(Direction way, String type) {
        return fault.isForMessages(way)
                && (way == Direction.OUT || stage != Stage.STREAM)
                && match.fitsMessage(way, type);
    }

    /** Whether the rule may hit a ping that is a frame. */
    boolean fitsPing() {
        return fault instanceof MessageFault.NoPong;
    }

    /** Such as {@code after Drop[] on POST /v1/games/**, 1 time}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64)
                .append(stage.word())
                .append(' ')
                .append(fault)
                .append(" on ")
                .append(match)
                .append(times == 0 ? ", always" : ", " + times + (times == 1 ? " time" : " times"));
        if (skip > 0) {
            text.append(", not the first ").append(skip);
        }
        if (probability < 1) {
            text.append(", probability ").append(probability);
            seed.ifPresent(luck -> text.append(" seed ").append(luck));
        }
        return text.toString();
    }
}
