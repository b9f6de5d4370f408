package dev.ludo.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which requests are meant: a method, and a path that is exact or a glob, in which {@code *} stands for one segment, or a
 * part of one, and {@code **} for anything.
 *
 * @param method such as {@code POST}; that of a GET means HEAD too
 * @param path such as {@code /v1/rooms/*}, beginning with {@code /v1}
 */
public record RequestPattern(String method, String path) {
    /** Checks the forms. */
    public RequestPattern {
        method = method.toUpperCase(Locale.ROOT);
        if (!method.matches("[A-Z]+")) {
            throw new IllegalArgumentException("method must be a word such as GET, was \"" + method + '"');
        }
        if (!path.equals("/v1") && !path.startsWith("/v1/")) {
            throw new IllegalArgumentException("path must begin with /v1, was \"" + path + '"');
        }
    }

    boolean fits(String requestMethod, String requestPath) {
        return method.equals(requestMethod) && regex().matcher(requestPath).matches();
    }

    private Pattern regex() {
        return Pattern.compile(Arrays.stream(path.split("\\*\\*", -1))
                .map(part ->
                        Arrays.stream(part.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")))
                .collect(Collectors.joining(".*")));
    }

    /** Such as {@code POST /v1/rooms/*}. */
    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
