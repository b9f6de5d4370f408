package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.error.Failure;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.json.CommandCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is done with one socket: the room is joined over it, which may take its time but not too long, and read until it ends. */
final class Visit {
    private final RoomSockets sockets;
    private final String entry;
    private final Inbound inbound;
    private final LegRun run;
    private final SocketLeg leg;
    private final CountDownLatch joinAnswered = new CountDownLatch(1);
    private volatile boolean joinIsLate;

    Visit(Line line, RoomSockets sockets, String entry, Inbound inbound) {
        this.sockets = sockets;
        this.entry = entry;
        this.inbound = inbound;
        this.run = new LegRun(inbound);
        this.leg = new SocketLeg(Role.CLIENT, line, sockets.limits(), sockets.nanoTime(), run);
    }

    SocketLeg leg() {
        return leg;
    }

    /** Asks to be taken into the room, and starts to read. */
    void begin() {
        Thread.ofVirtual().name("ludo-room-join").start(this::watchJoin);
        byte[] command = CommandCodec.write(inbound.begin(leg)).getBytes(StandardCharsets.UTF_8);
        if (leg.send(command) != SendResult.SENT) {
            leg.cut(CloseCode.ABNORMAL.number(), "the connection was lost before the join");
        }
        run.start(leg, sockets.watch());
    }

    private void watchJoin() {
        long patience = sockets.commandTimeout().toNanos();
        long silence = Math.min(patience, sockets.joinSilence().toNanos());
        try {
            if (joinAnswered.await(silence, TimeUnit.NANOSECONDS)) {
                return;
            }
            if (silence < patience) {
                inbound.isSilent(leg);
                leg.ping();
            }
            if (!joinAnswered.await(patience - silence, TimeUnit.NANOSECONDS)) {
                joinIsLate = true;
                leg.cut(CloseCode.ABNORMAL.number(), "the join was not answered in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    /** The room has been joined. */
    void joined() {
        joinAnswered.countDown();
    }

    /** Waits until it is known how the socket ends, and nothing of it is taken any more. */
    LegEnd awaitEnd() {
        LegEnd end = run.awaitEnd();
        joinAnswered.countDown();
        return end;
    }

    /** What came of it, if the connection is to go on. */
    Attempt judge(LegEnd end) {
        if (inbound.announcedEnd().isPresent()) {
            Drop.By by = end.by() == LegEnd.By.US ? Drop.By.CLIENT : Drop.By.API;
            return Attempt.ended(Drop.wanted(inbound.announcedEnd().get(), by), true, entry);
        }
        if (inbound.refusal().isPresent()) {
            RoomEvent.Refused no = inbound.refusal().get();
            return Attempt.refused(new CommandRejectedException(
                    entry, new Failure(no.message(), no.code(), List.of(), no.requestId())));
        }
        if (joinIsLate && !inbound.isJoined()) {
            return Attempt.late(new CommandTimeoutException(
                    entry, "was not answered within " + sockets.commandTimeout().toMillis() + " ms", null));
        }
        return Attempt.ended(Drop.of(end), inbound.isUseful(), entry);
    }

    boolean isGone() {
        return run.isGone();
    }

    /** Waits until nothing of the socket is left. */
    void awaitGone() {
        run.awaitGone();
    }

    /** Ends the socket if it is not gone. */
    void endNow() {
        run.endNow();
    }
}
