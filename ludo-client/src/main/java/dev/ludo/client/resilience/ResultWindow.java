package dev.ludo.client.resilience;

import java.util.Arrays;

/** Counts of the calls of the last while, in ten slices that fall out one by one. For one thread at a time. */
final class ResultWindow {
    private static final int SLICES = 10;

    private final long sliceNanos;
    private final int[] calls = new int[SLICES];
    private final int[] failures = new int[SLICES];
    private long current;
    private int allCalls;
    private int allFailures;

    ResultWindow(long windowNanos, long now) {
        this.sliceNanos = windowNanos / SLICES;
        this.current = Math.floorDiv(now, sliceNanos);
    }

    void add(boolean failed, long now) {
        advance(now);
        int slot = (int) Math.floorMod(current, (long) SLICES);
        calls[slot]++;
        allCalls++;
        if (failed) {
            failures[slot]++;
            allFailures++;
        }
    }

    int calls(long now) {
        advance(now);
        return allCalls;
    }

    int failures(long now) {
        advance(now);
        return allFailures;
    }

    void clear() {
        Arrays.fill(calls, 0);
        Arrays.fill(failures, 0);
        allCalls = 0;
        allFailures = 0;
    }

    private void advance(long now) {
        long slice = Math.floorDiv(now, sliceNanos);
        long steps = slice - current;
        if (steps >= SLICES) {
            clear();
        } else {
            for (long next = current + 1; next <= slice; next++) {
                int slot = (int) Math.floorMod(next, (long) SLICES);
                allCalls -= calls[slot];
                allFailures -= failures[slot];
                calls[slot] = 0;
                failures[slot] = 0;
            }
        }
        if (steps > 0) {
            current = slice;
        }
    }
}
