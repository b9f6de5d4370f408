package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegEnd.By;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.server.cache.Touched;
import dev.ludo.server.realtime.SocketMeter.Comeback;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The API's side of a relayed socket: a leg, and when that is lost another, until it is over for good.
 *
 * <p>Each leg has a thread, from before its connection is made until that has ended. A leg that is lost stays behind until its
 * peer has hung up, and nothing of it reaches the client any more. Thread-safe.
 */
final class UpstreamSide {
    private static final System.Logger LOGGER = System.getLogger(UpstreamSide.class.getName());

    /** The other side. */
    interface Client {
        /**
         * Takes a message from the API.
         *
         * @param message the message
         * @param readAt when it had been read
         * @param touched what it makes old
         */
        void pass(byte[] message, long readAt, Touched touched);

        /** Takes a message from the proxy. */
        void tell(byte[] message);

        /** Is told that something in the room was missed that will not come any more. */
        void missed();

        /** Is given back a message of its own that the API cannot be told. */
        void refuse(byte[] message);

        /** Is told that there is no API's side any more. Does not wait. */
        void close(int code, String reason);
    }

    /** What let the client in, and the last broadcast that the client knew by its own account. */
    private static final class Entry {
        final byte[] message;
        final long lastSeq;

        Entry(byte[] message, long lastSeq) {
            this.message = message;
            this.lastSeq = lastSeq;
        }
    }

    private final Engine engine;
    private final Dial dial;
    private final Client client;
    private final boolean resumes;
    private final Progress progress = new Progress(); // of the thread of the leg that is there
    private final Passage passage = new Passage();
    private final LegThreads threads = new LegThreads();

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable UpstreamLeg current;
    private @Nullable Thread dialling;

    private int comebacks;
    private volatile boolean over;

    private volatile @Nullable Entry entry;

    private volatile boolean told;
    private volatile LegEnd lastEnd = new LegEnd(1006, "", By.NOBODY, Optional.empty());

    UpstreamSide(Engine engine, Dial dial, Client client, boolean resumes) {
        this.engine = engine;
        this.dial = dial;
        this.client = client;
        this.resumes = resumes;
    }

    /** Begins with a connection that is there. */
    void start(Line line) {
        UpstreamLeg leg = new UpstreamLeg(engine, line, this, client, progress, null);
        leg.pass();
        lock.lock();
        try {
            current = leg;
            passage.open(leg.socket());
            if (over) {
                leg.socket().close(1001, "the client went away");
            }
            fork(leg::run);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins with a connection that is yet to be made, and does not wait for it; where that fails it goes on as where the API was lost when
     * this began. To be called after {@link #enter}. What is sent meanwhile waits. The client is heard meanwhile, since who has given up must not be let in any more: that
     * would take the place of its own next connection.
     */
    void startLate() {
        lock.lock();
        try {
            if (!over) {
                passage.expect();
                dialling = fork(this::connectLate);
            }
        } finally {
            lock.unlock();
        }
    }

    private void connectLate() {
        Outage outage = new Outage(now(), engine.random());
        Line line;
        try {
            line = dial.connect(outage.left(now()));
        } catch (CallException e) {
            LOGGER.log(Level.DEBUG, "the API cannot be reached yet", e);
            passage.giveUp().forEach(client::refuse);
            if (resumes) {
                comeBack(outage, hint(e));
            } else {
                finish(1013, "the API cannot be reached");
            }
            return;
        }
        enterOver(new UpstreamLeg(engine, line, this, client, progress, null), null);
    }

    private Thread fork(Runnable task) {
        return threads.start(task, () -> finish(1011, "internal error"));
    }

    /** Waits until nothing is left. To be called after {@link #close}. */
    void awaitGone() {
        threads.awaitNone(); // the watch ends whatever takes its time
    }

    /** Sends what a client says, or keeps it for the first connection; {@link SendResult#CLOSED} also while there is no API. */
    SendResult send(byte[] message) {
        return passage.send(message);
    }

    /** Sends what lets a client in, now and whenever the API's side was lost. */
    SendResult enter(byte[] message, long lastSeq) {
        SocketLeg leg;
        boolean again;
        lock.lock();
        try {
            leg = passage.leg();
            again = leg == null && entry != null;
            if (!again) {
                entry = new Entry(message, lastSeq);
            }
        } finally {
            lock.unlock();
        }
        if (again) {
            return passage.send(message);
        }
        SendResult sent = leg == null ? SendResult.CLOSED : leg.send(message);
        // Who was never let in does not notice: the next connection begins with this message.
        return sent == SendResult.CLOSED && !told ? SendResult.SENT : sent;
    }

    /** Ends it. Does not wait. */
    void close(int code, String reason) {
        UpstreamLeg leg;
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            leg = current;
            if (dialling != null) {
                dialling.interrupt();
            }
        } finally {
            lock.unlock();
        }
        if (leg != null) {
            leg.socket().close(code, reason);
        }
    }

    private void finish(int code, String reason) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
        } finally {
            lock.unlock();
        }
        client.close(code, reason);
    }

    /** How the last leg ended. */
    LegEnd lastEnd() {
        return lastEnd;
    }

    /** How often the API's side was lost and came back. */
    int comebacks() {
        lock.lock();
        try {
            return comebacks;
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        return over;
    }

    /** The last broadcast that the client knew before it was told of any here; -1 if it did not say. */
    long heardByItself() {
        Entry known = entry;
        return known == null ? -1 : known.lastSeq;
    }

    /** The client has been told something by the API. */
    void told() {
        if (!told) {
            told = true;
        }
    }

    private long now() {
        return engine.nanoTime().getAsLong();
    }

    /** A leg has ended. Further calls for the same leg do nothing. */
    void ended(UpstreamLeg leg, LegEnd end) {
        lock.lock();
        try {
            if (leg.markEnded()) {
                return;
            }
            lastEnd = end;
            engine.meter().upstreamEnded(end.code());
            if (over) {
                return;
            }
            passage.lose(leg.socket());
            if (resumes && leg.mayBeFollowed(end)) {
                Outage outage = leg.outageAfter();
                dialling = fork(() -> comeBack(outage, Optional.empty()));
                return;
            }
        } finally {
            lock.unlock();
        }
        Outage unended = leg.unended();
        if (unended != null) {
            engine.meter().cameBack(Comeback.FAILED, unended.lasted(now()));
        }
        if (end.by() != By.NOBODY && end.code() != 1006) {
            finish(end.code(), end.reason());
        } else if (progress.isClosed()) {
            finish(1000, "the room is closed");
        } else {
            finish(1013, "the connection to the API was lost");
        }
    }

    private static Optional<Duration> hint(CallException e) {
        return e instanceof RejectedException no ? no.retryAfter() : Optional.empty();
    }

    private void comeBack(Outage outage, Optional<Duration> firstHint) {
        Optional<Duration> hint = firstHint;
        while (!over) {
            int attempt = outage.nextAttempt();
            Duration wait = outage.delay(hint);
            if (outage.left(now()).compareTo(wait) <= 0) {
                engine.meter().cameBack(Comeback.FAILED, outage.lasted(now()));
                finish(1013, "the API could not be reached again within 30 s");
                return;
            }
            if (told) {
                client.tell(ProxyMessages.reconnecting(attempt));
            }
            try {
                engine.sleeper().sleep(wait);
                Line line = dial.connect(outage.left(now()));
                enterOver(new UpstreamLeg(engine, line, this, client, progress, outage), outage);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // only the client's end does that
            } catch (CallException e) {
                LOGGER.log(Level.DEBUG, "the API cannot be reached yet", e);
                hint = hint(e);
            }
        }
    }

    private void enterOver(UpstreamLeg leg, @Nullable Outage outage) {
        Entry known;
        lock.lock();
        try {
            dialling = null; // an interrupt would break the leg's connection off
            current = leg;
            known = entry;
            if (known == null) {
                passage.open(leg.socket()); // so that an entry that comes now goes there
            }
            if (over) {
                leg.socket().close(1001, "the client went away");
            }
        } finally {
            lock.unlock();
        }
        // Nothing is written on this thread, which nobody would free of a peer that does not read, before it runs the
        // leg.
        if (progress.isJoined() && known != null) {
            leg.expectAnswer();
            leg.socket().post(progress.entry(known.message));
        } else {
            if (known != null) {
                leg.socket().post(known.message);
            }
            leg.pass();
            if (outage == null) {
                passage.open(leg.socket()).forEach(client::refuse);
            } else {
                back(leg, outage, -1, !told);
            }
        }
        leg.run();
    }

    /** A leg has taken the place of one that was lost; the client is told how far that went well. */
    void back(UpstreamLeg leg, Outage outage, long seq, boolean resumed) {
        lock.lock();
        try {
            passage.open(leg.socket());
            comebacks++;
        } finally {
            lock.unlock();
        }
        if (!resumed) {
            client.missed();
        }
        engine.meter().cameBack(resumed ? Comeback.RESUMED : Comeback.ANEW, outage.lasted(now()));
        if (told) {
            client.tell(ProxyMessages.resumed(seq, resumed));
        }
    }
}
