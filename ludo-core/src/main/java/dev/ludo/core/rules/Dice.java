package dev.ludo.core.rules;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** A die with six sides. */
@FunctionalInterface
public interface Dice {

    /**
     * Rolls once.
     *
     * @return 1 to 6
     */
    int roll();

    /**
     * A die that nobody can foresee, for real games. Safe for use by several threads.
     *
     * @return a fair die from the platform's secure random numbers
     */
    static Dice secure() {
        SecureRandom random = new SecureRandom();
        return () -> 1 + random.nextInt(6);
    }

    /**
     * A die that rolls the same for the same seed, on every machine and in every version: the numbers of SplitMix64,
     * each cut to its upper 31 bits, without those that would favour some sides. Seed 42 gives 4 6 4 6 4 6 5 4 6 1. To
     * be used by one thread at a time.
     *
     * @param seed any number
     * @return a new die at the start of its sequence
     */
    static Dice seeded(long seed) {
        return new SeededDice(new SplittableRandom(seed));
    }

    /**
     * A die that rolls what it is told, once. To be used by one thread at a time. Past the last value,
     * {@link #roll} throws {@link DiceExhaustedException}.
     *
     * @param values the values in order, each 1 to 6; none at all makes a die that must not be rolled
     * @return a new die at the start of the script
     * @throws IllegalArgumentException if a value is not 1 to 6
     */
    static Dice scripted(int... values) {
        return new ScriptedDice(values);
    }
}
