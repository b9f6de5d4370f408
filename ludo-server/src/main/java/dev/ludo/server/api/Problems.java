package dev.ludo.server.api;

import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gathers all that is wrong with a request, in its path, query, headers and body, so that its sender is told everything at once.
 * Read every part first; what is taken after that is good. For one thread.
 */
final class Problems {
    private final List<FieldError> found = new ArrayList<>();

    /**
     * Reads a part of the request now.
     *
     * @param part reads it
     * @return gives what was read, or throws what is wrong with this part and all others
     */
    <T> Supplier<T> of(Supplier<T> part) {
        List<T> read = new ArrayList<>(1);
        try {
            read.add(part.get());
        } catch (InvalidRequestException e) {
            found.addAll(e.details());
        }
        return () -> {
            if (!found.isEmpty()) {
                throw new InvalidRequestException(found);
            }
            return read.getFirst();
        };
    }
}
