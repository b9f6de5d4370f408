package dev.ludo.client.frame;

import java.io.Serial;

/** The peer broke the protocol; the code says how. Made without a stack trace, since strangers decide how often it happens. */
final class ProtocolViolation extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;

    ProtocolViolation(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static ProtocolViolation of(String message) {
        return new ProtocolViolation(1002, message);
    }

    int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
