package dev.ludo.server.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Keeps answers by key for a while. It may forget any at any time. Implementations are thread-safe. */
public interface ResponseCache {
    /** An answer that is kept. Immutable, but for the bytes, which are not copied and which nobody may change. */
    final class Kept {
        private final byte[] body;
        private final String etag;

        /**
         * An answer.
         *
         * @param body its bytes
         * @param etag what tells it from other answers to the same question, in quotes
         */
        public Kept(byte[] body, String etag) {
            this.body = body;
            this.etag = etag;
        }

        /**
         * The answer's bytes.
         *
         * @return the bytes themselves
         */
        public byte[] body() {
            return body;
        }

        /**
         * What tells it from other answers to the same question.
         *
         * @return an entity tag, in quotes
         */
        public String etag() {
            return etag;
        }
    }

    /**
     * An answer that was found.
     *
     * @param kept the answer
     * @param age how long it has been kept
     */
    record Found(Kept kept, Duration age) {}

    /**
     * Looks for an answer.
     *
     * @param key what was asked
     * @return the answer, if it is kept
     */
    Optional<Found> find(String key);

    /**
     * Keeps an answer.
     *
     * @param key what was asked
     * @param kept the answer
     * @param within how long it is of any use
     */
    void keep(String key, Kept kept, Duration within);

    /**
     * Forgets an answer.
     *
     * @param key what was asked
     */
    void drop(String key);

    /**
     * How much is kept.
     *
     * @return about how many bytes, those of keys included
     */
    long bytes();

    /**
     * A cache in this process's memory.
     *
     * @param bytes how much it may keep
     * @param nanoTime the clock that ages are measured by
     * @return the cache
     */
    static ResponseCache local(long bytes, LongSupplier nanoTime) {
        return new LocalResponseCache(bytes, nanoTime);
    }
}
