package dev.ludo.client.frame;

/** Makes the bytes of frames (RFC 6455, section 5.2). */
final class Frames {
    private Frames() {}

    static byte[] frame(Role role, int opcode, byte[] payload) {
        int length = payload.length;
        int mask = role == Role.CLIENT ? Masking.freshKey() : 0;
        int maskBit = role == Role.CLIENT ? 0x80 : 0;
        int head = 2 + (length < 126 ? 0 : length < 65_536 ? 2 : 8) + (role == Role.CLIENT ? 4 : 0);
        byte[] out = new byte[head + length];
        out[0] = (byte) (0x80 | opcode);
        int at;
        if (length < 126) {
            out[1] = (byte) (maskBit | length);
            at = 2;
        } else if (length < 65_536) {
            out[1] = (byte) (maskBit | 126);
            at = putBytes(out, 2, length, 2);
        } else {
            out[1] = (byte) (maskBit | 127);
            at = putBytes(out, 2, length, 8);
        }
        if (role == Role.CLIENT) {
            at = putBytes(out, at, mask, 4);
        }
        System.arraycopy(payload, 0, out, at, length);
        if (mask != 0) {
            Masking.apply(mask, out, at, length);
        }
        return out;
    }

    private static int putBytes(byte[] out, int at, long value, int count) {
        for (int i = 0; i < count; i++) {
            out[at + i] = (byte) (value >>> (8 * (count - 1 - i)));
        }
        return at + count;
    }
}
