package dev.ludo.core.event;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the code of a socket's close means, and whether to come back. Every number has a meaning: those that are not listed
 * are {@link #OTHER}.
 */
public enum CloseCode {
    /** Done. */
    NORMAL(1000, After.END),
    /** The API is shutting down. */
    GOING_AWAY(1001, After.RECONNECT),
    /** One side broke the protocol (RFC 6455). */
    PROTOCOL_ERROR(1002, After.FAIL),
    /** A message was not text. */
    NOT_TEXT(1003, After.FAIL),
    /** A close without a code. It never stands on the wire. */
    NO_STATUS(1005, After.RECONNECT),
    /** The connection ended without a close. It never stands on the wire. */
    ABNORMAL(1006, After.RECONNECT),
    /** Text that was not valid UTF-8. */
    INVALID_TEXT(1007, After.FAIL),
    /** A message was too big. */
    TOO_BIG(1009, After.FAIL),
    /** The API failed. */
    INTERNAL(1011, After.RECONNECT),
    /** The API restarts. */
    RESTART(1012, After.RECONNECT),
    /** Try later. */
    TRY_LATER(1013, After.RECONNECT),
    /** A gateway could not reach the API. */
    BAD_GATEWAY(1014, After.RECONNECT),
    /** A message could not be read. */
    MALFORMED(4400, After.FAIL),
    /** The key, or the proxy's token, is not good. */
    UNAUTHORIZED(4401, After.FAIL),
    /** The player token is not good, or for another room. */
    FORBIDDEN(4403, After.FAIL),
    /** There is no such room. */
    NO_SUCH_ROOM(4404, After.FAIL),
    /** Nobody joined within ten seconds. */
    NOT_JOINED(4408, After.RECONNECT),
    /** The same player connected again elsewhere. */
    REPLACED(4409, After.FAIL),
    /** The client reads too slowly. */
    TOO_SLOW(4410, After.RECONNECT),
    /** The client sends too much. */
    TOO_MANY_MESSAGES(4429, After.RECONNECT),
    /** Any other number. */
    OTHER(0, After.FAIL);

    /** What a client does after a close. */
    public enum After {
        /** Nothing: it was meant to end. */
        END,
        /** Come back, after a wait. */
        RECONNECT,
        /** Stop, and say why. */
        FAIL
    }

    private final int number;
    private final After after;

    CloseCode(int number, After after) {
        this.number = number;
        this.after = after;
    }

    /**
     * The meaning of a number.
     *
     * @param number any number
     * @return its constant, {@link #OTHER} if it is none of those listed
     */
    public static CloseCode of(int number) {
        Optional<CloseCode> known = Arrays.stream(values())
                .filter(c -> c != OTHER && c.number == number)
                .findFirst();
        return known.orElse(OTHER);
    }

    /**
     * The number.
     *
     * @return 1000 to 4999; 0 for {@link #OTHER}
     */
    public int number() {
        return number;
    }

    /**
     * What a client does after it.
     *
     * @return the policy
     */
    public After after() {
        return after;
    }
}
