package dev.ludo.client.frame;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Puts the fragments of messages together (RFC 6455, section 5.4). For one thread. */
final class MessageAssembly {
    private final int maxMessage;
    private @Nullable ByteArrayOutputStream parts;
    private boolean binary;

    MessageAssembly(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    /** Whether the message that was completed last is no text. */
    boolean isBinary() {
        return binary;
    }

    /**
     * Takes a data frame.
     *
     * @return the message that it completes, valid UTF-8 if it is text; null if there is more to come
     * @throws ProtocolViolation if the frame must not stand where it does, or the message is none
     */
    byte @Nullable [] add(int opcode, boolean fin, byte[] payload) {
        if ((opcode == Opcode.CONTINUATION) != (parts != null)) {
            throw ProtocolViolation.of(parts == null ? "a continuation of nothing" : "a message begins within another");
        }
        if (opcode != Opcode.CONTINUATION) {
            binary = opcode == Opcode.BINARY;
        }
        byte[] message = payload;
        if (parts != null || !fin) {
            ByteArrayOutputStream all = parts == null ? new ByteArrayOutputStream() : parts;
            if (all.size() + payload.length > maxMessage) {
                throw new ProtocolViolation(1009, "a message is larger than " + maxMessage + " bytes");
            }
            all.writeBytes(payload);
            if (!fin) {
                parts = all;
                return null;
            }
            parts = null;
            message = all.toByteArray();
        }
        if (!binary && !Utf8.isValid(message, 0)) {
            throw new ProtocolViolation(1007, "text is not valid UTF-8");
        }
        return message;
    }
}
