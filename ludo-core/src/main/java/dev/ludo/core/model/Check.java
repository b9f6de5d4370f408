package dev.ludo.core.model;

import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Validation of record components; every message names the component and its value. */
final class Check {
    private Check() {}

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

    static void range(int value, int min, int max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + ".." + max + ", was " + value);
        }
    }

    static void notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }

    /** An opaque identifier: 1 to 128 characters, none of them white space or control. */
    static String id(@Nullable String value, String name) {
        String id = present(value, name);
        if (id.isEmpty() || id.length() > 128 || !isVisible(id)) {
            throw new IllegalArgumentException(
                    name + " must be 1 to 128 characters without white space, was \"" + id + '"');
        }
        return id;
    }

    private static boolean isVisible(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c == 127) {
                return false;
            }
        }
        return true;
    }

    /** A finisher's place, which is 1 to 4 if there is one. */
    static void rank(OptionalInt value, String name) {
        if (value.isPresent()) {
            range(value.getAsInt(), 1, 4, name);
        }
    }

    /** An address that can be posted to: http or https, with a host, without user-info and fragment. */
    static URI webUrl(@Nullable URI value, String name) {
        URI url = present(value, name);
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(name
                    + " must be http or https with a host, without user-info and fragment, was \"" + safe(url) + '"');
        }
        return url;
    }

    // User-info may hold a password, and messages end in logs.
    private static String safe(URI url) {
        return url.getRawAuthority() == null || url.getRawAuthority().indexOf('@') < 0
                ? url.toString()
                : url.getScheme() + "://***@" + url.getHost();
    }

    /** An unmodifiable copy; an absent list is an empty one. */
    static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }
}
