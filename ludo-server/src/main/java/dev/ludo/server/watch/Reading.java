package dev.ludo.server.watch;

import dev.ludo.server.realtime.Members;

/** What a feed must know of a message: its type, its number, and of an answer to its entry where the room stands. For one thread. */
final class Reading {
    static final String JOINED = "room:joined";
    static final String CLOSED = "room:closed";
    static final String STATE = "game:state";
    static final String ERROR = "error";

    private static final byte[] TYPE = Members.ascii("type");
    private static final byte[] SEQ = Members.ascii("seq");
    private static final byte[] DATA = Members.ascii("data");
    private static final byte[] EPOCH = Members.ascii("epoch");
    private static final byte[] RESUMED = Members.ascii("resumed");
    private static final byte[] CODE = Members.ascii("code");

    private final Members members = new Members();
    private String type = "";
    private long seq;
    private String epoch = "";
    private boolean resumed;
    private String code = "";

    /** Reads a message; false if it is no whole JSON object with a type. */
    boolean read(byte[] message) {
        type = "";
        seq = -1;
        epoch = "";
        resumed = false;
        code = "";
        int from = 0;
        int to = 0;
        for (members.of(message); members.next(); ) {
            if (members.isNamed(TYPE)) {
                type = members.text();
            } else if (members.isNamed(SEQ)) {
                seq = members.count();
            } else if (members.isNamed(DATA)) {
                from = members.valueStart();
                to = members.valueEnd();
            }
        }
        if (!members.isComplete() || type.isEmpty()) {
            return false;
        }
        if (type.equals(JOINED) || type.equals(ERROR)) {
            seq = -1;
            readInside(message, from, to);
        }
        return true;
    }

    private void readInside(byte[] message, int from, int to) {
        for (members.of(message, from, to); members.next(); ) {
            if (members.isNamed(SEQ)) {
                seq = members.count();
            } else if (members.isNamed(EPOCH)) {
                epoch = members.text();
            } else if (members.isNamed(RESUMED)) {
                resumed = members.isTrue();
            } else if (members.isNamed(CODE)) {
                code = members.text();
            }
        }
    }

    String type() {
        return type;
    }

    /** Its number, or where the room stands; -1 if it says no such thing. */
    long seq() {
        return seq;
    }

    /** Of which history the room's numbers are, by an answer to an entry. */
    String epoch() {
        return epoch;
    }

    boolean resumed() {
        return resumed;
    }

    /** The code of an error. */
    String code() {
        return code;
    }
}
