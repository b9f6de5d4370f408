package dev.ludo.testkit.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.testkit.fault.Direction;
import dev.ludo.testkit.journal.JournalEntry.Content;
import dev.ludo.testkit.journal.JournalEntry.Kind;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes a {@link Journal}. A fake has its own already; this is for whoever builds another server to test against. It keeps
 * what it is given and makes texts of it only when somebody reads them. Thread-safe.
 */
public final class JournalRecorder {
    /** How much of one body is kept: 64 KiB. */
    private static final int LONGEST_BODY = 64 * 1024;

    private static final int MOST_ENTRIES = 1_000_000;

    private final Ring ring;
    private final Journal journal;

    /**
     * A recorder with an empty journal.
     *
     * @param clock the time by which the server lives
     * @param realClock the real time
     * @param capacity how many entries to keep, 0 to 1,000,000; with 0 nothing is recorded
     * @throws IllegalArgumentException out of range
     */
    public JournalRecorder(InstantSource clock, InstantSource realClock, int capacity) {
        if (capacity < 0 || capacity > MOST_ENTRIES) {
            throw new IllegalArgumentException("capacity must be 0 to " + MOST_ENTRIES + ", was " + capacity);
        }
        this.ring = new Ring(clock, realClock, capacity);
        this.journal = new Journal(ring);
    }

    /**
     * What was recorded.
     *
     * @return the journal
     */
    public Journal journal() {
        return journal;
    }

    /**
     * A call has come.
     *
     * @param connection the number of its connection
     * @param method its method
     * @param path its path
     * @param query its query, empty if there is none
     * @param headers gives its headers, at any time later
     * @param body its body, which is not copied and must not change any more
     * @param idempotencyKey its key
     * @param faultId the fault that hits it
     */
    public void request(
            int connection,
            String method,
            String path,
            String query,
            Supplier<Map<String, String>> headers,
            byte[] body,
            Optional<String> idempotencyKey,
            Optional<String> faultId) {
        if (ring.isOn()) {
            Bytes kept = Bytes.of(body, 0);
            ring.add(new Content(
                    Kind.REQUEST,
                    connection,
                    method,
                    path,
                    query,
                    0,
                    "",
                    headers,
                    kept,
                    kept.length(),
                    idempotencyKey,
                    faultId,
                    false));
        }
    }

    /**
     * A call is answered.
     *
     * @param connection the number of its connection
     * @param method its method
     * @param path its path
     * @param status the status of the answer
     * @param headers gives the answer's headers, at any time later
     * @param body the answer's body
     * @param faultId the fault that hits it
     * @param unmatched whether the server has no route for the call
     */
    public void answer(
            int connection,
            String method,
            String path,
            int status,
            Supplier<Map<String, String>> headers,
            String body,
            Optional<String> faultId,
            boolean unmatched) {
        if (ring.isOn()) {
            String kept = body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY) + '…';
            ring.add(new Content(
                    Kind.ANSWER,
                    connection,
                    method,
                    path,
                    "",
                    status,
                    "",
                    headers,
                    () -> kept,
                    kept.length(),
                    Optional.empty(),
                    faultId,
                    unmatched));
        }
    }

    /**
     * A message goes in or out.
     *
     * @param way which way
     * @param connection the number of its connection
     * @param bytes where the message is, which is not copied and must not change any more
     * @param from where it begins; it goes on to the end
     * @param faultId the fault that hits it
     */
    public void message(Direction way, int connection, byte[] bytes, int from, Optional<String> faultId) {
        if (ring.isOn()) {
            frame(way, connection, "", Bytes.of(bytes, from), faultId);
        }
    }

    /**
     * A ping, a pong or a close goes in or out.
     *
     * @param way which way
     * @param connection the number of its connection
     * @param opcode {@code ping}, {@code pong} or {@code close}
     * @param text what it says
     * @param faultId the fault that hits it
     */
    public void control(Direction way, int connection, String opcode, String text, Optional<String> faultId) {
        if (ring.isOn()) {
            frame(way, connection, opcode, Bytes.of(text.getBytes(UTF_8), 0), faultId);
        }
    }

    private void frame(Direction way, int connection, String opcode, Bytes body, Optional<String> faultId) {
        ring.add(new Content(
                way == Direction.IN ? Kind.FRAME_IN : Kind.FRAME_OUT,
                connection,
                "",
                "",
                "",
                0,
                opcode,
                Map::of,
                body,
                body.length(),
                Optional.empty(),
                faultId,
                false));
    }

    /** A text that is kept as the bytes that it came in. */
    private static final class Bytes implements Supplier<String> {
        private final byte[] bytes;
        private final int from;
        private final boolean cut;

        private Bytes(byte[] bytes, int from, boolean cut) {
            this.bytes = bytes;
            this.from = from;
            this.cut = cut;
        }

        static Bytes of(byte[] bytes, int from) {
            return bytes.length - from > LONGEST_BODY
                    ? new Bytes(Arrays.copyOfRange(bytes, from, from + LONGEST_BODY), 0, true)
                    : new Bytes(bytes, from, false);
        }

        int length() {
            return bytes.length - from;
        }

        @Override
        public String get() {
            return new String(bytes, from, bytes.length - from, UTF_8) + (cut ? "…" : "");
        }
    }
}
