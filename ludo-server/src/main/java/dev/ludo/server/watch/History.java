package dev.ludo.server.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.server.realtime.Gallery.Place;
import dev.ludo.server.realtime.Members;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a hub knows of its room: how it stood at some time, and its last broadcasts. Guarded by the hub's lock. */
final class History {
    /** How many broadcasts are kept. */
    static final int KEPT = 256;

    private static final byte[] DATA = Members.ascii("data");
    private static final byte[] RESUMED = Members.ascii("resumed");
    private static final byte[] SEQ = Members.ascii("seq");
    private static final byte[] STATE = Members.ascii("state");
    private static final byte[] STATUS = Members.ascii("status");
    private static final byte[] CLOSED = Members.ascii("closed");
    private static final byte[] ROOM = Members.ascii("room");

    private final ArrayDeque<RoomText> broadcasts = new ArrayDeque<>(KEPT);
    private final Members members = new Members();
    private final Members inner = new Members();
    private @Nullable RoomText joined;
    private boolean roomIsOld;
    private boolean closed;
    private long top;

    /** What was told to the last who came; none where something has happened since. */
    private @Nullable Welcome lastWelcome;

    /** A place to begin at: what a newcomer hears first. Those who come to the same place share the bytes. */
    static final class Welcome {
        private final List<RoomText> texts;
        private final long from;
        private final boolean resumed;
        private final Map<WatcherKind, byte[]> bytes = new EnumMap<>(WatcherKind.class);

        private Welcome(List<RoomText> texts, long from, boolean resumed) {
            this.texts = texts;
            this.from = from;
            this.resumed = resumed;
        }

        int count() {
            return texts.size();
        }

        /** Whether what was missed follows. */
        boolean resumed() {
            return resumed;
        }

        /** Whether somebody comes back who has missed something. */
        boolean isComeback() {
            return resumed && texts.size() > 1;
        }

        /** All of it as bytes for a kind of watcher. */
        byte[] bytes(WatcherKind kind) {
            return texts.size() == 1 ? texts.getFirst().bytes(kind) : bytes.computeIfAbsent(kind, this::joined);
        }

        private byte[] joined(WatcherKind kind) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            texts.forEach(text -> out.writeBytes(text.bytes(kind)));
            return out.toByteArray();
        }
    }

    /** Takes how the room stands now. If broadcasts before that were lost, those before them are of no use any more. */
    void stands(RoomText now, boolean lost) {
        if (lost) {
            broadcasts.clear();
        }
        lastWelcome = null;
        joined = now;
        closed = isClosed(now.json());
        top = now.seq();
        roomIsOld = false;
    }

    private boolean isClosed(byte[] json) {
        boolean found = false;
        for (members.of(json); members.next(); ) {
            if (members.isNamed(DATA)) {
                for (inner.of(json, members.valueStart(), members.valueEnd()); inner.next(); ) {
                    found |= inner.isNamed(ROOM) && isClosedRoom(json, inner.valueStart(), inner.valueEnd());
                }
            }
        }
        return found;
    }

    private static boolean isClosedRoom(byte[] json, int from, int to) {
        Members room = new Members().of(json, from, to);
        while (room.next()) {
            if (room.isNamed(STATUS) && room.isText(CLOSED)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is known how the room stood at some time. */
    boolean isKnown() {
        return joined != null;
    }

    /** Whether the room was closed when it was asked last how it stands. */
    boolean isClosed() {
        return closed;
    }

    /** Takes broadcasts that lead to the last one that is known; more than are kept are left out. */
    void remember(List<RoomText> older) {
        long begin = older.isEmpty() ? Long.MAX_VALUE : older.getFirst().seq();
        boolean whole = begin + older.size() - 1 == top && older.getLast().seq() == top;
        if (whole && older.size() > broadcasts.size()) {
            lastWelcome = null;
            broadcasts.clear();
            older.stream().skip(Math.max(0, older.size() - KEPT)).forEach(broadcasts::addLast);
        }
    }

    /** Whether a place is of this history, before what is known of it and not before what is kept. */
    boolean isBefore(Place place) {
        return joined != null
                && place.isKnown()
                && place.epoch().equals(joined.epoch())
                && place.lastSeq() < top - broadcasts.size()
                && place.lastSeq() >= top - KEPT;
    }

    void add(RoomText broadcast) {
        lastWelcome = null;
        if (broadcasts.size() == KEPT) {
            broadcasts.removeFirst();
        }
        broadcasts.addLast(broadcast);
        top = broadcast.seq();
        roomIsOld |= !isOfTheBoard(broadcast.type());
    }

    /** Whether what happened changes the board alone, so that the room is as it was. */
    private static boolean isOfTheBoard(String type) {
        return switch (type) {
            case "game:dice-rolled", "game:piece-moved", "game:turn-change" -> true;
            default -> false;
        };
    }

    /** How many broadcasts have come since it was known how the room stands. */
    long sinceJoined() {
        return joined == null ? 0 : top - joined.seq();
    }

    private boolean resumes(RoomText base, Place place) {
        return place.isKnown()
                && place.epoch().equals(base.epoch())
                && place.lastSeq() <= top
                && reaches(place.lastSeq());
    }

    /** What somebody hears first who stands at a place; nothing if it must be asked first how the room stands. */
    @Nullable
    Welcome welcome(Place place) {
        RoomText base = joined;
        if (base == null) {
            return null;
        }
        boolean resumes = resumes(base, place);
        long from = resumes ? place.lastSeq() : base.seq();
        if (!resumes && !reaches(from)) {
            return null;
        }
        Welcome known = lastWelcome;
        if (known == null || known.from != from || known.resumed != resumes) {
            known = from(resumes ? resumed(base) : base, from, resumes);
            lastWelcome = known;
        }
        return known;
    }

    private boolean reaches(long seq) {
        return seq >= top - broadcasts.size();
    }

    private Welcome from(RoomText first, long seq, boolean resumed) {
        List<RoomText> texts = new ArrayList<>();
        texts.add(first);
        broadcasts.stream().filter(text -> text.seq() > seq).forEach(texts::add);
        return new Welcome(texts, seq, resumed);
    }

    /** The answer to who comes back: what the room is like is left out where it is not known any more. */
    private RoomText resumed(RoomText base) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("{\"type\":\"room:joined\",\"data\":{".getBytes(UTF_8));
        byte[] json = base.json();
        for (members.of(json); members.next(); ) {
            if (members.isNamed(DATA)) {
                copyRoom(json, members.valueStart(), members.valueEnd(), out);
            }
        }
        out.writeBytes(("\"resumed\":true,\"seq\":" + top + "}}").getBytes(UTF_8));
        // Without a number of its own: who has heard no more than this has not heard what follows.
        return RoomText.unnumbered(out.toByteArray(), base.type());
    }

    private void copyRoom(byte[] json, int from, int to, ByteArrayOutputStream out) {
        for (inner.of(json, from, to); inner.next(); ) {
            boolean old = inner.isNamed(RESUMED)
                    || inner.isNamed(SEQ)
                    || inner.isNamed(STATE)
                    || (inner.isNamed(ROOM) && roomIsOld);
            if (!old) {
                out.write(json, inner.start(), inner.valueEnd() - inner.start());
                out.write(',');
            }
        }
    }
}
