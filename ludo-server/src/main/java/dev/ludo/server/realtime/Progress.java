package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.core.json.LudoJson;
import dev.ludo.server.cache.Touched;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * How far a client has been told of its room, read off the messages that pass: only their outermost members are looked at. For
 * one thread at a time.
 */
final class Progress {
    /** What the relay must know of a message. */
    enum Kind {
        /** The answer to a join. */
        JOINED,
        /** The room is closed. */
        CLOSED,
        /** Something was refused. */
        ERROR,
        /** Any other. */
        OTHER
    }

    private static final byte[] TYPE = Members.ascii("type");
    private static final byte[] SEQ = Members.ascii("seq");
    private static final byte[] EPOCH = Members.ascii("epoch");
    private static final byte[] LAST_SEQ = Members.ascii("lastSeq");
    private static final byte[] RESUMED = Members.ascii("resumed");
    private static final byte[] DATA = Members.ascii("data");
    private static final byte[] JOINED = Members.ascii("room:joined");
    private static final byte[] ERROR = Members.ascii("error");
    private static final byte[] CLOSED = Members.ascii("room:closed");

    private static final List<Touching> TOUCHING = Touched.known().entrySet().stream()
            .map(known -> new Touching(known.getKey(), known.getValue()))
            .toList();

    private static final class Touching {
        final byte[] type;
        final Touched touched;

        Touching(String type, Touched touched) {
            this.type = Members.ascii(type);
            this.touched = touched;
        }
    }

    private final Members members = new Members();

    // Of the message that was looked at last.
    private Kind kind = Kind.OTHER;
    private Touched touched = Touched.ROOM;
    private long seq;
    private String itsEpoch = "";
    private boolean resumed;

    private long last = -1;
    private String epoch = "";
    private boolean joined;
    private boolean closed;

    /** Looks at a message. */
    void look(byte[] message) {
        kind = Kind.OTHER;
        touched = Touched.ROOM;
        seq = -1;
        boolean typed = false;
        int dataStart = 0;
        int dataEnd = 0;
        members.of(message);
        // What follows type and seq is of interest for a join's answer alone, which has no seq there.
        while (!(typed && seq >= 0) && members.next()) {
            if (members.isNamed(TYPE)) {
                typed = true;
                kind = kindOfType();
                touched = touchedByType();
            } else if (members.isNamed(SEQ)) {
                seq = members.count();
            } else if (members.isNamed(DATA)) {
                dataStart = members.valueStart();
                dataEnd = members.valueEnd();
            }
        }
        if (kind == Kind.JOINED) {
            lookAtJoin(message, dataStart, dataEnd);
        }
    }

    private Kind kindOfType() {
        if (members.isText(JOINED)) {
            return Kind.JOINED;
        }
        if (members.isText(CLOSED)) {
            return Kind.CLOSED;
        }
        return members.isText(ERROR) ? Kind.ERROR : Kind.OTHER;
    }

    private Touched touchedByType() {
        for (Touching touching : TOUCHING) {
            if (members.isText(touching.type)) {
                return touching.touched;
            }
        }
        return Touched.ROOM;
    }

    private void lookAtJoin(byte[] message, int from, int to) {
        seq = -1;
        itsEpoch = "";
        resumed = false;
        for (members.of(message, from, to); members.next(); ) {
            if (members.isNamed(SEQ)) {
                seq = members.count();
            } else if (members.isNamed(EPOCH)) {
                itsEpoch = members.text();
            } else if (members.isNamed(RESUMED)) {
                resumed = members.isTrue();
            }
        }
    }

    /** What the message is that was looked at last. */
    Kind kind() {
        return kind;
    }

    /** What the message makes old that was looked at last. */
    Touched touched() {
        return touched;
    }

    /** Its number, or where the room stands if it answers a join; -1 if it says no such thing. */
    long seq() {
        return seq;
    }

    /** Whether it says that what was missed follows. */
    boolean resumed() {
        return resumed;
    }

    /**
     * The client is told what was looked at last, in its own words or in ours.
     *
     * @param heard which broadcast the client has heard last by its own account
     */
    void told(long heard) {
        switch (kind) {
            case JOINED -> {
                joined = true;
                epoch = itsEpoch;
                last = resumed ? Math.max(last, heard) : seq;
            }
            case CLOSED -> closed = true;
            case ERROR, OTHER -> {}
        }
        if (kind != Kind.JOINED && seq > last) {
            last = seq;
        }
    }

    /** The last broadcast that the client was told of; -1 if there was none that has a number. */
    long last() {
        return last;
    }

    /** Whether a join was answered. */
    boolean isJoined() {
        return joined;
    }

    /** Whether the client was told that its room is closed. */
    boolean isClosed() {
        return closed;
    }

    /** The message that takes the client into the room again, from where it stands. */
    byte[] entry(byte[] first) {
        if (last < 0 || epoch.isEmpty()) {
            return first;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(first.length + 64);
        out.write('{');
        for (members.of(first); members.next(); ) {
            if (!members.isNamed(LAST_SEQ) && !members.isNamed(EPOCH)) {
                out.write(first, members.start(), members.valueEnd() - members.start());
                out.write(',');
            }
        }
        out.writeBytes(("\"lastSeq\":" + last + ",\"epoch\":" + LudoJson.write(epoch) + '}').getBytes(UTF_8));
        return out.size() > LegLimits.DEFAULT.maxMessage() ? first : out.toByteArray();
    }
}
