package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegEnd.By;
import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.model.RoomCode;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A client's socket and the API's, joined: what comes in on one side goes out on the other as bytes and in order, and when
 * one ends, by whatever, the other is ended with its code. {@link #handle} returns when both have ended.
 */
final class RelaySession implements ServerConnection {
    private static final System.Logger LOGGER = System.getLogger(RelaySession.class.getName());
    private static final Duration JOIN_WITHIN = Duration.ofSeconds(10);

    private final String requestId;
    private final RoomCode room;
    private final LongSupplier nanoTime;
    private final LegWatch watch;
    private final Runnable heard;
    private final ClientMessages messages;
    private final SocketLeg client;
    private final SocketLeg upstream;
    private final Runnable whenOver;
    private final Sessions sessions;
    private final AtomicLong fromClient = new AtomicLong();
    private final AtomicLong fromUpstream = new AtomicLong();
    private final long begun;

    RelaySession(
            String requestId,
            RoomCode room,
            int messageLimit,
            Line clientLine,
            Line upstreamLine,
            LegWatch watch,
            Runnable heard,
            LongSupplier nanoTime,
            Sessions sessions,
            Runnable whenOver) {
        this.requestId = requestId;
        this.room = room;
        this.nanoTime = nanoTime;
        this.watch = watch;
        this.heard = heard;
        this.sessions = sessions;
        this.whenOver = whenOver;
        this.messages = new ClientMessages(room, messageLimit);
        this.client = new SocketLeg(Role.SERVER, clientLine, LegLimits.DEFAULT, nanoTime, new FromClient());
        this.upstream = new SocketLeg(Role.CLIENT, upstreamLine, LegLimits.DEFAULT, nanoTime, new FromUpstream());
        this.begun = nanoTime.getAsLong();
    }

    @Override
    public void handle(Limit limit) {
        Thread other = Thread.ofVirtual().name("ludo-relay-upstream").unstarted(() -> watch.run(upstream));
        try {
            client.expectMessage(JOIN_WITHIN, 4408, "nobody joined within 10 s");
            sessions.started(this);
            other.start();
            LegEnd end = watch.run(client);
            join(other);
            LOGGER.log(
                    Level.INFO,
                    () -> "request " + requestId + ": the socket of room " + room + " ended with " + end.code()
                            + (end.reason().isEmpty() ? "" : " (" + end.reason() + ')') + " after "
                            + (nanoTime.getAsLong() - begun) / 1_000_000 + " ms, " + fromClient + " messages in, "
                            + fromUpstream + " out");
        } finally {
            sessions.ended(this);
            whenOver.run();
        }
    }

    private static void join(Thread other) {
        boolean interrupted = false;
        while (true) {
            try {
                other.join();
                break;
            } catch (InterruptedException e) {
                interrupted =
                        true; // the server stops; the other leg ends by itself within the closing handshake's time
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the client sends goes to the API, and the API hears at once how the client's side ends. */
    private final class FromClient implements SocketLeg.Receiver {
        @Override
        public void text(byte[] message) {
            fromClient.incrementAndGet();
            try {
                byte[] passed = messages.pass(message, nanoTime.getAsLong());
                if (upstream.send(passed) == SendResult.FULL) {
                    client.close(1013, "the API reads too slowly");
                }
            } catch (ClientMessages.Refused e) {
                client.close(e.code(), String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void ending(LegEnd end) {
            if (isLost(end)) {
                upstream.close(1001, "the client went away");
            } else {
                upstream.close(end.code(), end.reason());
            }
        }
    }

    /** What the API sends goes to the client, who hears at once how the API's side ends. */
    private final class FromUpstream implements SocketLeg.Receiver {
        @Override
        public void text(byte[] message) {
            heard.run(); // first, so that whoever reads because of the message reads what is new
            fromUpstream.incrementAndGet();
            if (client.send(message) == SendResult.FULL) {
                client.giveUp(4410, "reads too slowly");
            }
        }

        @Override
        public void ending(LegEnd end) {
            if (isLost(end)) {
                client.close(1013, "the connection to the API was lost");
            } else {
                client.close(end.code(), end.reason());
            }
        }
    }

    // A connection that was lost cannot be told as such: 1006 never stands on the wire.
    private static boolean isLost(LegEnd end) {
        return end.by() == By.NOBODY || end.code() == 1006;
    }

    /** Tells the client to go, because the server does. */
    void drain() {
        client.close(1001, "the proxy is shutting down");
    }

    @Override
    @SuppressWarnings("removal") // Helidon still declares it
    public void handle(Semaphore requestSemaphore) {
        throw new IllegalStateException("Helidon calls the other one");
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO; // a quiet socket is none that is idle; the legs' watch ends dead ones
    }

    @Override
    public void close(boolean interrupt) {
        drain();
    }
}
