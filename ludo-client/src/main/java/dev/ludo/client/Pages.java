package dev.ludo.client;

import dev.ludo.core.model.Page;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A long list that is fetched page by page, as far as somebody reads it. Nothing is asked for before the first item is needed,
 * and a page only when the one before is used up. Every iteration begins at the beginning and asks anew.
 *
 * <p>Thread-safe, but for the iterators and streams that it gives. They throw {@link dev.ludo.core.error.CallException} when a
 * page cannot be had.
 *
 * @param <T> what the list holds
 */
public final class Pages<T> implements Iterable<T> {
    private final Function<Optional<String>, Page<T>> fetch;

    Pages(Function<Optional<String>, Page<T>> fetch) {
        this.fetch = fetch;
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
            Page<T> page = fetch.apply(cursor);
            begun = true;
            cursor = page.nextCursor();
            return page;
        }
    }
}
