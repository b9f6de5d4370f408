package dev.ludo.server.watch;

import dev.ludo.server.realtime.Gallery.Place;
import java.time.Duration;

/**
 * What the API is asked about a room besides the game's state: how the room stands, or what has happened since some place. One
 * question at a time. Guarded by the hub's lock.
 */
final class RoomQuestion {
    /** For how long an answer is waited for before it is asked again. */
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    /** For how long it is not asked again after it was refused, at first and at most. */
    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();

    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

    private boolean underWay;
    private long askedAt;
    private long refusedAt;

    /** For how long it is not asked again; 0 if it was answered. */
    private long pause;

    /** Since when it is asked what has happened; -1 if it is not. */
    private long since = -1;

    /** Since when it was told what has happened, at the earliest. */
    private long toldSince = Long.MAX_VALUE;

    boolean isDue(long now) {
        return underWay ? now - askedAt > PATIENCE : pause == 0 || now - refusedAt > pause;
    }

    /** Whether nobody has asked yet for as much as somebody at a place has missed. */
    boolean mayTell(Place place) {
        return place.lastSeq() < toldSince;
    }

    void ask(RoomBus.Feed feed, Place oldest, long now) {
        underWay = feed.askForRoom(oldest);
        askedAt = now;
        since = oldest.lastSeq();
    }

    void answered() {
        pause = 0;
        settled();
    }

    /** Is not answered for now: it may be too much for the API, which would be no reason to ask more often. */
    void refused(long now) {
        refusedAt = now;
        pause = Math.clamp(2 * pause, FIRST_PAUSE, LONGEST_PAUSE);
        settled();
    }

    private void settled() {
        underWay = false;
        if (since >= 0) {
            toldSince = Math.min(toldSince, since);
            since = -1;
        }
    }

    /** The connection is gone, and the answer with it. */
    void lost() {
        underWay = false;
        since = -1;
    }

    /** There is another history now, of which nothing was asked. */
    void startOver() {
        toldSince = Long.MAX_VALUE;
    }
}
