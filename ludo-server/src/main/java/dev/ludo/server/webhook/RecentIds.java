package dev.ludo.server.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ids that were accepted lately. Guarded by its owner. */
public final class RecentIds {
    private final Map<String, Instant> acceptedAt = new LinkedHashMap<>();
    private final Duration kept;
    private final int most;

    /**
     * Nothing yet.
     *
     * @param kept for how long an id is remembered
     * @param most how many are remembered; past it the oldest are forgotten early
     */
    public RecentIds(Duration kept, int most) {
        this.kept = kept;
        this.most = most;
    }

    /**
     * Whether an id was accepted lately.
     *
     * @param id the id
     * @param now the time
     * @return whether it is remembered
     */
    public boolean contains(String id, Instant now) {
        Instant accepted = acceptedAt.get(id);
        return accepted != null && !accepted.plus(kept).isBefore(now);
    }

    /**
     * Remembers an id.
     *
     * @param id the id
     * @param accepted when it was accepted
     * @param now the time
     */
    public void add(String id, Instant accepted, Instant now) {
        acceptedAt.remove(id); // so that it stands last
        acceptedAt.put(id, accepted);
        Iterator<Instant> times = acceptedAt.values().iterator();
        while (times.hasNext()) {
            Instant oldest = times.next();
            if (acceptedAt.size() <= most && !oldest.plus(kept).isBefore(now)) {
                return;
            }
            times.remove();
        }
    }

    int size() {
        return acceptedAt.size();
    }
}
