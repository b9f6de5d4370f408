package dev.ludo.client.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a close frame says (RFC 6455, section 5.5.1).
 *
 * @param code the close code; 1005 for none
 * @param reason why, in words
 */
record ClosePayload(int code, String reason) {
    /** What a reason may have at most, beside the code. */
    private static final int MAX_REASON = 123;

    private static final int NO_CODE = 1005;

    /**
     * Reads what a peer sent.
     *
     * @throws ProtocolViolation if it must not be as it is
     */
    static ClosePayload read(byte[] payload) {
        if (payload.length == 0) {
            return new ClosePayload(NO_CODE, "");
        }
        if (payload.length == 1) {
            throw ProtocolViolation.of("a close has half a code");
        }
        int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        if (!mayStandInAClose(code)) {
            throw ProtocolViolation.of("a close has the code " + code);
        }
        if (!Utf8.isValid(payload, 2)) {
            throw new ProtocolViolation(1007, "a close's reason is not valid UTF-8");
        }
        return new ClosePayload(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    // RFC 6455, section 7.4, and the registry that it opens.
    private static boolean mayStandInAClose(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    /** The same without a reason, which is how it is answered. */
    ClosePayload answer() {
        return new ClosePayload(code, "");
    }

    /** The payload; no code, which only an empty one says, if it is 1005. The reason is cut to what fits. */
    byte[] bytes() {
        if (code == NO_CODE) {
            return new byte[0];
        }
        byte[] text = cut(reason.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    private static byte[] cut(byte[] text) {
        if (text.length <= MAX_REASON) {
            return text;
        }
        int end = MAX_REASON;
        while (end > 0 && (text[end] & 0xC0) == 0x80) { // not in the middle of a character
            end--;
        }
        return Arrays.copyOf(text, end);
    }
}
