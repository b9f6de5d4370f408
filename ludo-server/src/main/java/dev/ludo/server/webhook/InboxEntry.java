package dev.ludo.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A delivery as the inbox keeps it. Immutable, as long as nobody writes into its body. */
public final class InboxEntry {
    private static final byte VERSION = 1;

    private final String id;
    private final Instant acceptedAt;
    private final byte[] body;

    /**
     * A delivery.
     *
     * @param id its {@code webhook-id}
     * @param acceptedAt when it was accepted, to the millisecond
     * @param body its body as it came; not copied
     */
    InboxEntry(String id, Instant acceptedAt, byte[] body) {
        this.id = id;
        this.acceptedAt = acceptedAt;
        this.body = body;
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
     * @return the body as it came; not copied
     */
    public byte[] body() {
        return body;
    }

    byte[] encode() {
        byte[] name = id.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + Short.BYTES + name.length + body.length)
                .put(VERSION)
                .putLong(acceptedAt.toEpochMilli())
                .putShort((short) name.length)
                .put(name)
                .put(body)
                .array();
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
            if (version != VERSION) {
                throw new IllegalArgumentException("an inbox entry has the version " + version);
            }
            Instant acceptedAt = Instant.ofEpochMilli(in.getLong());
            byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(name);
            byte[] body = new byte[in.remaining()];
            in.get(body);
            return new InboxEntry(new String(name, UTF_8), acceptedAt, body);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an inbox entry ends early", e);
        }
    }
}
