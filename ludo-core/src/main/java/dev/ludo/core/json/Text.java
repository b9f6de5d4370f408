package dev.ludo.core.json;

import java.io.Writer;
import java.util.Arrays;

/**
 * A text that the binding library writes into. It takes in whole runs of characters, as that library hands them over, where a
 * {@link java.io.StringWriter} looks at each and locks. For one thread.
 */
final class Text extends Writer {
    private char[] chars;
    private int length;

    /**
     * An empty text.
     *
     * @param capacity how many characters it is likely to have
     */
    Text(int capacity) {
        chars = new char[capacity];
    }

    Text add(String text) {
        write(text, 0, text.length());
        return this;
    }

    @Override
    public void write(char[] from, int begin, int count) {
        int at = room(count);
        System.arraycopy(from, begin, chars, at, count);
    }

    @Override
    public void write(int c) {
        int at = room(1);
        chars[at] = (char) c;
    }

    @Override
    public void write(String text, int begin, int count) {
        int at = room(count);
        text.getChars(begin, begin + count, chars, at);
    }

    /** Makes room behind what is there, in another array if need be, and says where it begins. */
    private int room(int count) {
        int begin = length;
        length += count;
        if (length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(length, 2 * chars.length));
        }
        return begin;
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // nothing to let go of; the writer of an element closes, and what follows it is still to come
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
