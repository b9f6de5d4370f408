package dev.ludo.server.realtime;

import dev.ludo.core.json.LudoJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the values of a JSON text end, as RFC 8259 has them, nested {@value LudoJson#MAX_DEPTH} levels at most. Each method
 * takes where something begins and gives where it ends, or {@link #BAD}.
 */
final class JsonGrammar {
    /** It is no JSON. */
    static final int BAD = -1;

    private static final byte[] TRUE = word("true");
    private static final byte[] FALSE = word("false");
    private static final byte[] NULL = word("null");

    private JsonGrammar() {}

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean is(byte[] json, int i, int end, char c) {
        return i < end && json[i] == c;
    }

    static int skipSpace(byte[] json, int from, int end) {
        int i = from;
        while (i < end && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
            i++;
        }
        return i;
    }

    static int skipValue(byte[] json, int i, int end, int depth) {
        if (i >= end) {
            return BAD;
        }
        return switch (json[i]) {
            case '"' -> skipString(json, i, end);
            case '{' -> skipObject(json, i, end, depth + 1);
            case '[' -> skipArray(json, i, end, depth + 1);
            case 't' -> skipWord(json, i, end, TRUE);
            case 'f' -> skipWord(json, i, end, FALSE);
            case 'n' -> skipWord(json, i, end, NULL);
            default -> skipNumber(json, i, end);
        };
    }

    private static int skipObject(byte[] json, int from, int end, int depth) {
        if (depth > LudoJson.MAX_DEPTH) {
            return BAD;
        }
        int i = skipSpace(json, from + 1, end);
        if (is(json, i, end, '}')) {
            return i + 1;
        }
        while (is(json, i, end, '"')) {
            i = skipString(json, i, end);
            if (i == BAD) {
                return BAD;
            }
            i = skipSpace(json, i, end);
            if (!is(json, i, end, ':')) {
                return BAD;
            }
            i = skipValue(json, skipSpace(json, i + 1, end), end, depth);
            if (i == BAD) {
                return BAD;
            }
            i = skipSpace(json, i, end);
            if (is(json, i, end, '}')) {
                return i + 1;
            }
            if (!is(json, i, end, ',')) {
                return BAD;
            }
            i = skipSpace(json, i + 1, end);
        }
        return BAD;
    }

    private static int skipArray(byte[] json, int from, int end, int depth) {
        if (depth > LudoJson.MAX_DEPTH) {
            return BAD;
        }
        int i = skipSpace(json, from + 1, end);
        if (is(json, i, end, ']')) {
            return i + 1;
        }
        while (true) {
            i = skipValue(json, i, end, depth);
            if (i == BAD) {
                return BAD;
            }
            i = skipSpace(json, i, end);
            if (is(json, i, end, ']')) {
                return i + 1;
            }
            if (!is(json, i, end, ',')) {
                return BAD;
            }
            i = skipSpace(json, i + 1, end);
        }
    }

    static int skipString(byte[] json, int from, int end) {
        int i = from + 1;
        while (i < end) {
            byte b = json[i];
            if (b == '"') {
                return i + 1;
            }
            if (b == '\\') {
                i = skipEscape(json, i + 1, end);
                if (i == BAD) {
                    return BAD;
                }
            } else if (b >= 0 && b < ' ') {
                return BAD;
            } else {
                i++;
            }
        }
        return BAD;
    }

    private static int skipEscape(byte[] json, int i, int end) {
        if (i >= end) {
            return BAD;
        }
        return switch (json[i]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> i + 1;
            case 'u' -> {
                for (int k = i + 1; k < i + 5; k++) {
                    if (k >= end || Character.digit(json[k], 16) < 0) {
                        yield BAD;
                    }
                }
                yield i + 5;
            }
            default -> BAD;
        };
    }

    private static int skipWord(byte[] json, int from, int end, byte[] word) {
        int to = from + word.length;
        return to <= end && Arrays.equals(json, from, to, word, 0, word.length) ? to : BAD;
    }

    private static int skipNumber(byte[] json, int from, int end) {
        int i = is(json, from, end, '-') ? from + 1 : from;
        if (is(json, i, end, '0')) {
            i++;
        } else {
            i = skipDigits(json, i, end);
        }
        if (i != BAD && is(json, i, end, '.')) {
            i = skipDigits(json, i + 1, end);
        }
        if (i != BAD && (is(json, i, end, 'e') || is(json, i, end, 'E'))) {
            i = skipDigits(json, is(json, i + 1, end, '+') || is(json, i + 1, end, '-') ? i + 2 : i + 1, end);
        }
        return i;
    }

    private static int skipDigits(byte[] json, int from, int end) {
        int i = from;
        while (i < end && json[i] >= '0' && json[i] <= '9') {
            i++;
        }
        return i == from ? BAD : i;
    }
}
