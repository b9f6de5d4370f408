package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * A delivery as the inbox keeps it. Immutable, as long as nobody writes into its body.
 *
 * <p>Its record is a version (1 byte), when it was accepted (milliseconds since 1970, 8 bytes), the length of its id (2 bytes), the
 * id and the body. The version is 1; it is 2 where somebody whom the body named was to be forgotten, and zeros stand in the body's
 * place.
 */
public final class InboxEntry {
    private static final byte WHOLE = 1;
    private static final byte FORGOTTEN = 2;

    private static final int ID_AT = 1 + Long.BYTES + Short.BYTES;

    private final String id;
    private final Instant acceptedAt;
    private final byte[] body;
    private final boolean forgotten;

    /**
     * A delivery.
     *
     * @param id its {@code webhook-id}
     * @param acceptedAt when it was accepted, to the millisecond
     * @param body its body as it came; not copied
     */
    InboxEntry(String id, Instant acceptedAt, byte[] body) {
        this(id, acceptedAt, body, false);
    }

    private InboxEntry(String id, Instant acceptedAt, byte[] body, boolean forgotten) {
        this.id = id;
        this.acceptedAt = acceptedAt;
        this.body = body;
        this.forgotten = forgotten;
    }

    /**
     * Which event it is.
     *
     * @return its {@code webhook-id}
     */
    public String id() {
        return id;
    }

    /**
     * When it was accepted.
     *
     * @return the time, to the millisecond
     */
    public Instant acceptedAt() {
        return acceptedAt;
    }

    /**
     * What it tells.
     *
     * @return the body as it came; not copied; empty if it is forgotten
     */
    public byte[] body() {
        return body;
    }

    /**
     * Whether nothing is left of it but its id and its time, since it named somebody who was to be forgotten. It was acted upon
     * before, and there is nothing more to be done.
     *
     * @return whether it is forgotten
     */
    public boolean isForgotten() {
        return forgotten;
    }

    byte[] encode() {
        byte[] name = id.getBytes(UTF_8);
        return ByteBuffer.allocate(ID_AT + name.length + body.length)
                .put(WHOLE)
                .putLong(acceptedAt.toEpochMilli())
                .putShort((short) name.length)
                .put(name)
                .put(body)
                .array();
    }

    /** The record of a delivery without its body, and as long. */
    static byte[] forgotten(byte[] record) {
        int bodyAt = ID_AT + Short.toUnsignedInt(ByteBuffer.wrap(record).getShort(ID_AT - Short.BYTES));
        byte[] left = Arrays.copyOf(Arrays.copyOf(record, bodyAt), record.length);
        left[0] = FORGOTTEN;
        return left;
    }

    /**
     * Reads what an inbox wrote.
     *
     * @param record a record of one of its segments
     * @return the delivery
     * @throws IllegalArgumentException if it is something else
     */
    public static InboxEntry decode(byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record);
        try {
            byte version = in.get();
            if (version != WHOLE && version != FORGOTTEN) {
                throw new IllegalArgumentException("an inbox entry has the version " + version);
            }
            Instant acceptedAt = Instant.ofEpochMilli(in.getLong());
            byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(name);
            byte[] body = new byte[in.remaining()];
            in.get(body);
            boolean forgotten = version == FORGOTTEN;
            return new InboxEntry(new String(name, UTF_8), acceptedAt, forgotten ? new byte[0] : body, forgotten);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an inbox entry ends early", e);
        }
    }
}
