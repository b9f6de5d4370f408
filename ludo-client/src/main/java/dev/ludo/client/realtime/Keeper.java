package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.client.realtime.ConnectionEvent.Reconnecting;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.model.GameId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a place in a room: the one thread that connects, joins, waits until the socket ends and does so again. It alone decides
 * what follows from an end.
 */
final class Keeper {
    private final RoomConnection owner;
    private final RoomSockets sockets;
    private final Entrance entrance;
    private final Answers answers;
    private final Mailbox mailbox;
    private final Runnable onFirstJoin;
    private final Inbound inbound;

    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<RoomJoined> joined = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile ConnectionStatus status = ConnectionStatus.NEW;
    private volatile @Nullable SocketLeg live;

    private @Nullable Thread thread;
    private @Nullable Visit visit;
    private boolean closing;
    private long closeDue;

    /** Those that are not gone yet; only the last of them may still be read. */
    private final List<Visit> visits = new CopyOnWriteArrayList<>();

    Keeper(
            RoomConnection owner,
            RoomSockets sockets,
            Entrance entrance,
            Answers answers,
            Mailbox mailbox,
            Runnable onFirstJoin) {
        this.owner = owner;
        this.sockets = sockets;
        this.entrance = entrance;
        this.answers = answers;
        this.mailbox = mailbox;
        this.onFirstJoin = onFirstJoin;
        this.inbound = new Inbound(entrance, answers, mailbox, sockets::stateOf, this::isIn);
    }

    ConnectionStatus status() {
        return status;
    }

    /** Says which game is played; to be called before opening. */
    void play(GameId game) {
        inbound.play(game);
    }

    void requireNew() {
        lock.lock();
        try {
            if (thread != null || closing) {
                throw new IllegalStateException("this connection was " + (closing ? "closed" : "opened") + " already");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Starts, and waits until the room has been joined; when it is not, nothing is left. */
    RoomJoined open() {
        lock.lock();
        try {
            requireNew();
            sockets.opening(owner);
            status = ConnectionStatus.CONNECTING;
            thread = Thread.ofVirtual().name("ludo-room").start(this::run);
        } finally {
            lock.unlock();
        }
        try {
            return joined.get(); // the patience of the connector and of the join bounds it
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            beginClose();
            endTheHardWay();
            throw new CommandTimeoutException(entrance.type(), "was not waited for: interrupted", e);
        }
    }

    private void run() {
        Attempt last;
        try {
            last = stay();
        } catch (Throwable e) { // also an Error must leave nobody waiting
            RuntimeException failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
            last = Attempt.wanted(Drop.failed(e), failure);
        }
        live = null;
        status = ConnectionStatus.CLOSED;
        answers.dropped(last.drop());
        answers.ended();
        if (joined.isDone()) {
            mailbox.end(Closed.of(last.drop()));
        } else {
            mailbox.abandon();
        }
        visits.forEach(Visit::awaitGone);
        sockets.ended(owner);
        ended.countDown();
        joined.completeExceptionally(last.failure());
    }

    /** Comes back as long as it may; gives what came of the last attempt. */
    private Attempt stay() {
        Attempt attempt = attempt();
        int failures = 0;
        while (joined.isDone() && attempt.mayComeBack()) {
            failures = attempt.useful() ? 0 : failures;
            if (!sockets.reconnects().allows(failures)) {
                return failures == 0 ? attempt : attempt.lastOf(failures);
            }
            Duration wait = sockets.backoff().delay(failures, attempt.hint());
            failures++;
            status = ConnectionStatus.WAITING;
            mailbox.putNow(new Reconnecting(failures, wait, attempt.drop()));
            if (!sleep(wait)) {
                return closed();
            }
            status = ConnectionStatus.CONNECTING;
            attempt = attempt();
        }
        return attempt;
    }

    private boolean sleep(Duration wait) {
        if (isClosing()) {
            return false;
        }
        try {
            sockets.sleeper().sleep(wait);
            return !isClosing();
        } catch (InterruptedException e) {
            return false; // only closing interrupts
        }
    }

    private Attempt closed() {
        return Attempt.wanted(
                Drop.wanted("", Drop.By.CLIENT),
                new CommandNotSentException(entrance.type(), "was not sent: the connection was closed"));
    }

    private Attempt attempt() {
        Visit made;
        try {
            made = adopt(sockets.connect(entrance.roomCode()));
        } catch (RuntimeException e) {
            return isClosing() ? closed() : Attempt.notConnected(e);
        }
        if (made == null) {
            return closed();
        }
        visits.removeIf(Visit::isGone);
        made.begin();
        visits.add(made);
        LegEnd end = made.awaitEnd();
        release();
        Attempt attempt = isClosing() && inbound.announcedEnd().isEmpty() ? closed() : made.judge(end);
        answers.dropped(attempt.drop());
        return attempt;
    }

    private @Nullable Visit adopt(Line line) {
        Visit made = new Visit(line, sockets, entrance.type(), inbound);
        lock.lock();
        try {
            if (!closing) {
                visit = made;
                return made;
            }
        } finally {
            lock.unlock();
        }
        line.cut().run();
        return null;
    }

    private void release() {
        live = null;
        lock.lock();
        try {
            visit = null;
        } finally {
            lock.unlock();
        }
    }

    /** The room has been joined over the present socket. */
    private void isIn(RoomJoined event) {
        lock.lock();
        try {
            if (visit != null) {
                visit.joined();
                live = visit.leg();
            }
        } finally {
            lock.unlock();
        }
        status = ConnectionStatus.JOINED;
        if (joined.complete(event)) {
            onFirstJoin.run();
        }
    }

    /** What commands go over at present; null while the room is not joined. */
    @Nullable
    SocketLeg live() {
        return live;
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Closes because the application says so, without waiting. */
    void beginClose() {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            closing = true;
            closeDue = System.nanoTime() + sockets.limits().closeWithin().toNanos();
            mailbox.discard();
            if (visit != null) {
                visit.leg().close(CloseCode.NORMAL.number(), "");
            } else if (thread != null) {
                thread.interrupt(); // it is connecting or waiting
            } else {
                status = ConnectionStatus.CLOSED;
                mailbox.abandon();
                ended.countDown();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the thread has ended, or is overdue; then ends it the hard way. */
    boolean awaitEnd() throws InterruptedException {
        boolean inTime = ended.await(leftToClose(), TimeUnit.NANOSECONDS);
        if (!inTime) {
            endTheHardWay();
        }
        return inTime;
    }

    /** How long closing may still take. */
    long leftToClose() {
        return closeDue - System.nanoTime();
    }

    void endTheHardWay() {
        lock.lock();
        try {
            if (visit != null) {
                visit.leg().cut(CloseCode.ABNORMAL.number(), "the closing handshake was not completed in time");
            }
            visits.forEach(Visit::endNow);
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
