package dev.ludo.testkit.journal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One thing that went in or out. Keys and tokens show as {@code ***} and their last four characters, in headers and in
 * bodies.
 *
 * <p>An entry with a {@link #faultId()} tells what was due; how much of it came through depends on the fault. Immutable: it
 * keeps what was sent as it was, and makes texts of it when asked.
 */
public final class JournalEntry {
    /** What went in or out. */
    public enum Kind {
        /** A call. */
        REQUEST("request"),
        /** What was answered to a call, or 101 to the handshake of a socket. */
        ANSWER("answer"),
        /** A message from a socket, or a ping, a pong or a close. */
        FRAME_IN("frame-in"),
        /** A message to a socket, or a ping, a pong or a close. */
        FRAME_OUT("frame-out");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /**
         * The word for it on the wire.
         *
         * @return such as {@code frame-in}
         */
        public String word() {
            return word;
        }
    }

    /** What is known of it beside its place in the journal. */
    record Content(
            Kind kind,
            int connection,
            String method,
            String path,
            String query,
            int status,
            String opcode,
            Supplier<Map<String, String>> headers,
            Supplier<String> body,
            int bodyBytes,
            Optional<String> idempotencyKey,
            Optional<String> faultId,
            boolean unmatched) {}

    private final long seq;
    private final Instant at;
    private final Instant realAt;
    private final Content content;

    JournalEntry(long seq, Instant at, Instant realAt, Content content) {
        this.seq = seq;
        this.at = at;
        this.realAt = realAt;
        this.content = content;
    }

    /**
     * Its place: 1 for the first entry since the fake was started, then one more each.
     *
     * @return the number
     */
    public long seq() {
        return seq;
    }

    /**
     * When it was, on the fake's clock.
     *
     * @return the virtual time
     */
    public Instant at() {
        return at;
    }

    /**
     * When it was, really.
     *
     * @return the real time
     */
    public Instant realAt() {
        return realAt;
    }

    /**
     * On which TCP connection.
     *
     * @return its number, from 1 in the order of the connections' first requests
     */
    public int connection() {
        return content.connection;
    }

    /**
     * What it is.
     *
     * @return its kind
     */
    public Kind kind() {
        return content.kind;
    }

    /**
     * The method of a request, or of the one that was answered.
     *
     * @return such as {@code POST}; empty for frames
     */
    public Optional<String> method() {
        return present(content.method);
    }

    /**
     * The path of a request, or of the one that was answered, without its query.
     *
     * @return such as {@code /v1/rooms}; empty for frames
     */
    public Optional<String> path() {
        return present(content.path);
    }

    /**
     * The query of a request.
     *
     * @return such as {@code status=waiting}; empty if there was none
     */
    public Optional<String> query() {
        return present(content.query);
    }

    /**
     * The status of an answer.
     *
     * @return such as 200
     */
    public OptionalInt status() {
        return content.status == 0 ? OptionalInt.empty() : OptionalInt.of(content.status);
    }

    /**
     * The kind of a frame that is no message.
     *
     * @return {@code ping}, {@code pong} or {@code close}; empty for everything else
     */
    public Optional<String> opcode() {
        return present(content.opcode);
    }

    /**
     * The headers of a request or answer.
     *
     * @return by name, as it was spelled; several values of one name are joined by a comma
     */
    public Map<String, String> headers() {
        return Mask.headers(content.headers.get());
    }

    /**
     * One of the headers.
     *
     * @param name in any case
     * @return its value
     */
    public Optional<String> header(String name) {
        return find(headers(), name);
    }

    /** The header as it came. */
    Optional<String> rawHeader(String name) {
        return find(content.headers.get(), name);
    }

    private static Optional<String> find(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * The body of a request or answer, or the text of a message; of a close its code and reason.
     *
     * @return the text, empty if there is none; it ends with an ellipsis where it was too long to keep
     */
    public String body() {
        return Mask.body(content.body.get());
    }

    /**
     * The type of a message on a socket.
     *
     * @return such as {@code game:move}; empty if this is no message, or one without a type
     */
    public Optional<String> type() {
        boolean message = (content.kind == Kind.FRAME_IN || content.kind == Kind.FRAME_OUT) && content.opcode.isEmpty();
        return message ? MessageType.of(content.body.get()) : Optional.empty();
    }

    /**
     * The idempotency key of a request.
     *
     * @return the key as it came
     */
    public Optional<String> idempotencyKey() {
        return content.idempotencyKey;
    }

    /**
     * The fault that hit it.
     *
     * @return the fault's name, such as {@code flt_1}
     */
    public Optional<String> faultId() {
        return content.faultId;
    }

    /**
     * Whether it answers a request that the server knows nothing of: no route has such a path, or none with such a method.
     *
     * @return whether it does; of everything but such an answer false
     */
    public boolean isUnmatched() {
        return content.unmatched;
    }

    int bodyBytes() {
        return content.bodyBytes;
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** One line, such as {@code #7 2030-01-01T00:00:00Z c2 >> POST /v1/rooms {"maxPlayers":2}}. */
    @Override
    public String toString() {
        return Timeline.line(this);
    }
}
