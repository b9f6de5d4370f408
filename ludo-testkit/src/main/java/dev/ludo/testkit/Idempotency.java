package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers by idempotency key: the first call does the work, a repeat with the same body gets the first one's answer, even
 * if it has to wait for it, and a repeat with another body is refused. Failures of the server (5xx) and 429 are not kept:
 * the next call with the key does the work again. Thread-safe.
 */
final class Idempotency {
    /** How long an answer is kept. */
    static final Duration LIFE = Duration.ofHours(24);

    /** How many answers are kept at most; past it the oldest go first, so that the fake's memory is bounded. */
    private static final int MOST = 20_000;

    private static final class Entry {
        private final byte[] bodyHash;
        private final Instant since;
        private final CompletableFuture<Optional<Answer>> answer = new CompletableFuture<>();

        private Entry(byte[] bodyHash, Instant since) {
            this.bodyHash = bodyHash;
            this.since = since;
        }
    }

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Idempotency(InstantSource clock) {
        this.clock = clock;
    }

    /** Does the work, or gives the answer of the call that did it. */
    Answer once(String scope, byte[] body, Supplier<Answer> work) {
        Entry mine = new Entry(hash(body), clock.instant());
        while (true) {
            Entry first = claim(scope, mine);
            if (first == mine) {
                return run(scope, mine, work);
            }
            if (!MessageDigest.isEqual(first.bodyHash, mine.bodyHash)) {
                throw ApiFailure.of(
                        ErrorCode.IDEMPOTENCY_CONFLICT, "this idempotency key was used with another body before");
            }
            Optional<Answer> kept = await(first);
            if (kept.isPresent()) {
                return kept.get().with("Idempotent-Replayed", "true");
            }
        }
    }

    private Entry claim(String scope, Entry mine) {
        lock.lock();
        try {
            Instant oldest = clock.instant().minus(LIFE);
            forgetFirst(entry -> !entry.since.isAfter(oldest));
            Entry there = entries.get(scope);
            if (there != null) {
                return there;
            }
            forgetFirst(entry -> entries.size() >= MOST);
            entries.put(scope, mine);
            return mine;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets from the oldest on, as long as they are old enough and done. */
    private void forgetFirst(Predicate<Entry> isOld) {
        Iterator<Entry> all = entries.values().iterator();
        while (all.hasNext()) {
            Entry entry = all.next();
            if (!entry.answer.isDone() || !isOld.test(entry)) {
                return;
            }
            all.remove();
        }
    }

    private Answer run(String scope, Entry mine, Supplier<Answer> work) {
        Optional<Answer> kept = Optional.empty();
        try {
            Answer answer = work.get();
            if (answer.status() < 500 && answer.status() != 429) {
                kept = Optional.of(answer);
            }
            return answer;
        } finally {
            if (kept.isEmpty()) {
                forget(scope, mine);
            }
            mine.answer.complete(kept);
        }
    }

    private void forget(String scope, Entry mine) {
        lock.lock();
        try {
            entries.remove(scope, mine);
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Answer> await(Entry first) {
        try {
            return first.answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiFailure.of(ErrorCode.UNAVAILABLE, "the fake is closing");
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never completed so", e);
        }
    }

    void reset() {
        lock.lock();
        try {
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    /** A name for a body: no two have the same. */
    static byte[] hash(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
