package dev.ludo.client.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Reads the body of an HTTP/1.1 answer whole, within a limit (RFC 9112, section 6.3). */
final class AnswerReader {
    /** The longest body that is read, in bytes. */
    static final int MAX_BODY = 1024 * 1024;

    private static final byte[] NOTHING = {};
    private static final int MAX_LINE = 256;
    private static final int MAX_TRAILER = 16 * 1024;

    private AnswerReader() {}

    /** A body, and whether the connection may carry another call after it. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Body(byte[] bytes, boolean reusable) {}

    static Body read(DataReader reader, String method, int status, Headers headers) throws IOException {
        boolean keeps = !hasToken(headers, HeaderNames.CONNECTION, "close");
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new Body(NOTHING, keeps);
        }
        boolean coded = headers.contains(HeaderNames.TRANSFER_ENCODING);
        if (coded && !hasToken(headers, HeaderNames.TRANSFER_ENCODING, "chunked")) {
            throw new UnreadableAnswerException("has a transfer encoding that is not known");
        }
        try {
            if (coded) {
                // A length beside it is a sign of smuggling: believe the chunks and nothing that follows.
                return new Body(chunks(reader), keeps && !headers.contains(HeaderNames.CONTENT_LENGTH));
            }
            if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
                return new Body(exactly(reader, length(headers)), keeps);
            }
            return new Body(toTheEnd(reader), false);
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw new EOFException("the answer was cut short");
        }
    }

    private static int length(Headers headers) throws IOException {
        for (String value : headers.get(HeaderNames.CONTENT_LENGTH).allValues()) {
            if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new UnreadableAnswerException("has no proper length");
            }
        }
        long length = Long.parseLong(headers.get(HeaderNames.CONTENT_LENGTH).get());
        if (headers.get(HeaderNames.CONTENT_LENGTH).valueCount() > 1) {
            throw new UnreadableAnswerException("has two lengths");
        }
        if (length > MAX_BODY) {
            throw tooLong();
        }
        return (int) length;
    }

    static UnreadableAnswerException tooLong() {
        return new UnreadableAnswerException("was answered with more than " + MAX_BODY + " bytes");
    }

    private static byte[] exactly(DataReader reader, int length) {
        if (length == 0) {
            return NOTHING;
        }
        byte[] body = new byte[length];
        for (int at = 0; at < length; ) {
            reader.ensureAvailable();
            at += reader.readBuffer(Math.min(reader.available(), length - at)).read(body, at, length - at);
        }
        return body;
    }

    private static byte[] chunks(DataReader reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            String line = line(reader);
            int end = line.indexOf(';'); // an extension, which nobody knows
            int size = size((end < 0 ? line : line.substring(0, end)).strip());
            if (size == 0) {
                trailer(reader);
                return out.toByteArray();
            }
            if (out.size() + size > MAX_BODY) {
                throw tooLong();
            }
            out.writeBytes(exactly(reader, size));
            if (!line(reader).isEmpty()) {
                throw new UnreadableAnswerException("has a chunk that is longer than it says");
            }
        }
    }

    private static int size(String hex) throws IOException {
        if (hex.isEmpty() || hex.length() > 7 || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new UnreadableAnswerException("has a chunk without a proper size");
        }
        return Integer.parseInt(hex, 16);
    }

    private static void trailer(DataReader reader) throws IOException {
        int length = 0;
        for (String line = line(reader); !line.isEmpty(); line = line(reader)) {
            length += line.length();
            if (length > MAX_TRAILER) {
                throw new UnreadableAnswerException("has a trailer without end");
            }
        }
    }

    private static String line(DataReader reader) throws IOException {
        try {
            int end = reader.findNewLine(MAX_LINE);
            if (end == MAX_LINE) {
                throw new UnreadableAnswerException("has a line without end between its chunks");
            }
            String line = reader.readAsciiString(end);
            reader.skip(2);
            return line;
        } catch (DataReader.IncorrectNewLineException e) {
            throw new UnreadableAnswerException("has chunks without proper line ends");
        }
    }

    private static byte[] toTheEnd(DataReader reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            try {
                reader.ensureAvailable();
            } catch (DataReader.InsufficientDataAvailableException e) {
                return out.toByteArray();
            }
            out.writeBytes(exactly(reader, reader.available()));
            if (out.size() > MAX_BODY) {
                throw tooLong();
            }
        }
    }

    /** What a body is that was packed on the way, within the same limit. */
    static byte[] unzip(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] out = in.readNBytes(MAX_BODY + 1);
            if (out.length > MAX_BODY) {
                throw tooLong();
            }
            return out;
        } catch (UnreadableAnswerException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableAnswerException("was answered with a body that cannot be unpacked");
        }
    }

    private static boolean hasToken(Headers headers, HeaderName name, String token) {
        if (!headers.contains(name)) {
            return false;
        }
        for (String value : headers.get(name).allValues()) {
            for (String one : value.split(",", -1)) {
                if (one.strip().toLowerCase(Locale.ROOT).equals(token)) {
                    return true;
                }
            }
        }
        return false;
    }
}
