package dev.ludo.client.frame;

import io.helidon.common.buffers.DataReader;

/**
 * Reads frames as strictly as RFC 6455, section 5.2, allows: after {@link #next} the accessors tell of the frame that was
 * read. For one thread.
 */
final class FrameReader {
    // A peer that still sends when the connection closes sees a reset in place of our close; so much is read off first.
    private static final int MAX_DISCARD = 4 * 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final DataReader in;
    private final Role role;
    private final int maxPayload;
    private final Runnable beforeWaiting;

    /** What has come and is not read yet, from {@link #at} on. */
    private byte[] chunk = NOTHING;

    private int at;

    private boolean fin;
    private int opcode;
    private byte[] payload = NOTHING;

    /** Reads frames; {@code beforeWaiting} is called whenever all that has come is read, before waiting for more. */
    FrameReader(DataReader in, Role role, int maxPayload, Runnable beforeWaiting) {
        this.in = in;
        this.role = role;
        this.maxPayload = maxPayload;
        this.beforeWaiting = beforeWaiting;
    }

    /**
     * Waits for a frame and reads it.
     *
     * @throws ProtocolViolation if the frame must not be as it is
     * @throws RuntimeException of Helidon's, if the connection ends
     */
    void next() {
        int first = readByte();
        int second = readByte();
        fin = (first & 0x80) != 0;
        opcode = first & 0x0F;
        if ((first & 0x70) != 0) {
            throw ProtocolViolation.of("a reserved bit is set");
        }
        if (opcode > Opcode.PONG || (opcode > Opcode.BINARY && opcode < Opcode.CLOSE)) {
            throw ProtocolViolation.of("unknown opcode " + opcode);
        }
        boolean masked = (second & 0x80) != 0;
        if (masked != (role == Role.SERVER)) {
            throw ProtocolViolation.of(masked ? "a server's frame is masked" : "a client's frame is not masked");
        }
        if (Opcode.isControl(opcode) && (!fin || (second & 0x7F) > 125)) { // whatever a longer length would say
            throw ProtocolViolation.of("a control frame is too long or in fragments");
        }
        int length = length(second & 0x7F);
        int mask = masked ? readInt() : 0;
        payload = length == 0 ? NOTHING : readBytes(length);
        if (mask != 0) {
            Masking.apply(mask, payload, 0, length);
        }
    }

    private int length(int seven) {
        if (seven < 126) {
            return seven;
        }
        long length = seven == 126 ? readShort() : ((long) readInt() << 32) | (readInt() & 0xFFFFFFFFL);
        if (length < (seven == 126 ? 126 : 65_536)) { // a negative 64-bit length too
            throw ProtocolViolation.of("a length is not in its shortest form");
        }
        if (length > maxPayload) {
            throw new ProtocolViolation(1009, "a message is larger than " + maxPayload + " bytes");
        }
        return (int) length;
    }

    private byte[] readBytes(int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            if (at == chunk.length) {
                fill();
            }
            int some = Math.min(length - done, chunk.length - at);
            System.arraycopy(chunk, at, bytes, done, some);
            at += some;
            done += some;
        }
        return bytes;
    }

    private int readByte() {
        if (at == chunk.length) {
            fill();
        }
        return chunk[at++] & 0xFF;
    }

    private void fill() {
        at = 0;
        if (in.available() == 0) {
            chunk = NOTHING; // for it may be long until there is another
            beforeWaiting.run();
            in.ensureAvailable();
        }
        chunk = in.readBytes(in.available());
    }

    private int readShort() {
        return (readByte() << 8) | readByte();
    }

    private int readInt() {
        return (readShort() << 16) | readShort();
    }

    /** Reads what still comes, and forgets it, until the connection ends or too much has come. */
    void discard() {
        try {
            for (int left = MAX_DISCARD; left > 0; ) {
                left -= Math.max(1, in.readBuffer().available());
            }
        } catch (RuntimeException e) {
            // the end of the connection, which is what was waited for
        }
    }

    boolean fin() {
        return fin;
    }

    int opcode() {
        return opcode;
    }

    /** The payload, unmasked. Each frame has an array of its own. */
    byte[] payload() {
        return payload;
    }
}
