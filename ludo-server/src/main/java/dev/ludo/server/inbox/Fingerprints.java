package dev.ludo.server.inbox;

import java.util.Arrays;

/**
 * A set of fingerprints, of 16 bytes each in tables that are at most three quarters full and, once they have grown, at least half.
 * There are many small tables rather than a large one, so that nobody waits long while one grows. Guarded by its owner.
 */
final class Fingerprints {
    private static final int TABLES = 256;

    private static final class Table {
        private static final int FIRST = 4;

        // Two for each place: the fingerprint's halves. The second is 0 where the place is free.
        private long[] halves = new long[2 * FIRST];
        private int used;

        private boolean contains(long high, long low) {
            return halves[find(high, low) + 1] != 0;
        }

        private void add(long high, long low) {
            int at = find(high, low);
            if (halves[at + 1] != 0) {
                return;
            }
            halves[at] = high;
            halves[at + 1] = low;
            used++;
            if (4L * used > 3L * places()) {
                grow();
            }
        }

        private int places() {
            return halves.length / 2;
        }

        // Where it stands, or would.
        private int find(long high, long low) {
            int at = 2 * (int) Math.unsignedMultiplyHigh(high, places());
            while (halves[at + 1] != 0 && (halves[at] != high || halves[at + 1] != low)) {
                at += 2;
                if (at == halves.length) {
                    at = 0;
                }
            }
            return at;
        }

        private void grow() {
            long[] old = halves;
            halves = new long[2 * (places() * 3 / 2)];
            used = 0;
            for (int at = 0; at < old.length; at += 2) {
                if (old[at + 1] != 0) {
                    add(old[at], old[at + 1]);
                }
            }
        }
    }

    private final Table[] tables = new Table[TABLES];

    /** None yet. */
    Fingerprints() {
        Arrays.setAll(tables, i -> new Table());
    }

    /** Adds one. */
    void add(Fingerprint one) {
        table(one.low()).add(one.high(), one.low());
    }

    /** Whether one was added. */
    boolean contains(Fingerprint one) {
        return table(one.low()).contains(one.high(), one.low());
    }

    private Table table(long low) {
        return tables[(int) (low >>> 56)];
    }

    /** How many there are. */
    long size() {
        return Arrays.stream(tables).mapToLong(table -> table.used).sum();
    }

    /** How much memory their tables take, in bytes. */
    long bytes() {
        return Arrays.stream(tables)
                .mapToLong(table -> (long) Long.BYTES * table.halves.length)
                .sum();
    }
}
