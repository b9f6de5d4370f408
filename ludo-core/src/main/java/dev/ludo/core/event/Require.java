package dev.ludo.core.event;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validation of record components; every message names the component and its value. */
final class Require {
    private static final int MAX_REQUEST_ID = 128;

    private Require() {}

    static <T> T present(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** What an API may leave out. */
    static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** An unmodifiable copy; an absent list is an empty one. */
    static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    static void atLeast(long min, long value, String name) {
        if (value < min) {
            throw new IllegalArgumentException(name + " must be at least " + min + ", was " + value);
        }
    }

    static void requestId(Optional<String> requestId) {
        requestId.ifPresent(id -> {
            if (id.isEmpty() || id.length() > MAX_REQUEST_ID) {
                throw new IllegalArgumentException(
                        "requestId must be 1 to " + MAX_REQUEST_ID + " characters, was \"" + id + '"');
            }
        });
    }
}
