package dev.ludo.server.realtime;

import java.util.Arrays;

/** Counts what happens within the last 20 seconds, up to a limit. Takes memory for no more than has happened. For one thread. */
final class RateWindow {
    private static final long NANOS = 20_000_000_000L;

    private final int limit;
    private long[] times = new long[0]; // a ring
    private int oldest;
    private int count;

    /** Counts up to a limit, 0 for no limit. */
    RateWindow(int limit) {
        this.limit = limit;
    }

    /** Counts one more, unless that is one too many. */
    boolean take(long now) {
        if (limit == 0) {
            return true;
        }
        while (count > 0 && now - times[oldest] >= NANOS) {
            oldest = (oldest + 1) % times.length;
            count--;
        }
        if (count >= limit) {
            return false;
        }
        if (count == times.length) {
            grow();
        }
        times[(oldest + count) % times.length] = now;
        count++;
        return true;
    }

    private void grow() {
        long[] more = Arrays.copyOf(times, Math.min(limit, Math.max(4, 2 * count)));
        for (int i = 0; i < count; i++) {
            more[i] = times[(oldest + i) % count];
        }
        times = more;
        oldest = 0;
    }
}
