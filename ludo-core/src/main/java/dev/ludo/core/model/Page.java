package dev.ludo.core.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a long list.
 *
 * @param <T> what the list holds
 * @param items this part, in the list's order
 * @param nextCursor what to ask for the next part with; empty when this is the last one
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
    /** Copies the list. */
    public Page {
        items = Check.list(items);
    }

    /**
     * The only or the last part of a list.
     *
     * @param <T> what the list holds
     * @param items what is left of it
     * @return a page after which nothing comes
     */
    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, Optional.empty());
    }

    /**
     * This page with each item turned into something else.
     *
     * @param <R> what the new page holds
     * @param change makes the new item
     * @return a page with the same cursor
     */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), nextCursor);
    }
}
