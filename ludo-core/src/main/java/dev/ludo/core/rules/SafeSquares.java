package dev.ludo.core.rules;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The track squares on which nothing is captured and nothing blocks, whoever stands there.
 *
 * @param squares absolute track squares, 0 to 51, in ascending order
 */
public record SafeSquares(Set<Integer> squares) {
    /** No square is safe. */
    public static final SafeSquares NONE = of();

    /** The four squares on which pieces enter: 0, 13, 26 and 39. */
    public static final SafeSquares STARTS = of(0, 13, 26, 39);

    /** The four squares eight steps after a start: 8, 21, 34 and 47. */
    public static final SafeSquares STARS = of(8, 21, 34, 47);

    /** The four starts and the four stars. */
    public static final SafeSquares STARTS_AND_STARS = of(0, 8, 13, 21, 26, 34, 39, 47);

    /** Checks the range and copies the set. */
    public SafeSquares {
        TreeSet<Integer> sorted = new TreeSet<>(squares);
        for (int square : sorted) {
            if (square < 0 || square > 51) {
                throw new IllegalArgumentException("safeSquares must be track squares 0..51, was " + square);
            }
        }
        squares = Collections.unmodifiableSet(sorted);
    }

    /**
     * These squares are safe.
     *
     * @param squares absolute track squares, 0 to 51
     * @return the set of them
     * @throws IllegalArgumentException if one is out of range
     */
    public static SafeSquares of(int... squares) {
        return new SafeSquares(new TreeSet<>(IntStream.of(squares).boxed().toList()));
    }

    /**
     * Whether a square is safe.
     *
     * @param square any number; only 0 to 51 can be safe
     * @return whether it is among these
     */
    public boolean contains(int square) {
        return squares.contains(square);
    }

    /** The same set, one bit for each square. */
    long mask() {
        long mask = 0;
        for (int square : squares) {
            mask |= 1L << square;
        }
        return mask;
    }

    /** The squares in brackets. */
    @Override
    public String toString() {
        return squares.toString();
    }
}
