package dev.ludo.server.cache;

import dev.ludo.server.cache.ResponseCache.Kept;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Has each question asked once at a time: whoever asks while the same is being asked gets the same answer. What was asked
 * before a {@link #drop} is not kept, since it may tell how things were before. Thread-safe.
 */
public final class Flights {
    /**
     * What came of a question.
     *
     * @param kept the answer
     * @param own whether this caller had it asked
     */
    public record Landed(Kept kept, boolean own) {}

    /** A question that is being asked; no two are equal. */
    private static final class Flight {
        final CompletableFuture<Kept> answer = new CompletableFuture<>();
    }

    private final ResponseCache cache;
    private final ConcurrentHashMap<String, Flight> flights = new ConcurrentHashMap<>();

    /**
     * Knows where answers are kept.
     *
     * @param cache where
     */
    public Flights(ResponseCache cache) {
        this.cache = cache;
    }

    /**
     * Asks, or waits for the answer to the same question.
     *
     * @param key what is asked
     * @param within how long the answer is of any use
     * @param ask asks; what it throws is thrown to all who wait
     * @return the answer
     */
    public Landed ask(String key, Duration within, Supplier<Kept> ask) {
        Flight own = new Flight();
        Flight flight = flights.putIfAbsent(key, own);
        return flight == null ? new Landed(fly(key, own, within, ask), true) : new Landed(await(flight), false);
    }

    /**
     * Asks, also while the same is being asked.
     *
     * @param key what is asked
     * @param within how long the answer is of any use
     * @param ask asks
     * @return the answer
     */
    public Kept askAgain(String key, Duration within, Supplier<Kept> ask) {
        Flight own = new Flight();
        flights.put(key, own);
        return fly(key, own, within, ask);
    }

    private Kept fly(String key, Flight own, Duration within, Supplier<Kept> ask) {
        try {
            Kept kept = ask.get();
            flights.computeIfPresent(key, (same, current) -> {
                if (current.equals(own)) {
                    cache.keep(key, kept, within);
                }
                return current;
            });
            own.answer.complete(kept);
            return kept;
        } catch (Throwable e) {
            own.answer.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, own);
        }
    }

    private static Kept await(Flight flight) {
        try {
            return flight.answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /**
     * Forgets an answer, and that to a question that is being asked.
     *
     * @param key what was asked
     */
    public void drop(String key) {
        flights.compute(key, (same, current) -> {
            cache.drop(key);
            return null;
        });
    }
}
