package dev.ludo.server.realtime;

import dev.ludo.core.json.LudoJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the members of a JSON object off its bytes, one after the other, as strictly as RFC 8259 has them, without making
 * anything of the values. Of a member's value only where it lies is known, until it is asked for.
 *
 * <p>The bytes must be valid UTF-8. May be used again for another object; for one thread.
 */
public final class Members {
    private static final int MAX_DIGITS = 18; // which fit a long whatever they are

    private static final byte[] NOTHING = {};

    private byte[] json = NOTHING;
    private int end;
    private int at = JsonGrammar.BAD;
    private boolean first;
    private boolean complete;
    private int closingBrace;
    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;

    /** Reads nothing yet. */
    public Members() {}

    /**
     * A name or a text to compare with.
     *
     * @param text ASCII only
     * @return its bytes
     */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Begins with an object that is a whole text.
     *
     * @param text valid UTF-8, which is not copied
     * @return this
     */
    public Members of(byte[] text) {
        return of(text, 0, text.length);
    }

    /**
     * Begins with an object that is a part of a text.
     *
     * @param text valid UTF-8, which is not copied
     * @param from where the object begins
     * @param to where it ends
     * @return this
     */
    public Members of(byte[] text, int from, int to) {
        json = text;
        end = to;
        first = true;
        complete = false;
        int start = JsonGrammar.skipSpace(json, from, end);
        at = is(start, '{') ? start + 1 : JsonGrammar.BAD;
        return this;
    }

    /**
     * Goes to the next member.
     *
     * @return false after the last, and where the text is no JSON object
     */
    public boolean next() {
        if (at == JsonGrammar.BAD) {
            return false;
        }
        int i = JsonGrammar.skipSpace(json, at, end);
        if (is(i, '}')) {
            return ended(i + 1);
        }
        if (!first) {
            if (!is(i, ',')) {
                return ended(JsonGrammar.BAD);
            }
            i = JsonGrammar.skipSpace(json, i + 1, end);
        }
        first = false;
        int colon = is(i, '"') ? JsonGrammar.skipString(json, i, end) : JsonGrammar.BAD;
        if (colon == JsonGrammar.BAD) {
            return ended(JsonGrammar.BAD);
        }
        nameStart = i + 1;
        nameEnd = colon - 1;
        i = JsonGrammar.skipSpace(json, colon, end);
        if (!is(i, ':')) {
            return ended(JsonGrammar.BAD);
        }
        valueStart = JsonGrammar.skipSpace(json, i + 1, end);
        valueEnd = JsonGrammar.skipValue(json, valueStart, end, 1);
        at = valueEnd;
        return at != JsonGrammar.BAD;
    }

    private boolean ended(int after) {
        complete = after != JsonGrammar.BAD && JsonGrammar.skipSpace(json, after, end) == end;
        closingBrace = after - 1;
        at = JsonGrammar.BAD;
        return false;
    }

    /**
     * Whether the text was a JSON object, to its end. To be asked once {@link #next} has said false.
     *
     * @return whether it was
     */
    public boolean isComplete() {
        return complete;
    }

    /** Where the brace is that closes the object, if it is complete. */
    int closingBrace() {
        return closingBrace;
    }

    /**
     * Whether the member has a name, however that is spelled.
     *
     * @param ascii the name
     * @return whether it has
     */
    public boolean isNamed(byte[] ascii) {
        return textIs(nameStart, nameEnd, ascii);
    }

    /**
     * Whether the member's value is a text, however that is spelled.
     *
     * @param ascii the text
     * @return whether it is
     */
    public boolean isText(byte[] ascii) {
        return isText() && textIs(valueStart + 1, valueEnd - 1, ascii);
    }

    /**
     * Whether the member's value is a text.
     *
     * @return whether it is
     */
    public boolean isText() {
        return is(valueStart, '"');
    }

    boolean isNull() {
        return is(valueStart, 'n');
    }

    /**
     * Whether the member's value is true.
     *
     * @return whether it is
     */
    public boolean isTrue() {
        return is(valueStart, 't');
    }

    /**
     * Where the member begins; it ends with its value.
     *
     * @return an index
     */
    public int start() {
        return nameStart - 1;
    }

    /**
     * Where the member's value begins.
     *
     * @return an index
     */
    public int valueStart() {
        return valueStart;
    }

    /**
     * Where the member's value ends.
     *
     * @return the index behind it
     */
    public int valueEnd() {
        return valueEnd;
    }

    /**
     * The member's value as a number.
     *
     * @return -1 unless it is a whole number that is not negative and has at most 18 digits
     */
    public long count() {
        if (valueEnd - valueStart > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = valueStart; i < valueEnd; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /**
     * The member's value as a text.
     *
     * @return the empty text if it is none
     */
    public String text() {
        return isText() ? decoded(valueStart + 1, valueEnd - 1) : "";
    }

    private boolean textIs(int from, int to, byte[] ascii) {
        if (to - from == ascii.length) {
            return Arrays.equals(json, from, to, ascii, 0, ascii.length);
        }
        // An escape makes a text longer, so only a longer one may be the same.
        return to - from > ascii.length
                && hasEscape(from, to)
                && decoded(from, to).equals(new String(ascii, StandardCharsets.UTF_8));
    }

    private boolean hasEscape(int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private String decoded(int from, int to) {
        String text = new String(json, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] alone = ("{\"it\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        return LudoJson.parseObject(alone, alone.length).getString("it");
    }

    private boolean is(int i, char c) {
        return JsonGrammar.is(json, i, end, c);
    }
}
