package dev.ludo.core.rules;

import java.util.SplittableRandom;

/** Dice from SplitMix64; see {@link Dice#seeded}. */
final class SeededDice implements Dice {
    private static final long RANGE = 1L << 31;
    // What lies above does not fill a whole round of six and would favour the low sides.
    private static final long FAIR = RANGE - RANGE % 6;

    private final SplittableRandom random;

    SeededDice(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public int roll() {
        long bits;
        do {
            bits = random.nextLong() >>> 33;
        } while (bits >= FAIR);
        return 1 + (int) (bits % 6);
    }
}
