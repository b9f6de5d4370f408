package dev.ludo.testkit;

import dev.ludo.core.model.RoomCode;
import dev.ludo.testkit.fault.Glob;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which requests are meant: a method and a path.
 *
 * @param method such as {@code POST}; that of a GET means HEAD too
 * @param path a path or a pattern of one, beginning with {@code /v1}
 */
public record RequestPattern(String method, Glob path) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");

    private static final Pattern OF_A_ROOM = Pattern.compile("/v1/rooms/([^/*]+)(?:/.*)?");

    /** Checks the forms. */
    public RequestPattern {
        method = method.toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("method must be a word such as GET, was \"" + method + '"');
        }
        if (!path.toString().equals("/v1") && !path.toString().startsWith("/v1/")) {
            throw new IllegalArgumentException("path must begin with /v1, was \"" + path + '"');
        }
    }

    boolean fits(String requestMethod, String requestPath) {
        return method.equals(requestMethod) && path.matches(requestPath);
    }

    void checkRoom(Predicate<RoomCode> isThere) {
        Matcher named = OF_A_ROOM.matcher(path.toString());
        if (named.matches() && !(RoomCode.isValid(named.group(1)) && isThere.test(RoomCode.of(named.group(1))))) {
            throw new IllegalArgumentException("path must name a room of this fake or none, was \"" + path + '"');
        }
    }

    /** Such as {@code POST /v1/rooms/*}. */
    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
