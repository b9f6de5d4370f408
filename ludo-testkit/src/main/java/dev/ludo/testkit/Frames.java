package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.websocket.WsOpCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames as a server writes them: whole messages, unmasked. Helidon reads frames for whoever asks, but writes none. */
final class Frames {
    private static final int FIN = 0b1000_0000;
    private static final int LONGEST_SHORT = 125;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;
    private static final int LONGEST_REASON = 123;

    private Frames() {}

    static byte[] text(String text) {
        return frame(WsOpCode.TEXT, text.getBytes(UTF_8));
    }

    static byte[] pong(byte[] payload) {
        return frame(WsOpCode.PONG, payload);
    }

    /** A reason that is too long is cut, between two characters. */
    static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        int length = Math.min(text.length, LONGEST_REASON);
        while (length < text.length && length > 0 && (text[length] & 0b1100_0000) == 0b1000_0000) {
            length--;
        }
        return frame(
                WsOpCode.CLOSE,
                ByteBuffer.allocate(2 + length)
                        .putShort((short) code)
                        .put(text, 0, length)
                        .array());
    }

    static byte[] closeWithoutCode() {
        return frame(WsOpCode.CLOSE, new byte[0]);
    }

    /** What kind of frame it is. */
    static WsOpCode opcode(byte[] frame) {
        return WsOpCode.get(frame[0] & 0x0F);
    }

    /** Where in a frame its payload begins. */
    static int payloadAt(byte[] frame) {
        return switch (frame[1]) {
            case LENGTH_OF_16_BITS -> 2 + Short.BYTES;
            case LENGTH_OF_64_BITS -> 2 + Long.BYTES;
            default -> 2;
        };
    }

    private static byte[] frame(WsOpCode opCode, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write(FIN | opCode.code());
        if (payload.length <= LONGEST_SHORT) {
            out.write(payload.length);
        } else if (payload.length <= 0xFFFF) {
            out.write(LENGTH_OF_16_BITS);
            out.writeBytes(ByteBuffer.allocate(Short.BYTES)
                    .putShort((short) payload.length)
                    .array());
        } else {
            out.write(LENGTH_OF_64_BITS);
            out.writeBytes(
                    ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
