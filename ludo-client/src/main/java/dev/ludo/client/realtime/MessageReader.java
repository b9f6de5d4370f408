package dev.ludo.client.realtime;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import jakarta.json.JsonNumber;

/** Reads a socket's messages, and counts those in a row that cannot be read. For one thread. */
final class MessageReader {
    /** How many unreadable messages in a row are borne. */
    static final int MAX_UNREADABLE = 10;

    private int unreadable;

    /** Starts to count anew, for another socket. */
    void restart() {
        unreadable = 0;
    }

    /**
     * Reads a message.
     *
     * @throws MalformedJsonException if it cannot be read, for whatever reason
     */
    RoomMessage read(byte[] utf8, String epoch) {
        try {
            RoomMessage message = MessageCodec.read(utf8, epoch);
            unreadable = 0;
            return message;
        } catch (MalformedJsonException e) {
            throw e;
        } catch (RuntimeException e) { // no message may end a connection by confusing the codec
            throw new MalformedJsonException(Kind.SHAPE, "not a message: " + e.getMessage(), e);
        }
    }

    /** Counts one that cannot be read; true if that makes too many. */
    boolean isOneTooMany() {
        unreadable++;
        return unreadable > MAX_UNREADABLE;
    }

    /** The number of a message that cannot be read otherwise, or 0. */
    static long seqOf(byte[] utf8) {
        try {
            return LudoJson.parseObject(utf8).get("seq") instanceof JsonNumber seq ? seq.longValueExact() : 0;
        } catch (MalformedJsonException | ArithmeticException e) {
            return 0; // no JSON, or no number of a broadcast
        }
    }
}
