package dev.ludo.server.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer before it is sent: its body is in memory, or in a file that is read while it is sent, or comes into being
 * meanwhile. Immutable, but for the bytes, which are not copied.
 */
public final class Reply {
    /**
     * What every answer says that does not say otherwise: browsers are told not to guess, not to show answers in frames or as pages,
     * not to tell others of this address, and nobody is to keep an answer.
     */
    static final List<Header> SAFE = List.of(
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("X-Frame-Options", "DENY"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"));

    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header HTML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    private static final Header EVENTS = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");

    // Else some servers on the way keep events back until they have many.
    private static final Header UNBUFFERED = HeaderValues.createCached("X-Accel-Buffering", "no");
    private static final byte[] NOTHING = {};

    private final int status;
    private final byte[] body;
    private final Optional<StaticFile> file;
    private final Optional<RoomStreams.Stream> stream;
    private final List<Header> headers;

    private Reply(
            int status,
            byte[] body,
            Optional<StaticFile> file,
            Optional<RoomStreams.Stream> stream,
            List<Header> headers) {
        this.status = status;
        this.body = body;
        this.file = file;
        this.stream = stream;
        this.headers = headers;
    }

    private Reply(int status, byte[] body, List<Header> headers) {
        this(status, body, Optional.empty(), Optional.empty(), headers);
    }

    static Reply json(int status, byte[] body) {
        return new Reply(status, body, List.of(JSON));
    }

    static Reply json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply html(String page) {
        return new Reply(200, page.getBytes(StandardCharsets.UTF_8), List.of(HTML));
    }

    /**
     * An answer of any kind.
     *
     * @param status its HTTP status
     * @param contentType its media type
     * @param body its bytes, which are not copied
     * @return the answer
     */
    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, body, List.of(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType)));
    }

    static Reply file(StaticFile file) {
        Header type = HeaderValues.create(HeaderNames.CONTENT_TYPE, file.contentType());
        return new Reply(200, NOTHING, Optional.of(file), Optional.empty(), List.of(type));
    }

    /** Events; none of them for who asks for the head alone. */
    static Reply events(Optional<RoomStreams.Stream> stream) {
        return new Reply(200, NOTHING, Optional.empty(), stream, List.of(EVENTS, UNBUFFERED));
    }

    static Reply empty(int status) {
        return new Reply(status, NOTHING, List.of());
    }

    Reply with(String name, String value) {
        return with(HeaderNames.create(name), value);
    }

    Reply with(HeaderName name, String value) {
        return with(List.of(HeaderValues.create(name, value)));
    }

    Reply with(List<Header> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Header> all = new ArrayList<>(headers.size() + more.size());
        all.addAll(headers);
        all.addAll(more);
        return new Reply(status, body, file, stream, all);
    }

    /** Whether the connection ends with it. */
    boolean isLast() {
        return headers.contains(HeaderValues.CONNECTION_CLOSE);
    }

    Reply asLast() {
        return isLast() ? this : with(List.of(HeaderValues.CONNECTION_CLOSE));
    }

    int status() {
        return status;
    }

    /** What is in memory; nothing if the body is a file. */
    byte[] body() {
        return body;
    }

    /** The body, if it is a file. */
    Optional<StaticFile> file() {
        return file;
    }

    /** The body, if it comes into being while it is sent. */
    Optional<RoomStreams.Stream> stream() {
        return stream;
    }

    /** How many bytes the body has. */
    long length() {
        return file.map(StaticFile::length).orElse((long) body.length);
    }

    List<Header> headers() {
        return headers;
    }
}
