package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.Secret;
import java.util.Optional;

/** The key that calls and sockets must show in their header {@code Authorization}. */
record ApiKey(Secret secret) {
    /** Whether a header, if there is one, has the key. */
    boolean opens(Optional<String> header) {
        String text = header.orElse("");
        int space = text.indexOf(' ');
        if (space < 0 || !text.substring(0, space).equalsIgnoreCase("Bearer")) {
            return false;
        }
        try {
            return Secret.of(text.substring(space + 1).strip()).equals(secret);
        } catch (IllegalArgumentException e) {
            return false; // what no key can look like is not the key
        }
    }

    /** What is wrong with a header that does not have it. */
    static ApiFailure failure(Optional<String> header) {
        return ApiFailure.of(
                ErrorCode.UNAUTHORIZED, header.isPresent() ? "the API key is not valid" : "the API key is missing");
    }
}
