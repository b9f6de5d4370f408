package dev.ludo.testkit.fault;

import java.util.regex.Pattern;

/**
 * A pattern for paths and for types of messages: {@code *} stands for any characters but a slash, {@code **} for any at all.
 * Everything else stands for itself. Immutable.
 */
public final class Glob {
    private final String text;
    private final Pattern pattern;

    private Glob(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * Makes a pattern.
     *
     * @param text such as {@code /v1/rooms/*} or {@code game:*}; not empty
     * @return the pattern
     * @throws IllegalArgumentException if it is empty
     */
    public static Glob of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("pattern must not be empty");
        }
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int star = text.indexOf('*', at);
            int end = star < 0 ? text.length() : star;
            if (end > at) {
                regex.append(Pattern.quote(text.substring(at, end)));
            }
            boolean twice = text.startsWith("**", end);
            if (star >= 0) {
                regex.append(twice ? ".*" : "[^/]*");
            }
            at = end + (twice ? 2 : 1);
        }
        return new Glob(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /**
     * Whether the whole of a text fits.
     *
     * @param candidate the text
     * @return whether it fits
     */
    public boolean matches(String candidate) {
        return pattern.matcher(candidate).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The pattern as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
