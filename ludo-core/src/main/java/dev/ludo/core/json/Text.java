package dev.ludo.core.json;

import java.io.Writer;

/** A text that the binding library writes into, without the lock of a {@link java.io.StringWriter}. For one thread. */
final class Text extends Writer {
    private final StringBuilder out;

    Text(StringBuilder out) {
        this.out = out;
    }

    Text add(String text) {
        out.append(text);
        return this;
    }

    Text add(long number) {
        out.append(number);
        return this;
    }

    @Override
    public void write(char[] chars, int from, int length) {
        out.append(chars, from, length);
    }

    @Override
    public void write(int c) {
        out.append((char) c);
    }

    @Override
    public void write(String text, int from, int length) {
        out.append(text, from, from + length);
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
        return out.toString();
    }
}
