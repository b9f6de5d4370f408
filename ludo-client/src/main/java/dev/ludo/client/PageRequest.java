package dev.ludo.client;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which part of a long list is asked for. Immutable.
 *
 * @param cursor where it begins, from {@link dev.ludo.core.model.Page#nextCursor}; empty for the beginning
 * @param limit how many items at most, 1 to 100; empty for the API's own choice
 */
public record PageRequest(Optional<String> cursor, OptionalInt limit) {
    /** The first page, as long as the API likes. */
    public static final PageRequest FIRST = new PageRequest(Optional.empty(), OptionalInt.empty());

    /** Checks the limit. */
    public PageRequest {
        if (limit.isPresent() && (limit.getAsInt() < 1 || limit.getAsInt() > 100)) {
            throw new IllegalArgumentException("limit must be 1 to 100, was " + limit.getAsInt());
        }
    }

    /**
     * The page that follows another.
     *
     * @param cursor that page's {@link dev.ludo.core.model.Page#nextCursor}
     * @return the request
     */
    public static PageRequest after(String cursor) {
        return new PageRequest(Optional.of(cursor), OptionalInt.empty());
    }

    /**
     * With at most so many items.
     *
     * @param limit 1 to 100
     * @return a new request
     */
    public PageRequest withLimit(int limit) {
        return new PageRequest(cursor, OptionalInt.of(limit));
    }

    ApiRequest applyTo(ApiRequest request) {
        ApiRequest out = cursor.isPresent() ? request.query("cursor", cursor.get()) : request;
        return limit.isPresent() ? out.query("limit", limit.getAsInt()) : out;
    }
}
