package dev.ludo.testkit.journal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blanks what must not be read by whoever looks into a log. */
final class Mask {
    private static final Set<String> HEADERS = Set.of("authorization", "x-session-token", "x-player-token");

    private static final Pattern FIELDS =
            Pattern.compile("(\"(?:sessionToken|playerToken|secret|apiKey)\"\\s*:\\s*\")([^\"]*)");

    private static final int SHOWN = 4;
    private static final int SHORTEST = 12;

    private Mask() {}

    static Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> masked = new LinkedHashMap<>();
        headers.forEach((name, value) ->
                masked.put(name, HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? header(value) : value));
        return masked;
    }

    /** Leaves the scheme of an {@code Authorization}, such as {@code Bearer}. */
    private static String header(String value) {
        int space = value.lastIndexOf(' ');
        return value.substring(0, space + 1) + secret(value.substring(space + 1));
    }

    static String body(String body) {
        return FIELDS.matcher(body).replaceAll(Mask::field);
    }

    private static String field(MatchResult found) {
        return Matcher.quoteReplacement(found.group(1) + secret(found.group(2)));
    }

    private static String secret(String text) {
        return text.length() < SHORTEST ? "***" : "***" + text.substring(text.length() - SHOWN);
    }
}
