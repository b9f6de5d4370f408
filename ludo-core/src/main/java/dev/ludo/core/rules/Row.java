package dev.ludo.core.rules;

/** The progress of one seat's four pieces, packed into an int: piece {@code i} has the byte {@code i}. */
final class Row {
    private Row() {}

    static int progress(int row, int piece) {
        return (row >>> (8 * piece)) & 0xFF;
    }

    static int with(int row, int piece, int progress) {
        return (row & ~(0xFF << (8 * piece))) | (progress << (8 * piece));
    }

    /** Which pieces have gone exactly so far, one bit for each. */
    static int at(int row, int progress) {
        int pieces = 0;
        for (int piece = 0; piece < 4; piece++) {
            if (progress(row, piece) == progress) {
                pieces |= 1 << piece;
            }
        }
        return pieces;
    }

    static int count(int row, int progress) {
        return Integer.bitCount(at(row, progress));
    }

    static String describe(int row) {
        return progress(row, 0) + " " + progress(row, 1) + " " + progress(row, 2) + " " + progress(row, 3);
    }

    static int total(int row) {
        return progress(row, 0) + progress(row, 1) + progress(row, 2) + progress(row, 3);
    }
}
