package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.CloseCode.After;
import dev.ludo.server.realtime.Progress.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the API. If it follows another, what comes in is kept from the client until the API has let the client in
 * again. Its thread is the one that runs it; the socket is safe from any.
 */
final class UpstreamLeg implements SocketLeg.Receiver {
    /** How long the API may take to let a client in again. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** A leg that lived so long does not make its outage longer when it ends. */
    private static final Duration STABLE = Outage.LASTS_AT_MOST;

    private final Engine engine;
    private final UpstreamSide side;
    private final UpstreamSide.Client client;
    private final Progress progress;
    private final @Nullable Outage outage;
    private final SocketLeg socket;

    private @Nullable Thread thread;
    private boolean ended;
    private boolean passing;
    private boolean useful;
    private long passingSince;
    private long toldBefore = -1;

    /**
     * A connection.
     *
     * @param engine what it runs on
     * @param line the connection
     * @param side whose it is
     * @param client who is told what comes in
     * @param progress how far the client has been told
     * @param outage what it ends if all goes well; none for the first
     */
    UpstreamLeg(
            Engine engine,
            Line line,
            UpstreamSide side,
            UpstreamSide.Client client,
            Progress progress,
            @Nullable Outage outage) {
        this.engine = engine;
        this.side = side;
        this.client = client;
        this.progress = progress;
        this.outage = outage;
        this.socket = new SocketLeg(Role.CLIENT, line, engine.limits(), engine.nanoTime(), this);
    }

    SocketLeg socket() {
        return socket;
    }

    /** Lets what comes in pass from now on. To be called before {@link #run}, or on its thread. */
    void pass() {
        passing = true;
        passingSince = now();
    }

    /** Waits for the API to let the client in. To be called before {@link #run}. */
    void expectAnswer() {
        Duration left = outage == null ? ANSWER_WITHIN : outage.left(now());
        socket.expect(
                left.compareTo(ANSWER_WITHIN) < 0 ? left : ANSWER_WITHIN, 1001, "the join was not answered in time");
    }

    /** Runs it until it has ended, on the calling thread. */
    void run() {
        thread = Thread.currentThread();
        side.ended(this, engine.watch().run(socket));
    }

    private long now() {
        return engine.nanoTime().getAsLong();
    }

    @Override
    public void text(byte[] message) {
        long readAt = now();
        progress.look(message);
        if (!passing && !letIn()) {
            return;
        }
        if (progress.kind() == Kind.JOINED) {
            toldBefore = -1; // the client has asked for what follows
        } else if (progress.seq() >= 0 && progress.seq() <= toldBefore) {
            return;
        }
        useful = true;
        progress.told(side.heardByItself());
        side.told();
        client.pass(message, readAt, progress.touched());
    }

    /** Whether the message that lets the client in is for the client, too. */
    private boolean letIn() {
        switch (progress.kind()) {
            case JOINED -> {
                socket.met();
                long seq = progress.seq();
                boolean resumed = progress.resumed();
                toldBefore = resumed ? progress.last() : seq;
                progress.told(progress.last());
                pass();
                if (outage != null) {
                    side.back(this, outage, seq, resumed);
                }
            }
            case ERROR -> socket.close(1000, "");
            case CLOSED -> {
                socket.met();
                pass();
                return true;
            }
            case OTHER -> {}
        }
        return false;
    }

    /** What happens on another thread is the watch's doing: the leg is beyond repair, and does not wait for its peer. */
    @Override
    public void ending(LegEnd end) {
        if (Thread.currentThread().equals(thread)) {
            side.ended(this, end);
        } else if (!side.isOver()) {
            socket.cut(end.code(), end.reason());
        }
    }

    /** Whether its end was marked before. Guarded by the lock of whose it is. */
    boolean markEnded() {
        boolean before = ended;
        ended = true;
        return before;
    }

    /** Whether another leg may follow. To be asked when it has ended. */
    boolean mayBeFollowed(LegEnd end) {
        if (progress.isClosed()) {
            return false;
        }
        return switch (end.by()) {
            case NOBODY -> true;
            case PEER -> CloseCode.of(end.code()).after() == After.RECONNECT;
            case US -> !passing || end.code() == 1006 || end.code() == 4410;
        };
    }

    /** The time without the API that its end begins, or goes on with where nothing good has come of it. */
    Outage outageAfter() {
        long now = now();
        boolean good = passing && (useful || now - passingSince > STABLE.toNanos());
        return outage == null || good ? new Outage(now, engine.random()) : outage;
    }

    /** The time without the API that it did not end. */
    @Nullable
    Outage unended() {
        return passing ? null : outage;
    }
}
