package dev.ludo.server.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/**
 * The ids that were accepted lately, however many. Guarded by its owner.
 *
 * <p>Of an id its {@link Fingerprint} is kept, together with those of the same {@link #SPAN}, which are forgotten
 * all at once. So an id is remembered a little longer than asked for, and never shorter.
 */
public final class RecentIds {
    /** How much longer than asked for an id is remembered at most. */
    public static final Duration SPAN = Duration.ofHours(12);

    private final TreeMap<Long, Fingerprints> spans = new TreeMap<>();
    private final Duration kept;

    /**
     * Nothing yet.
     *
     * @param kept for how long an id is remembered
     */
    public RecentIds(Duration kept) {
        this.kept = kept;
    }

    private static long span(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), SPAN.toMillis());
    }

    /** When what is remembered at a time was accepted at the earliest. */
    Instant since(Instant now) {
        return Instant.ofEpochMilli(span(now.minus(kept)) * SPAN.toMillis());
    }

    /**
     * Whether an id was accepted lately.
     *
     * @param id the id's fingerprint
     * @param now the time
     * @return whether it is remembered
     */
    public boolean contains(Fingerprint id, Instant now) {
        forgetOld(now);
        for (Fingerprints all : spans.values()) {
            if (all.contains(id)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Remembers an id.
     *
     * @param id the id's fingerprint
     * @param accepted when it was accepted
     * @param now the time
     */
    public void add(Fingerprint id, Instant accepted, Instant now) {
        forgetOld(now);
        if (accepted.isBefore(since(now))) {
            return;
        }
        spans.computeIfAbsent(span(accepted), span -> new Fingerprints()).add(id);
    }

    private void forgetOld(Instant now) {
        spans.headMap(span(now.minus(kept))).clear();
    }

    /** How many are remembered. */
    long size() {
        return spans.values().stream().mapToLong(Fingerprints::size).sum();
    }

    /** How much memory they take, in bytes. */
    long bytes() {
        return spans.values().stream().mapToLong(Fingerprints::bytes).sum();
    }
}
