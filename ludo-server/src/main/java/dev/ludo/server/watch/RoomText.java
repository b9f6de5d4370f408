package dev.ludo.server.watch;

import dev.ludo.client.frame.SocketLeg;
import dev.ludo.server.cache.Touched;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message of a room, and the bytes that watchers are sent of it, which are made once and shared by all of one kind.
 * Thread-safe.
 */
public final class RoomText {
    private final byte[] json;
    private final String type;
    private final long seq;
    private final String epoch;
    private volatile byte @Nullable [] frame;
    private volatile byte @Nullable [] event;

    /**
     * A message.
     *
     * @param json the whole message, which is not copied
     * @param type its type
     * @param seq its number, or as of which one it is; -1 for neither
     * @param epoch of which history that is a part
     */
    public RoomText(byte[] json, String type, long seq, String epoch) {
        this.json = json;
        this.type = type;
        this.seq = seq;
        this.epoch = epoch;
    }

    /** A message without a place in the room's history. */
    static RoomText unnumbered(byte[] json, String type) {
        return new RoomText(json, type, -1, "");
    }

    /**
     * The message.
     *
     * @return the bytes themselves, not a copy
     */
    public byte[] json() {
        return json;
    }

    /**
     * Its type.
     *
     * @return such as {@code game:dice-rolled}
     */
    public String type() {
        return type;
    }

    /**
     * Its number, or as of which one it is.
     *
     * @return -1 for neither
     */
    public long seq() {
        return seq;
    }

    /**
     * Of which history its number is.
     *
     * @return empty if it has no number
     */
    public String epoch() {
        return epoch;
    }

    /** What it makes old. */
    Touched touched() {
        return Touched.by(type);
    }

    /** Its bytes for a kind of watcher. */
    byte[] bytes(WatcherKind kind) {
        return switch (kind) {
            case SOCKET -> frame();
            case STREAM -> event();
        };
    }

    private byte[] frame() {
        byte[] known = frame;
        if (known == null) {
            known = SocketLeg.serverFrame(json);
            frame = known;
        }
        return known;
    }

    // A line ends an event's field, so a type or epoch that holds one is left out. In JSON line ends are no more than
    // space.
    private byte[] event() {
        byte[] known = event;
        if (known == null) {
            StringBuilder head = new StringBuilder(64);
            if (seq >= 0 && !epoch.isEmpty() && isOneLine(epoch)) {
                head.append("id: ").append(epoch).append(':').append(seq).append('\n');
            }
            if (isOneLine(type)) {
                head.append("event: ").append(type).append('\n');
            }
            head.append("data: ");
            byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
            known = new byte[first.length + json.length + 2];
            System.arraycopy(first, 0, known, 0, first.length);
            for (int i = 0; i < json.length; i++) {
                byte b = json[i];
                known[first.length + i] = b == '\n' || b == '\r' ? (byte) ' ' : b;
            }
            known[known.length - 2] = '\n';
            known[known.length - 1] = '\n';
            event = known;
        }
        return known;
    }

    private static boolean isOneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
