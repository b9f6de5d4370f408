package dev.ludo.server.api;

import java.util.Arrays;

/**
 * A quick look at an answer that is to be passed on as it is: whether it is, beyond doubt, a JSON object that says that it is a
 * success. What is rare, such as escapes, letters beyond ASCII and fractions, is doubtful here and left to the parser of the
 * core, which makes a tree of it. For one answer and one thread.
 */
final class PlainEnvelope {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NAMES = 24;
    private static final int MAX_DIGITS = 15;
    private static final byte[] SUCCESS = {'s', 'u', 'c', 'c', 'e', 's', 's'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] json;
    private int at;
    private boolean success;

    private PlainEnvelope(byte[] json) {
        this.json = json;
    }

    /** Whether it is; false says nothing. */
    static boolean isSuccess(byte[] json) {
        PlainEnvelope look = new PlainEnvelope(json);
        return look.next() == '{' && look.object(1) && look.next() == -1 && look.success;
    }

    // The next byte that is no white space, which is not taken yet; -1 at the end.
    private int next() {
        while (at < json.length) {
            byte b = json[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        return -1;
    }

    private boolean take(char c) {
        if (next() == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean value(int depth) {
        return switch (next()) {
            case '{' -> depth < MAX_DEPTH && object(depth + 1);
            case '[' -> depth < MAX_DEPTH && array(depth + 1);
            case '"' -> string();
            case 't' -> word(TRUE);
            case 'f' -> word(FALSE);
            case 'n' -> word(NULL);
            default -> number();
        };
    }

    private boolean object(int depth) {
        at++;
        if (take('}')) {
            return true;
        }
        int[] names = new int[2 * MAX_NAMES];
        for (int count = 0; count < MAX_NAMES; count++) {
            int from = next() == '"' ? at + 1 : -1;
            if (from < 0 || !string() || isAmong(names, count, from, at - 1)) {
                return false;
            }
            names[2 * count] = from;
            names[2 * count + 1] = at - 1;
            boolean tells = depth == 1 && Arrays.equals(json, from, at - 1, SUCCESS, 0, SUCCESS.length);
            if (!take(':')) {
                return false;
            }
            success |= tells && next() == 't';
            if (!value(depth)) {
                return false;
            }
            if (!take(',')) {
                return take('}');
            }
        }
        return false;
    }

    // Two members of one name are read differently by different readers.
    private boolean isAmong(int[] names, int count, int from, int to) {
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(json, names[2 * i], names[2 * i + 1], json, from, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean array(int depth) {
        at++;
        if (take(']')) {
            return true;
        }
        do {
            if (!value(depth)) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean string() {
        for (at++; at < json.length; at++) {
            byte b = json[at];
            if (b == '"') {
                at++;
                return true;
            }
            if (b < ' ' || b == '\\') {
                return false;
            }
        }
        return false;
    }

    private boolean word(byte[] word) {
        int end = at + word.length;
        boolean same = end <= json.length && Arrays.equals(json, at, end, word, 0, word.length);
        at = end;
        return same;
    }

    // A whole one; what follows it, such as a point, is looked at by who expects something else there.
    private boolean number() {
        if (at < json.length && json[at] == '-') {
            at++;
        }
        int from = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        int digits = at - from;
        return digits == 1 || (digits > 1 && digits <= MAX_DIGITS && json[from] != '0');
    }
}
