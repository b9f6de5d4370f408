package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.RoomCode;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a client sends, held to its room and its rate: the first message joins or watches, none names another room. What
 * passes goes on as the bytes that came, but for a room code that is filled in. For one thread.
 */
final class ClientMessages {
    private static final long WINDOW_NANOS = 20_000_000_000L;

    /** A message that must not pass, and the code to close with. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;

        Refused(int code, String reason) {
            super(reason, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private final RoomCode room;
    private final int limit;
    private final Deque<Long> recent = new ArrayDeque<>(0);
    private boolean joined;

    ClientMessages(RoomCode room, int limit) {
        this.room = room;
        this.limit = limit;
    }

    byte[] pass(byte[] message, long now) throws Refused {
        count(now);
        JsonObject join = tree(message);
        String type = join.get("type") instanceof JsonString text ? text.getString() : "";
        boolean joins = type.equals("room:join") || type.equals("room:watch");
        if (!joins) {
            if (!joined) {
                throw new Refused(4400, "the first message must be room:join or room:watch");
            }
            return message;
        }
        joined = true;
        JsonValue named = join.getOrDefault("roomCode", JsonValue.NULL);
        if (named.getValueType() == ValueType.NULL) {
            return filledIn(join);
        }
        if (named instanceof JsonString code && code.getString().equalsIgnoreCase(room.value())) {
            return message;
        }
        throw new Refused(4403, "this socket is for another room");
    }

    private void count(long now) throws Refused {
        if (limit == 0) {
            return;
        }
        while (!recent.isEmpty() && now - recent.peekFirst() >= WINDOW_NANOS) {
            recent.removeFirst();
        }
        if (recent.size() >= limit) {
            throw new Refused(4429, "too many messages");
        }
        recent.addLast(now);
    }

    // Another reader might find another room in what this one cannot read, such as a name that is there twice.
    private static JsonObject tree(byte[] message) throws Refused {
        try {
            return LudoJson.parseObject(message);
        } catch (MalformedJsonException e) {
            throw new Refused(4400, "a message must be a JSON object: " + e.getMessage());
        }
    }

    private byte[] filledIn(JsonObject join) throws Refused {
        byte[] filled = JsonProvider.provider()
                .createObjectBuilder(join)
                .add("roomCode", room.value())
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        if (filled.length > LegLimits.DEFAULT.maxMessage()) {
            throw new Refused(1009, "there is no room in the message for its roomCode");
        }
        return filled;
    }
}
