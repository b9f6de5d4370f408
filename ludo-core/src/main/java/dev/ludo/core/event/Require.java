package dev.ludo.core.event;

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

    static long atLeast(long min, long value, String name) {
        if (value < min) {
            throw new IllegalArgumentException(name + " must be at least " + min + ", was " + value);
        }
        return value;
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
