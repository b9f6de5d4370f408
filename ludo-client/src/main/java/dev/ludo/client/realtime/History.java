package dev.ludo.client.realtime;

import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.Sequence;
import java.util.Optional;

/** How far a room's broadcasts have been delivered: which one is next, which one is old, and what a new socket has to make good. */
final class History {
    /** Where a broadcast stands. */
    enum Place {
        /** It is the next one, and counts as delivered from now on. */
        NEXT,
        /** It was delivered before. */
        DUPLICATE,
        /** Something is missing before it. */
        GAP
    }

    /** What came of joining again. */
    enum Rejoin {
        /** What was missed follows, if anything was. */
        RESUMED,
        /** What was missed is lost. */
        RESYNCED,
        /** The API does not number its broadcasts, so nobody knows. */
        UNNUMBERED
    }

    private String epoch = "";
    private long last;
    private boolean numbered;
    private long gapAfter = -1;
    private boolean hopeless;

    /** What the next numbers belong to. */
    String epoch() {
        return epoch;
    }

    /** The last broadcast that was delivered, or the place before the first. */
    Optional<Sequence> at() {
        return numbered ? Optional.of(new Sequence(epoch, last)) : Optional.empty();
    }

    /** From where a new socket is to go on; from nowhere if what follows could not be had from there. */
    Optional<Sequence> from() {
        return hopeless ? Optional.empty() : at();
    }

    /** Something is missing after the last broadcast. If it was missing before, over another socket, it is so for good. */
    void missNext() {
        hopeless = gapAfter == last;
        gapAfter = last;
    }

    long last() {
        return last;
    }

    /** Starts from where the room stands. */
    void begin(RoomJoined joined) {
        epoch = joined.epoch();
        last = joined.seq();
        numbered = isNumbered(joined);
    }

    private static boolean isNumbered(RoomJoined joined) {
        return joined.seq() > 0 || !joined.epoch().isEmpty();
    }

    /** Goes on from where a new socket stands. */
    Rejoin rejoin(RoomJoined joined) {
        hopeless = false;
        if (!numbered && !isNumbered(joined)) {
            return Rejoin.UNNUMBERED;
        }
        boolean same = numbered && joined.epoch().equals(epoch);
        if (same && (joined.seq() == last || (joined.resumed() && joined.seq() > last))) {
            return Rejoin.RESUMED;
        }
        begin(joined);
        return numbered ? Rejoin.RESYNCED : Rejoin.UNNUMBERED;
    }

    /** Takes a broadcast. */
    Place take(long seq) {
        if (!numbered) { // the API numbers after all
            numbered = true;
            last = seq;
            return Place.NEXT;
        }
        if (seq <= last) {
            return Place.DUPLICATE;
        }
        if (seq > last + 1) {
            return Place.GAP;
        }
        last = seq;
        return Place.NEXT;
    }
}
