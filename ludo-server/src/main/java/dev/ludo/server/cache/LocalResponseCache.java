package dev.ludo.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** In memory, bounded by the bytes of what is kept. */
final class LocalResponseCache implements ResponseCache {
    // What an entry takes beside its key and body, roughly.
    private static final int OVERHEAD = 256;

    private record Entry(Kept kept, long since, long nanos) {}

    private final LongSupplier nanoTime;
    private final Cache<String, Entry> entries;

    LocalResponseCache(long bytes, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<String, Entry>weigher((key, entry) ->
                        OVERHEAD + 2 * key.length() + entry.kept().body().length)
                .expireAfter(Expiry.<String, Entry>writing((key, entry) -> Duration.ofNanos(entry.nanos())))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<Found> find(String key) {
        Entry entry = entries.getIfPresent(key);
        return entry == null
                ? Optional.empty()
                : Optional.of(new Found(entry.kept(), Duration.ofNanos(nanoTime.getAsLong() - entry.since())));
    }

    @Override
    public void keep(String key, Kept kept, Duration within) {
        entries.put(key, new Entry(kept, nanoTime.getAsLong(), within.toNanos()));
    }

    @Override
    public void drop(String key) {
        entries.invalidate(key);
    }

    @Override
    public long bytes() {
        entries.cleanUp();
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
