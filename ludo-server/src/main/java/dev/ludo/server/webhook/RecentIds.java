package dev.ludo.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/**
 * The ids that were accepted lately, however many. Guarded by its owner.
 *
 * <p>Of an id its fingerprint is kept, 127 bits of its SHA-256, together with those of the same {@link #SPAN}, which are forgotten
 * all at once. So an id is remembered a little longer than asked for, and never shorter.
 */
public final class RecentIds {
    /** How much longer than asked for an id is remembered at most. */
    public static final Duration SPAN = Duration.ofHours(12);

    private final TreeMap<Long, Fingerprints> spans = new TreeMap<>();
    private final Duration kept;
    private final MessageDigest digest;

    /**
     * Nothing yet.
     *
     * @param kept for how long an id is remembered
     */
    public RecentIds(Duration kept) {
        this.kept = kept;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
     * @param id the id
     * @param now the time
     * @return whether it is remembered
     */
    public boolean contains(String id, Instant now) {
        forgetOld(now);
        ByteBuffer halves = fingerprint(id);
        long high = halves.getLong(0);
        long low = low(halves);
        return spans.values().stream().anyMatch(all -> all.contains(high, low));
    }

    /**
     * Remembers an id.
     *
     * @param id the id
     * @param accepted when it was accepted
     * @param now the time
     */
    public void add(String id, Instant accepted, Instant now) {
        forgetOld(now);
        if (accepted.isBefore(since(now))) {
            return;
        }
        ByteBuffer halves = fingerprint(id);
        spans.computeIfAbsent(span(accepted), span -> new Fingerprints()).add(halves.getLong(0), low(halves));
    }

    private void forgetOld(Instant now) {
        spans.headMap(span(now.minus(kept))).clear();
    }

    private ByteBuffer fingerprint(String id) {
        return ByteBuffer.wrap(digest.digest(id.getBytes(UTF_8)));
    }

    // Never 0, which stands for none.
    private static long low(ByteBuffer halves) {
        return halves.getLong(Long.BYTES) | 1;
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
