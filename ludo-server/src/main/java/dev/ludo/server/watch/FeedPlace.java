package dev.ludo.server.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.realtime.Gallery.Place;

/** How far a room was heard. For the thread of its feed. */
final class FeedPlace {
    private boolean begun;
    private boolean anew;
    private String epoch = "";
    private long seq;
    private long missedAt = -1;

    /** Whether the API has let the feed in once. */
    boolean isBegun() {
        return begun;
    }

    String epoch() {
        return epoch;
    }

    long seq() {
        return seq;
    }

    /** Whether an answer to an entry says that what follows this place comes now. */
    boolean isResumedBy(Reading joined) {
        return begun && !anew && joined.resumed() && joined.epoch().equals(epoch);
    }

    /** Whether a room that stands so stands here. */
    boolean isThatOf(Reading joined) {
        return joined.seq() == seq && joined.epoch().equals(epoch);
    }

    /** Goes on from where the room stands. */
    void begin(Reading joined) {
        begun = true;
        anew = false;
        epoch = joined.epoch();
        seq = joined.seq();
    }

    /** The next broadcast was heard. */
    void step() {
        seq++;
    }

    /** The next broadcast is missing. A new connection brings it; if it is missing there too, it is lost. */
    void miss() {
        anew = missedAt == seq;
        missedAt = seq;
    }

    /** The message that lets the feed into its room, at this place. */
    byte[] entry(RoomCode room) {
        return entry(room, !begun || anew ? Place.NONE : new Place(seq, epoch));
    }

    /** The message that lets a feed into a room at some place. */
    static byte[] entry(RoomCode room, Place place) {
        String known = place.isKnown()
                ? ",\"lastSeq\":" + place.lastSeq() + ",\"epoch\":" + LudoJson.write(place.epoch())
                : "";
        return ("{\"type\":\"room:watch\",\"roomCode\":\"" + room.value() + '"' + known + '}').getBytes(UTF_8);
    }
}
