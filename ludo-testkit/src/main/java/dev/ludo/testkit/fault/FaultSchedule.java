package dev.ludo.testkit.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A row of faults that all come from one seed, for tests that want to see much go wrong and to be able to repeat it. Each
 * fault hits once, after it has let some calls or messages be. Its text has the seed and all rules; print it when the test
 * fails, and give the seed back to see the same again.
 *
 * {@snippet :
 * FaultSchedule schedule = FaultSchedule.forCalls(seed, 10);
 * ludo.faults().add(schedule);
 * schedule.run(() -> playAGameAgainst(ludo)); // what it throws says which schedule it was
 * }
 *
 * <p>Immutable.
 *
 * @param seed where it comes from
 * @param what what is hit: calls, or messages, or both
 * @param rules the faults, the first first
 */
public record FaultSchedule(long seed, String what, List<FaultRule> rules) {
    /** How many calls or messages a fault lets be at most. */
    private static final int MOST_SKIPPED = 8;

    /** Long enough to be felt, short enough for a test. */
    private static final int LONGEST_DELAY_MILLIS = 20;

    private static final int MOST_BYTES = 200;

    private static final int SLOWEST = 2_000;

    /** What may happen in a run. */
    @FunctionalInterface
    public interface Run {
        /**
         * Does it.
         *
         * @throws Exception whatever goes wrong
         */
        void run() throws Exception;
    }

    private static final List<Function<SplittableRandom, Fault>> FOR_CALLS = List.of(
            luck -> Fault.status(503),
            luck -> Fault.status(500),
            luck -> Fault.status(429, Map.of("Retry-After", "0"), ""),
            FaultSchedule::someDelay,
            luck -> Fault.slowBody(luck.nextInt(SLOWEST, 20 * SLOWEST)),
            luck -> Fault.truncate(luck.nextInt(MOST_BYTES)),
            luck -> Fault.garble(),
            luck -> Fault.drop(),
            luck -> Fault.reset());

    private static final List<Function<SplittableRandom, Fault>> FOR_MESSAGES = List.of(
            FaultSchedule::someDelay,
            luck -> Fault.truncate(luck.nextInt(MOST_BYTES)),
            luck -> Fault.drop(),
            luck -> Fault.reset(),
            luck -> Fault.close(1011, "the schedule says so"),
            luck -> Fault.close(1013, "the schedule says so"),
            luck -> Fault.abort(),
            luck -> Fault.noPong(),
            luck -> Fault.duplicate(),
            luck -> Fault.reorder(),
            luck -> Fault.skip());

    /** Copies the rules. */
    public FaultSchedule {
        rules = List.copyOf(rules);
    }

    /**
     * Faults that hit calls of any kind, at any stage; none that a client could not overcome by trying again in time.
     *
     * @param seed any number
     * @param count how many, at least 0
     * @return the schedule
     * @throws IllegalArgumentException if the count is negative
     */
    public static FaultSchedule forCalls(long seed, int count) {
        SplittableRandom luck = new SplittableRandom(seed);
        List<FaultRule> rules = empty(count);
        for (int i = 0; i < count; i++) {
            rules.add(call(luck));
        }
        return new FaultSchedule(seed, "calls", rules);
    }

    /**
     * Faults that hit messages of the server on sockets; none after which a client must not connect again.
     *
     * @param seed any number
     * @param count how many, at least 0
     * @return the schedule
     * @throws IllegalArgumentException if the count is negative
     */
    public static FaultSchedule forMessages(long seed, int count) {
        SplittableRandom luck = new SplittableRandom(seed);
        List<FaultRule> rules = empty(count);
        for (int i = 0; i < count; i++) {
            rules.add(message(luck));
        }
        return new FaultSchedule(seed, "messages", rules);
    }

    /**
     * Faults of both kinds, in any order.
     *
     * @param seed any number
     * @param count how many, at least 0
     * @return the schedule
     * @throws IllegalArgumentException if the count is negative
     */
    public static FaultSchedule forAll(long seed, int count) {
        SplittableRandom luck = new SplittableRandom(seed);
        List<FaultRule> rules = empty(count);
        for (int i = 0; i < count; i++) {
            rules.add(luck.nextBoolean() ? call(luck) : message(luck));
        }
        return new FaultSchedule(seed, "calls and messages", rules);
    }

    private static List<FaultRule> empty(int count) {
        Checks.require(count >= 0, "count must not be negative, was " + count);
        return new ArrayList<>();
    }

    private static FaultRule call(SplittableRandom luck) {
        Fault fault = one(FOR_CALLS, luck).apply(luck);
        return rule(FaultMatch.path("/v1/**"), one(List.of(Stage.values()), luck), fault, luck);
    }

    private static FaultRule message(SplittableRandom luck) {
        Fault fault = one(FOR_MESSAGES, luck).apply(luck);
        FaultMatch match = fault instanceof MessageFault.NoPong ? FaultMatch.ALL : FaultMatch.messages(Direction.OUT);
        return rule(match, Stage.STREAM, fault, luck);
    }

    private static FaultRule rule(FaultMatch match, Stage stage, Fault fault, SplittableRandom luck) {
        return new FaultRule(match, stage, fault, 1, luck.nextInt(MOST_SKIPPED + 1), 1, OptionalLong.empty());
    }

    private static Fault someDelay(SplittableRandom luck) {
        return Fault.delay(Duration.ofMillis(luck.nextInt(1, LONGEST_DELAY_MILLIS + 1)));
    }

    private static <T> T one(List<T> all, SplittableRandom luck) {
        return all.get(luck.nextInt(all.size()));
    }

    /**
     * Does something, and says by which schedule if it fails.
     *
     * @param run what to do, with the schedule at work
     * @throws AssertionError with the schedule's text and the cause, if it fails
     */
    public void run(Run run) {
        try {
            run.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted under " + this, e);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(Optional.ofNullable(e.getMessage()).orElse(e.toString()) + "\nunder " + this, e);
        }
    }

    /** The seed, and each rule on a line of its own. */
    @Override
    public String toString() {
        return "a schedule of " + rules.size() + " faults for " + what + ", seed " + seed
                + rules.stream().map(rule -> "\n  " + rule).collect(Collectors.joining());
    }
}
