package dev.ludo.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A delivery as the inbox keeps it. */
final class InboxEntry {
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

    String id() {
        return id;
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    byte[] body() {
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
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static InboxEntry decode(byte[] record) {
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
