package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegEnd.By;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SendResult;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.realtime.Gallery.Seat;
import dev.ludo.server.realtime.Gallery.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a client's socket: a connection to the API that is the client's own, or a seat in the gallery for who only
 * watches. What the client does comes from one thread; {@link #close} and the accessors may be called from any.
 */
final class RoomSide {
    private static final LegEnd NONE = new LegEnd(1005, "", By.NOBODY, Optional.empty());

    private record Goodbye(int code, String reason) {}

    private final RoomCode room;
    private final Gallery gallery;
    private final Viewer viewer;
    private final Engine engine;
    private final Dial dial;
    private final UpstreamSide.Client client;
    private final boolean resumes;
    private final List<UpstreamSide> before = new ArrayList<>(0);
    private boolean entered;
    private @Nullable Seat seat;
    private volatile @Nullable UpstreamSide own;
    private volatile @Nullable Goodbye goodbye;

    RoomSide(
            RoomCode room,
            Gallery gallery,
            Viewer viewer,
            Engine engine,
            Dial dial,
            UpstreamSide.Client client,
            boolean resumes) {
        this.room = room;
        this.gallery = gallery;
        this.viewer = viewer;
        this.engine = engine;
        this.dial = dial;
        this.client = client;
        this.resumes = resumes;
    }

    /** Begins with a connection that is there already, of which it is not known yet what it is for. */
    void start(Line line) {
        side().start(line);
    }

    private UpstreamSide side() {
        UpstreamSide side = new UpstreamSide(engine, dial, client, resumes);
        own = side;
        Goodbye said = goodbye;
        if (said != null) {
            side.close(said.code(), said.reason());
        }
        return side;
    }

    /** Lets the client in, as a player or to watch. Who has a connection of its own keeps it. */
    SendResult enter(SocketKind as, byte[] message, Gallery.Place place) {
        if (as == SocketKind.SPECTATOR && !entered) {
            watch(place);
            return SendResult.SENT;
        }
        leaveSeat();
        entered = true;
        UpstreamSide side = own;
        if (side != null) {
            return side.enter(message, place.lastSeq());
        }
        UpstreamSide late = side();
        SendResult sent = late.enter(message, place.lastSeq());
        late.startLate();
        return sent;
    }

    private void watch(Gallery.Place place) {
        leaveSeat();
        UpstreamSide unused = own;
        if (unused != null) {
            own = null;
            before.add(unused);
            unused.close(1000, "it only watches");
        }
        seat = gallery.watch(room, place, viewer);
    }

    private void leaveSeat() {
        if (seat != null) {
            seat.leave();
            seat = null;
        }
    }

    boolean isWatching() {
        return seat != null;
    }

    /** Asks for the room's state. Only for who watches. */
    void askForState() {
        if (seat != null) {
            seat.askForState();
        }
    }

    SendResult send(byte[] message) {
        UpstreamSide side = own;
        return side == null ? SendResult.CLOSED : side.send(message);
    }

    /** Ends it. Does not wait. */
    void close(int code, String reason) {
        goodbye = new Goodbye(code, reason);
        UpstreamSide side = own;
        if (side != null) {
            side.close(code, reason);
        }
    }

    /** Waits until nothing is left. To be called after {@link #close}, on the thread that the client is heard on. */
    void awaitGone() {
        leaveSeat();
        before.forEach(UpstreamSide::awaitGone);
        UpstreamSide side = own;
        if (side != null) {
            side.awaitGone();
        }
    }

    /** How the client's own connection to the API ended; 1005 if it had none. */
    LegEnd lastEnd() {
        UpstreamSide side = own;
        return side == null ? NONE : side.lastEnd();
    }

    int comebacks() {
        UpstreamSide side = own;
        return side == null ? 0 : side.comebacks();
    }
}
