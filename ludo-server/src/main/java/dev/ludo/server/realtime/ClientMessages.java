package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.realtime.Gallery.Place;
import java.util.Arrays;

/**
 * What a client sends, held to its room and its rate: the first message joins or watches, none names another room. What
 * passes goes on as the bytes that came, but for a room code that is filled in. For one thread.
 */
final class ClientMessages {
    private static final byte[] TYPE = Members.ascii("type");
    private static final byte[] ROOM_CODE = Members.ascii("roomCode");
    private static final byte[] REQUEST_ID = Members.ascii("requestId");
    private static final byte[] LAST_SEQ = Members.ascii("lastSeq");
    private static final byte[] EPOCH = Members.ascii("epoch");
    private static final byte[] JOIN = Members.ascii("room:join");
    private static final byte[] WATCH = Members.ascii("room:watch");
    private static final byte[] PING = Members.ascii("ping");
    private static final byte[] SYNC = Members.ascii("state:sync");
    private static final byte[] LEAVE = Members.ascii("room:leave");
    private static final byte[] ROLL = Members.ascii("game:roll");
    private static final byte[] MOVE = Members.ascii("game:move");
    private static final int MAX_REQUEST_ID = 1024; // longer ones need not be repeated

    /** What may be answered without asking the API. */
    enum Said {
        /** Whether anybody is there. */
        PING,
        /** A question for the room's state. */
        SYNC,
        /** Goodbye. */
        LEAVE,
        /** A player's command. */
        COMMAND,
        /** Any other. */
        OTHER
    }

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
    private final RateWindow rate;
    private final Members members = new Members();
    private volatile SocketKind kind = SocketKind.NEW;

    // Of the message that was read last.
    private SocketKind entry = SocketKind.NEW;
    private Said said = Said.OTHER;
    private long lastSeq;
    private String epoch = "";
    private boolean names;
    private boolean namesMine;
    private int roomStart;
    private int roomEnd;

    ClientMessages(RoomCode room, int limit) {
        this.room = room;
        this.rate = new RateWindow(limit);
    }

    /** As what the client is in the room. From any thread. */
    SocketKind kind() {
        return kind;
    }

    /** Whether the message that passed last asks to be let into the room. */
    boolean isEntry() {
        return entry != SocketKind.NEW;
    }

    /** Which broadcast the client has heard last, by the message that passed last; -1 if that does not say. */
    long lastSeq() {
        return lastSeq;
    }

    /** Where the client stands, by the message that passed last. */
    Place place() {
        return new Place(lastSeq, epoch);
    }

    /** What the message that passed last is. */
    Said said() {
        return said;
    }

    byte[] pass(byte[] message, long now) throws Refused {
        if (!rate.take(now)) {
            throw new Refused(4429, "too many messages");
        }
        read(message);
        if (!isEntry()) {
            if (kind == SocketKind.NEW) {
                throw new Refused(4400, "the first message must be room:join or room:watch");
            }
            return message;
        }
        if (names && !namesMine) {
            throw new Refused(4403, "this socket is for another room");
        }
        kind = entry;
        return names ? message : filledIn(message);
    }

    private void read(byte[] message) throws Refused {
        entry = SocketKind.NEW;
        said = Said.OTHER;
        lastSeq = -1;
        epoch = "";
        names = false;
        roomStart = -1;
        int types = 0;
        int rooms = 0;
        for (members.of(message); members.next(); ) {
            if (members.isNamed(TYPE)) {
                types++;
                entry = members.isText(JOIN) ? SocketKind.PLAYER : watching();
                said = entry == SocketKind.NEW ? spoken() : Said.OTHER;
            } else if (members.isNamed(ROOM_CODE)) {
                rooms++;
                names = !members.isNull();
                namesMine = members.text().equalsIgnoreCase(room.value());
                roomStart = members.valueStart();
                roomEnd = members.valueEnd();
            } else if (members.isNamed(LAST_SEQ)) {
                lastSeq = members.count();
            } else if (members.isNamed(EPOCH)) {
                epoch = members.text();
            }
        }
        // Another reader might find another type or room in what is there twice.
        if (!members.isComplete() || types > 1 || rooms > 1) {
            throw new Refused(4400, "a message must be a JSON object");
        }
    }

    private SocketKind watching() {
        return members.isText(WATCH) ? SocketKind.SPECTATOR : SocketKind.NEW;
    }

    private Said spoken() {
        if (members.isText(PING)) {
            return Said.PING;
        }
        if (members.isText(SYNC)) {
            return Said.SYNC;
        }
        if (members.isText(LEAVE)) {
            return Said.LEAVE;
        }
        return members.isText(ROLL) || members.isText(MOVE) ? Said.COMMAND : Said.OTHER;
    }

    private byte[] filledIn(byte[] message) throws Refused {
        if (roomStart < 0) {
            int end = members.closingBrace();
            return spliced(message, end, end, ",\"roomCode\":\"" + room.value() + '"');
        }
        return spliced(message, roomStart, roomEnd, '"' + room.value() + '"');
    }

    private static byte[] spliced(byte[] message, int from, int to, String text) throws Refused {
        byte[] middle = text.getBytes(UTF_8);
        byte[] filled = Arrays.copyOf(message, from + middle.length + message.length - to);
        System.arraycopy(middle, 0, filled, from, middle.length);
        System.arraycopy(message, to, filled, from + middle.length, message.length - to);
        if (filled.length > LegLimits.DEFAULT.maxMessage()) {
            throw new Refused(1009, "there is no room in the message for its roomCode");
        }
        return filled;
    }

    /** The answer to a message that cannot be passed on for now. */
    static byte[] unavailable(byte[] message) {
        return ProxyMessages.error(
                "UNAVAILABLE", "The connection to the API is lost for a moment.", requestId(message));
    }

    /** The id of a message as JSON, if it has one and it is no longer than it should be; else empty. */
    static String requestId(byte[] message) {
        Members members = new Members();
        String id = "";
        for (members.of(message); members.next(); ) {
            int length = members.valueEnd() - members.valueStart();
            if (members.isNamed(REQUEST_ID) && members.isText() && length <= MAX_REQUEST_ID) {
                id = new String(message, members.valueStart(), length, UTF_8);
            }
        }
        return id;
    }
}
