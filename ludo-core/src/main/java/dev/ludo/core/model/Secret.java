package dev.ludo.core.model;

import jakarta.json.bind.adapter.JsonbAdapter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key or a token. It does not show itself: {@link #toString} gives at most the last four characters, and the codec
 * refuses to write one except where a record's component says so with {@link OnWire}.
 *
 * <p>Immutable. Equality takes the same time wherever two secrets of one length differ.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a key or a token.
     *
     * @param value its text, not blank, visible ASCII only, so that it can stand in a header
     * @return the secret
     * @throws IllegalArgumentException for anything else; the message does not show the text
     */
    public static Secret of(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a key or token must be visible ASCII characters without spaces");
        }
        return new Secret(value);
    }

    /**
     * The text itself, for the one place that sends it.
     *
     * @return the text as it was given
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.US_ASCII), that.value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@code ***} and the last four characters, or just {@code ***} for a text under twelve characters. */
    @Override
    public String toString() {
        return value.length() < 12 ? "***" : "***" + value.substring(value.length() - 4);
    }

    /** Marks the record components through which a token is handed over on purpose. */
    public static final class OnWire implements JsonbAdapter<Secret, String> {
        /** Made by the codec. */
        public OnWire() {}

        @Override
        public String adaptToJson(Secret secret) {
            return secret.reveal();
        }

        @Override
        public Secret adaptFromJson(String text) {
            return Secret.of(text);
        }
    }

    /** As {@link OnWire}, for a component that may be empty. */
    public static final class OnWireIfThere implements JsonbAdapter<Optional<Secret>, String> {
        /** Made by the codec. */
        public OnWireIfThere() {}

        @Override
        public @Nullable String adaptToJson(Optional<Secret> secret) {
            return secret.map(Secret::reveal).orElse(null);
        }

        @Override
        public Optional<Secret> adaptFromJson(@Nullable String text) {
            return Optional.ofNullable(text).map(Secret::of);
        }
    }
}
