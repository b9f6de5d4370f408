package dev.ludo.server.guard;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the raw bytes of a request's head say about where the request ends. Whatever two servers could read in two ways is
 * refused (RFC 9112, sections 2.2, 5.1, 5.2, 6.1 and 6.3), since a request that is smuggled past one of them is served to a stranger by the
 * other.
 *
 * @param length the length of the body in bytes, 0 if there is none
 * @param chunked whether the body comes in chunks, and its length is not known
 * @param old whether it is a request of HTTP/1.0
 */
record RequestHead(long length, boolean chunked, boolean old) {
    private static final byte[] CONTENT_LENGTH = "content-length".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HTTP_1 = " HTTP/1.".getBytes(StandardCharsets.US_ASCII);

    // RFC 9110, section 5.6.2.
    private static final boolean[] TOKEN = new boolean[128];

    // A body of more digits is refused for its size anyway.
    private static final int MAX_DIGITS = 18;

    static {
        for (char c : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".toCharArray()) {
            TOKEN[c] = true;
            TOKEN[String.valueOf(c).toUpperCase(Locale.ROOT).charAt(0)] = true;
        }
    }

    /**
     * Reads a head.
     *
     * @param bytes where it stands
     * @param from its first byte
     * @param to the byte after the empty line that ends it; every line ends with CR and LF
     */
    static RequestHead read(byte[] bytes, int from, int to) {
        int end = lineEnd(bytes, from);
        boolean old = isOld(bytes, from, end);
        long length = -1;
        boolean chunked = false;
        for (int line = end + 2; line < to - 2; line = end + 2) {
            end = lineEnd(bytes, line);
            int colon = nameEnd(bytes, line, end);
            checkValue(bytes, colon + 1, end);
            if (isName(bytes, line, colon, CONTENT_LENGTH)) {
                if (length >= 0) {
                    throw BadWire.malformed("two lengths");
                }
                length = number(bytes, colon + 1, end);
            } else if (isName(bytes, line, colon, TRANSFER_ENCODING)) {
                if (chunked || !isChunked(bytes, colon + 1, end)) {
                    throw BadWire.malformed("a transfer coding other than chunked");
                }
                chunked = true;
            }
        }
        if (chunked && (length >= 0 || old)) {
            throw BadWire.malformed("chunks, and a length or HTTP/1.0");
        }
        return new RequestHead(Math.max(length, 0), chunked, old);
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\r' || bytes[at + 1] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean isOld(byte[] bytes, int from, int end) {
        int version = end - HTTP_1.length - 1;
        int spaces = 0;
        for (int i = from; i < end; i++) {
            if (bytes[i] < ' ' || bytes[i] == 127 || bytes[i] == '#') {
                throw BadWire.malformed("a request line that is not visible ASCII, or with a fragment");
            }
            if (spaces == 0 && bytes[i] >= 'a' && bytes[i] <= 'z') {
                // Helidon would take it for the method in capitals, and whoever stands before it for another one.
                throw BadWire.malformed("a method that is not in capitals");
            }
            spaces += bytes[i] == ' ' ? 1 : 0;
        }
        if (spaces != 2
                || version <= from
                || bytes[from] == ' '
                || !matches(bytes, version, HTTP_1)
                || (bytes[end - 1] != '0' && bytes[end - 1] != '1')) {
            throw BadWire.malformed("a request line that is not of HTTP/1.1 or HTTP/1.0");
        }
        return bytes[end - 1] == '0';
    }

    private static boolean matches(byte[] bytes, int from, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    // A space before the colon, and a line that continues the one before, end here too.
    private static int nameEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] > 0 && TOKEN[bytes[at]]) {
            at++;
        }
        if (at == from || at == end || bytes[at] != ':') {
            throw BadWire.malformed("a header line without a name and a colon");
        }
        return at;
    }

    private static void checkValue(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 127) {
                throw BadWire.malformed("a header with control characters");
            }
        }
    }

    private static boolean isName(byte[] bytes, int from, int end, byte[] lowerCase) {
        if (end - from != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int c = bytes[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static int skipSpace(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int trimSpace(byte[] bytes, int from, int end) {
        int at = end;
        while (at > from && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
            at--;
        }
        return at;
    }

    private static long number(byte[] bytes, int from, int end) {
        int first = skipSpace(bytes, from, end);
        int last = trimSpace(bytes, first, end);
        if (first == last || last - first > MAX_DIGITS) {
            throw BadWire.malformed("a length that is no number");
        }
        long number = 0;
        for (int i = first; i < last; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw BadWire.malformed("a length that is no number");
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static boolean isChunked(byte[] bytes, int from, int end) {
        int first = skipSpace(bytes, from, end);
        return isName(bytes, first, trimSpace(bytes, first, end), CHUNKED);
    }
}
