package dev.ludo.server.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegEnd.By;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.CloseCode.After;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.realtime.Dial;
import dev.ludo.server.realtime.Engine;
import dev.ludo.server.realtime.Gallery.Place;
import dev.ludo.server.realtime.Outage;
import dev.ludo.server.realtime.SocketMeter.Comeback;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A room heard over a connection of its own to the API: a thread that connects, listens, and when the connection is lost
 * connects again and goes on where it was. What comes twice is left out; where a number is missing the connection is given up,
 * since a new one brings it.
 */
final class RoomFeed implements RoomBus.Feed {
    private static final System.Logger LOGGER = System.getLogger(RoomFeed.class.getName());
    private static final byte[] STATE_SYNC = "{\"type\":\"state:sync\"}".getBytes(UTF_8);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30); // less the connector takes by itself

    /** How long the API may take to let the feed in. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final RoomCode room;
    private final Engine engine;
    private final Dial dial;
    private final boolean resumes;
    private final AtomicBoolean letsWatch;
    private final RoomBus.Listener listener;
    private final Thread thread;

    // Of the feed's own thread.
    private final FeedPlace place = new FeedPlace();
    private @Nullable Outage outage;

    private final ReentrantLock lock = new ReentrantLock();
    private boolean dialling;
    private volatile boolean over;
    private volatile @Nullable SocketLeg live;

    RoomFeed(
            RoomCode room,
            Engine engine,
            Dial dial,
            boolean resumes,
            AtomicBoolean letsWatch,
            RoomBus.Listener listener) {
        this.room = room;
        this.engine = engine;
        this.dial = dial;
        this.resumes = resumes;
        this.letsWatch = letsWatch;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("ludo-room-feed").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!over) {
                Line line = connect();
                if (line == null) {
                    return;
                }
                listen(line);
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a room cannot be heard any more", e);
            end(FeedEnd.BROKEN);
        }
    }

    /** Ends it, and says why. On the feed's thread. */
    void end(FeedEnd end) {
        if (!over) {
            over = true;
            listener.ended(end);
        }
    }

    /** The API has let somebody watch: it can, and silence means something else from now on. */
    void wasLetIn() {
        letsWatch.set(true);
    }

    boolean canBeWatched() {
        return letsWatch.get();
    }

    boolean isOver() {
        return over;
    }

    private long now() {
        return engine.nanoTime().getAsLong();
    }

    /** A new connection, or none if it is over. */
    private @Nullable Line connect() {
        Outage since = outage;
        if (since == null) {
            try {
                return dial(CONNECT_WITHIN);
            } catch (CallException e) {
                end(FeedEnd.of(e));
                return null;
            }
        }
        Optional<Duration> hint = Optional.empty();
        while (!over) {
            int attempt = since.nextAttempt();
            Duration wait = since.delay(hint);
            if (since.left(now()).compareTo(wait) <= 0) {
                engine.meter().cameBack(Comeback.FAILED, since.lasted(now()));
                end(FeedEnd.LATE);
                return null;
            }
            listener.away(attempt);
            try {
                sleep(wait);
                return dial(since.left(now()));
            } catch (InterruptedException e) {
                return null; // only who closes it does that
            } catch (CallException e) {
                LOGGER.log(Level.DEBUG, "the API cannot be reached yet", e);
                hint = e instanceof RejectedException no ? no.retryAfter() : Optional.empty();
            }
        }
        return null;
    }

    private Line dial(Duration within) {
        mayBeInterrupted(true);
        try {
            return dial.connect(within);
        } finally {
            mayBeInterrupted(false);
        }
    }

    private void sleep(Duration wait) throws InterruptedException {
        mayBeInterrupted(true);
        try {
            engine.sleeper().sleep(wait);
        } finally {
            mayBeInterrupted(false);
        }
    }

    // An interrupt at any other time would break a connection off.
    private void mayBeInterrupted(boolean now) {
        lock.lock();
        try {
            dialling = now;
        } finally {
            lock.unlock();
        }
    }

    private void listen(Line line) {
        FeedVisit visit = new FeedVisit(engine, line, this, place, outage, listener);
        SocketLeg leg = visit.leg();
        lock.lock();
        try {
            if (over) {
                line.cut().run();
                return;
            }
            live = leg;
        } finally {
            lock.unlock();
        }
        leg.expect(ANSWER_WITHIN, CloseCode.NOT_JOINED.number(), "the watch was not answered in time");
        leg.post(place.entry(room)); // and not on this thread, which the watch does not know yet
        LegEnd end = engine.watch().run(leg);
        live = null;
        engine.meter().upstreamEnded(end.code());
        if (over) {
            return;
        }
        Optional<FeedEnd> last = place.isBegun() ? lastOf(end) : Optional.of(visit.whyNot(end));
        if (last.isPresent()) {
            end(last.get());
        } else {
            outage = visit.outageAfter();
        }
    }

    /** Why it is over when a connection has ended over which the room was heard, if it is. */
    private Optional<FeedEnd> lastOf(LegEnd end) {
        CloseCode code = CloseCode.of(end.code());
        if (end.by() == By.PEER && code.after() != After.RECONNECT) {
            return Optional.of(FeedEnd.of(end));
        }
        return resumes ? Optional.empty() : Optional.of(FeedEnd.LOST);
    }

    @Override
    public boolean askForRoom(Place since) {
        return ask(FeedPlace.entry(room, since));
    }

    @Override
    public boolean askForState() {
        return ask(STATE_SYNC);
    }

    private boolean ask(byte[] question) {
        SocketLeg leg = live;
        return leg != null && leg.post(question) == SendResult.SENT;
    }

    @Override
    public void close() {
        SocketLeg leg;
        lock.lock();
        try {
            over = true;
            leg = live;
            if (dialling) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        if (leg != null) {
            leg.close(CloseCode.NORMAL.number(), "nobody watches");
        }
    }
}
