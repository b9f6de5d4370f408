package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.json.CommandCodec;
import dev.ludo.core.model.RoomCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The socket of a room's connection: its thread, its leg, its end. */
final class Link {
    private final RoomConnection owner;
    private final RoomSockets sockets;
    private final RoomCode roomCode;
    private final Answers answers;
    private final Delivery delivery;
    private final Handlers handlers;
    private final Inbound inbound;

    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread reader;
    private volatile @Nullable SocketLeg leg;
    private boolean opened;
    private boolean closing;
    private long closeDue;

    Link(
            RoomConnection owner,
            RoomSockets sockets,
            RoomCode roomCode,
            Answers answers,
            Delivery delivery,
            Handlers handlers) {
        this.owner = owner;
        this.sockets = sockets;
        this.roomCode = roomCode;
        this.answers = answers;
        this.delivery = delivery;
        this.handlers = handlers;
        this.inbound = new Inbound(answers, delivery, handlers, this::close);
    }

    void requireNew() {
        lock.lock();
        try {
            if (opened || closing) {
                throw new IllegalStateException("this connection was " + (closing ? "closed" : "opened") + " already");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Connects, and begins to read on a thread of its own. */
    void connect(RoomCommand entry) {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        lock.lock();
        try {
            requireNew();
            sockets.opening(owner);
            opened = true;
            reader = Thread.ofVirtual().name("ludo-room-reader").start(() -> run(connected));
        } finally {
            lock.unlock();
        }
        try {
            connected.join(); // the connector's patience bounds it
        } catch (CompletionException e) {
            if (isClosing()) {
                throw new CommandNotSentException(entry.type(), "was not sent: the connection was closed");
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run(CompletableFuture<Void> connected) {
        try {
            SocketLeg made = adopt(sockets.connect(roomCode));
            connected.complete(null);
            finish(read(made));
        } catch (Throwable e) { // also an Error must not leave open() waiting
            connected.completeExceptionally(e);
        } finally {
            sockets.ended(owner);
            ended.countDown();
        }
    }

    private LegEnd read(SocketLeg made) {
        try {
            return sockets.watch().run(made);
        } catch (Throwable e) { // nor an Error those who wait for answers and for the end
            return new LegEnd(
                    CloseCode.ABNORMAL.number(), "the connection failed: " + e, LegEnd.By.NOBODY, Optional.of(e));
        }
    }

    private SocketLeg adopt(Line line) {
        SocketLeg made = new SocketLeg(Role.CLIENT, line, sockets.limits(), System::nanoTime, inbound::accept);
        lock.lock();
        try {
            if (closing) {
                line.cut().run();
                throw new IllegalStateException("the connection was closed");
            }
            leg = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    private void finish(LegEnd end) {
        Closed notice = inbound.announcedEnd()
                .map(reason -> Closed.asAnnounced(reason, end))
                .orElseGet(() -> Closed.of(end));
        answers.gone(notice);
        delivery.end(() -> handlers.closed(notice));
    }

    /** Sends a command, or says why it was not sent. */
    void send(RoomCommand command) {
        SocketLeg current = leg;
        SendResult result = current == null
                ? SendResult.CLOSED
                : current.send(CommandCodec.write(command).getBytes(StandardCharsets.UTF_8));
        switch (result) {
            case SENT -> {}
            case FULL ->
                throw new CommandNotSentException(command.type(), "was not sent: too much waits to be sent already");
            case CLOSED ->
                throw new CommandNotSentException(command.type(), "was not sent: the connection is not open");
        }
    }

    /** Closes for a reason that lies in what was read. What waits is delivered all the same. */
    private void close(CloseCode code, String reason) {
        SocketLeg current = leg;
        if (current != null) {
            current.close(code.number(), reason);
        }
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
            delivery.discard();
            if (leg != null) {
                close(CloseCode.NORMAL, "");
            } else if (reader != null) {
                reader.interrupt(); // it is connecting
            } else {
                ended.countDown();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything has ended, or is overdue; then ends it the hard way. */
    void awaitEnd() {
        try {
            if (!ended.await(closeDue - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                cut();
            }
            if (!delivery.isThisThread() && !delivery.awaitEnd(closeDue - System.nanoTime())) {
                delivery.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        }
    }

    /** Closes after a failure to join; a peer that did not answer is not waited for again. */
    void abandon(boolean peerIsSilent) {
        beginClose();
        if (peerIsSilent) {
            cut();
        }
        awaitEnd();
    }

    private void cut() {
        SocketLeg current = leg;
        if (current != null) {
            current.cut(CloseCode.ABNORMAL.number(), "the closing handshake was not completed in time");
        }
    }
}
