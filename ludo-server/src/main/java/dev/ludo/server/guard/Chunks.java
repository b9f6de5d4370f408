package dev.ludo.server.guard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A body in chunks, read strictly and passed on in the plainest form there is: what a chunk's size line says beside the size,
 * and the trailers after the last chunk, are left out. For one body and one thread.
 */
final class Chunks {
    // A size is 7 digits at most, 256 MiB, and what may follow it is of no use to anybody here.
    private static final int MAX_DIGITS = 7;
    private static final int MAX_LINE = 256;
    private static final int MAX_TRAILERS = 4096;

    private enum Part {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS,
        OVER
    }

    private final StringBuilder line = new StringBuilder();
    private Part part = Part.SIZE;
    private int left;
    private int trailers;
    private int at;

    /** Whether the last chunk and what follows it have been read. */
    boolean over() {
        return part == Part.OVER;
    }

    /** Up to where bytes were taken by the last {@link #take}. */
    int takenTo() {
        return at;
    }

    /** Takes bytes until the body is over or they are, and gives what is to be passed on, which may be nothing. */
    byte[] take(byte[] bytes, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from + 16);
        at = from;
        while (at < to && part != Part.OVER) {
            switch (part) {
                case SIZE -> {
                    if (endsLine(bytes[at++], MAX_LINE)) {
                        size();
                    }
                }
                case DATA -> data(bytes, to, out);
                case DATA_END -> {
                    if (endsLine(bytes[at++], 0)) {
                        part = Part.SIZE;
                    }
                }
                case TRAILERS -> trailer(bytes[at++], out);
                case OVER -> throw new IllegalStateException("the body is over");
            }
        }
        return out.toByteArray();
    }

    // Collects a line into the field; true at its end. A CR or LF that is not part of the pair is refused.
    private boolean endsLine(byte b, int max) {
        boolean afterCr = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        if (b == '\n' && afterCr) {
            line.setLength(part == Part.SIZE ? line.length() - 1 : 0);
            return true;
        }
        boolean control = b >= 0 && b < ' ' && b != '\r' && b != '\t';
        if (afterCr || control || line.length() > max || (max == 0 && b != '\r')) {
            throw BadWire.malformed("a chunk that does not end where it says");
        }
        line.append((char) (b & 0xff));
        return false;
    }

    private void size() {
        int digits = 0;
        while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0 && line.charAt(digits) < 128) {
            digits++;
        }
        int rest = digits;
        while (rest < line.length() && (line.charAt(rest) == ' ' || line.charAt(rest) == '\t')) {
            rest++;
        }
        boolean plain = digits == line.length();
        boolean extended = rest < line.length() && line.charAt(rest) == ';';
        if (digits == 0 || digits > MAX_DIGITS || !(plain || extended)) {
            throw BadWire.malformed("a chunk without a size");
        }
        left = Integer.parseInt(line, 0, digits, 16);
        line.setLength(0);
        part = left == 0 ? Part.TRAILERS : Part.DATA;
    }

    private void data(byte[] bytes, int to, ByteArrayOutputStream out) {
        int length = Math.min(left, to - at);
        out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes, at, length);
        out.writeBytes(new byte[] {'\r', '\n'});
        at += length;
        left -= length;
        if (left == 0) {
            part = Part.DATA_END;
        }
    }

    private void trailer(byte b, ByteArrayOutputStream out) {
        if (++trailers > MAX_TRAILERS) {
            throw BadWire.malformed("too many trailers");
        }
        int before = line.length();
        if (endsLine(b, MAX_TRAILERS) && before == 1) {
            out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            part = Part.OVER;
        }
    }
}
