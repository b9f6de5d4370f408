package dev.ludo.client;

import dev.ludo.core.error.CallException;
import dev.ludo.core.model.Page;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A long list that is fetched page by page, as far as somebody reads it. Nothing is asked for before the first item is needed,
 * and a page only when the one before is used up. Every iteration begins at the beginning and asks anew.
 *
 * <p>Thread-safe, but for the iterators and streams that it gives. They throw {@link dev.ludo.core.error.CallException} when a
 * page cannot be had, or when the API's cursors go round in a circle.
 *
 * @param <T> what the list holds
 */
public final class Pages<T> implements Iterable<T> {
    private final Function<Optional<String>, Page<T>> fetch;
    private final Supplier<CallException> goesRound;

    /** Pages by their cursors, and what is wrong with an API whose cursors lead back to where they were. */
    Pages(Function<Optional<String>, Page<T>> fetch, Supplier<CallException> goesRound) {
        this.fetch = fetch;
        this.goesRound = goesRound;
    }

    /**
     * The items one after the other.
     *
     * @return an iterator that follows the cursors
     */
    @Override
    public Iterator<T> iterator() {
        return stream().iterator();
    }

    /**
     * The items as a stream.
     *
     * @return a sequential stream that follows the cursors
     */
    public Stream<T> stream() {
        return pages().flatMap(page -> page.items().stream());
    }

    /**
     * The pages themselves.
     *
     * @return a sequential stream that follows the cursors
     */
    public Stream<Page<T>> pages() {
        Iterable<Page<T>> all = Following::new;
        return StreamSupport.stream(all.spliterator(), false);
    }

    private final class Following implements Iterator<Page<T>> {
        private final Set<String> followed = new HashSet<>();
        private Optional<String> cursor = Optional.empty();
        private boolean begun;

        @Override
        public boolean hasNext() {
            return !begun || cursor.isPresent();
        }

        @Override
        public Page<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (cursor.isPresent() && !followed.add(cursor.get())) {
                throw goesRound.get();
            }
            Page<T> page = fetch.apply(cursor);
            begun = true;
            cursor = page.nextCursor();
            return page;
        }
    }
}
