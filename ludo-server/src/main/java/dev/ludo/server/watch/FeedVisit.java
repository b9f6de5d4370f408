package dev.ludo.server.watch;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegEnd.By;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.CloseCode.After;
import dev.ludo.server.realtime.Engine;
import dev.ludo.server.realtime.Outage;
import dev.ludo.server.realtime.SocketMeter.Comeback;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a feed to the API. For the feed's thread, which runs it. */
final class FeedVisit implements SocketLeg.Receiver {
    private final Engine engine;
    private final RoomFeed feed;
    private final FeedPlace place;
    private final @Nullable Outage outage;
    private final RoomBus.Listener listener;
    private final SocketLeg leg;
    private final Reading reading = new Reading();
    private final long since;
    private boolean entered;
    private boolean useful;
    private boolean deaf;
    private @Nullable List<RoomText> older;
    private long olderUpTo;
    private @Nullable FeedEnd refusal;

    /**
     * A connection.
     *
     * @param engine what it runs on
     * @param line the connection
     * @param feed whose it is
     * @param place how far the room was heard
     * @param outage what it ends if all goes well; none for the first
     * @param listener told of what is heard
     */
    FeedVisit(
            Engine engine,
            Line line,
            RoomFeed feed,
            FeedPlace place,
            @Nullable Outage outage,
            RoomBus.Listener listener) {
        this.engine = engine;
        this.feed = feed;
        this.place = place;
        this.outage = outage;
        this.listener = listener;
        this.leg = new SocketLeg(Role.CLIENT, line, engine.limits(), engine.nanoTime(), this);
        this.since = now();
    }

    SocketLeg leg() {
        return leg;
    }

    private long now() {
        return engine.nanoTime().getAsLong();
    }

    @Override
    public void text(byte[] message) {
        if (deaf || feed.isOver() || !reading.read(message)) {
            return; // what cannot be read has a number, which will be found to be missing
        }
        if (entered) {
            hear(message);
        } else {
            letIn(message);
        }
    }

    private void letIn(byte[] message) {
        switch (reading.type()) {
            case Reading.JOINED -> {
                if (reading.seq() < 0 || reading.epoch().isEmpty()) {
                    refuse(FeedEnd.UNSUPPORTED); // by what comes without numbers nobody can be told what they missed
                } else {
                    entered = true;
                    leg.met();
                    feed.wasLetIn();
                    joined(message);
                }
            }
            case Reading.ERROR -> refuse(refused(reading.code()));
            case Reading.CLOSED -> closed();
            default -> {} // of before
        }
    }

    private void refuse(FeedEnd why) {
        refusal = why;
        deaf = true;
        leg.close(CloseCode.NORMAL.number(), "");
    }

    private FeedEnd refused(String code) {
        return switch (code) {
            case "ROOM_NOT_FOUND", "NOT_FOUND" -> FeedEnd.UNKNOWN;
            case "RATE_LIMITED", "UNAVAILABLE", "INTERNAL" -> FeedEnd.LOST;
            default -> feed.canBeWatched() ? FeedEnd.REFUSED : FeedEnd.UNSUPPORTED;
        };
    }

    private void joined(byte[] message) {
        boolean known = place.isResumedBy(reading);
        if (!known) {
            boolean lost = place.isBegun();
            place.begin(reading);
            listener.joined(numbered(message), lost);
        }
        if (outage != null) {
            engine.meter().cameBack(known ? Comeback.RESUMED : Comeback.ANEW, outage.lasted(now()));
            listener.back(reading.seq(), known);
        }
    }

    private RoomText numbered(byte[] message) {
        return new RoomText(message, reading.type(), place.seq(), place.epoch());
    }

    private void hear(byte[] message) {
        if (reading.type().equals(Reading.JOINED)) {
            if (!place.isThatOf(reading)) {
                missing();
            } else if (reading.resumed()) {
                older = new ArrayList<>();
                olderUpTo = place.seq();
            } else {
                listener.joined(numbered(message), false);
            }
        } else if (reading.seq() >= 0) {
            number(message);
        } else {
            switch (reading.type()) {
                case Reading.STATE, Reading.ERROR -> listener.answered(RoomText.unnumbered(message, reading.type()));
                case Reading.CLOSED -> closed();
                default -> {} // what is said to one client, and is not asked for here
            }
        }
    }

    private void number(byte[] message) {
        if (reading.seq() <= place.seq()) {
            remember(message);
            return;
        }
        if (reading.seq() > place.seq() + 1) {
            missing();
            return;
        }
        place.step();
        useful = true;
        listener.broadcast(numbered(message));
        if (reading.type().equals(Reading.CLOSED)) {
            closed();
        }
    }

    // What comes again is of use where it was asked for.
    private void remember(byte[] message) {
        if (older != null) {
            older.add(new RoomText(message, reading.type(), reading.seq(), place.epoch()));
            if (reading.seq() == olderUpTo) {
                listener.remembered(older);
                older = null;
            }
        }
    }

    private void missing() {
        place.miss();
        deaf = true;
        leg.cut(CloseCode.ABNORMAL.number(), "broadcasts are missing");
    }

    private void closed() {
        deaf = true;
        feed.end(FeedEnd.CLOSED);
        leg.close(CloseCode.NORMAL.number(), "");
    }

    /** A connection that breaks the rules is not waited for. */
    @Override
    public void ending(LegEnd end) {
        if (end.by() == By.US && !feed.isOver() && refusal == null) {
            leg.cut(end.code(), end.reason());
        }
    }

    /** Why it is over when it has ended without the API's letting the feed in the first time. */
    FeedEnd whyNot(LegEnd end) {
        if (refusal != null) {
            return refusal;
        }
        CloseCode code = CloseCode.of(end.code());
        // An API that does not know the command says nothing, or that it is malformed, or that nobody has joined.
        boolean unsupported = code == CloseCode.NOT_JOINED || (code == CloseCode.MALFORMED && end.by() == By.PEER);
        if (unsupported) {
            return !feed.canBeWatched()
                    ? FeedEnd.UNSUPPORTED
                    : end.by() == By.US ? FeedEnd.UNANSWERED : FeedEnd.REFUSED;
        }
        return end.by() == By.PEER && code.after() != After.RECONNECT ? FeedEnd.of(end) : FeedEnd.LOST;
    }

    /** The time without the API that its end begins, or goes on with where nothing good has come of it. */
    Outage outageAfter() {
        boolean good = entered && (useful || now() - since > Outage.LASTS_AT_MOST.toNanos());
        return outage == null || good ? new Outage(now(), engine.random()) : outage;
    }
}
