package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegEnd.By;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.cache.Touched;
import dev.ludo.server.realtime.EndedSession.EndedBy;
import dev.ludo.server.realtime.SocketMeter.Direction;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket and the API's, joined: what comes in on one side goes out on the other as bytes and in order, and what
 * ends one side for good ends the other with its code. Who only watches has a seat in the gallery instead of a connection to
 * the API. {@link #handle} returns when nothing is left of either side.
 */
final class RelaySession implements ServerConnection, Guest {
    private static final Duration JOIN_WITHIN = Duration.ofSeconds(10);

    /**
     * What a session is to know.
     *
     * @param requestId the id of its handshake
     * @param room the room
     * @param messageLimit how many messages a client may send in 20 seconds, 0 for any number
     * @param resumes whether the API's side is made anew when it is lost
     * @param gallery where rooms are watched from
     * @param news told of each message from the room
     * @param unknown told that there is no such room
     * @param whenOver run when nothing is left
     */
    record Terms(
            String requestId,
            RoomCode room,
            int messageLimit,
            boolean resumes,
            Gallery gallery,
            RoomNews news,
            Runnable unknown,
            Runnable whenOver) {}

    private final Terms terms;
    private final Engine engine;
    private final Sessions sessions;
    private final ClientMessages messages;
    private final SocketLeg client;
    private final @Nullable Line firstLine;
    private final RoomSide upstream;
    private final Count up = new Count();
    private final Count down = new Count();
    private final long begun;
    private volatile boolean endedByApi;
    private volatile boolean unknownRoom;

    /**
     * Joins a client to its room.
     *
     * @param terms what it is to know
     * @param clientLine the client's connection
     * @param upstreamLine a connection to the API; none if it is made only for who joins
     * @param dial makes further ones
     * @param engine what it runs on
     * @param sessions counts it
     */
    RelaySession(
            Terms terms, Line clientLine, @Nullable Line upstreamLine, Dial dial, Engine engine, Sessions sessions) {
        this.terms = terms;
        this.engine = engine;
        this.sessions = sessions;
        this.messages = new ClientMessages(terms.room(), terms.messageLimit());
        this.client = new SocketLeg(Role.SERVER, clientLine, engine.limits(), engine.nanoTime(), new FromClient());
        this.firstLine = upstreamLine;
        ToClient toClient = new ToClient();
        this.upstream = new RoomSide(terms.room(), terms.gallery(), toClient, engine, dial, toClient, terms.resumes());
        this.begun = now();
    }

    private long now() {
        return engine.nanoTime().getAsLong();
    }

    @Override
    public void handle(Limit limit) {
        try {
            client.writeElsewhere();
            client.expect(JOIN_WITHIN, 4408, "nobody joined within 10 s");
            if (firstLine != null) {
                upstream.start(firstLine);
            }
            sessions.started(this);
            LegEnd end = engine.watch().run(client);
            upstream.awaitGone();
            if (unknownRoom) {
                terms.unknown().run();
            }
            engine.ended().accept(ended(end));
        } finally {
            sessions.ended(this);
            terms.whenOver().run();
        }
    }

    private EndedSession ended(LegEnd end) {
        LegEnd upstreamEnd = upstream.lastEnd();
        return new EndedSession(
                terms.requestId(),
                terms.room(),
                socketKind(),
                Duration.ofNanos(now() - begun),
                up.traffic(),
                down.traffic(),
                upstream.comebacks(),
                client.queueHighWater(),
                end.by() == By.US ? (endedByApi ? EndedBy.API : EndedBy.PROXY) : EndedBy.CLIENT,
                end.code(),
                end.reason(),
                upstreamEnd.code(),
                upstreamEnd.reason());
    }

    @Override
    public SocketKind socketKind() {
        return messages.kind();
    }

    @Override
    public int queueHighWater() {
        return client.queueHighWater();
    }

    /** What the client sends goes to the API, and the API hears at once how the client's side ends. */
    private final class FromClient implements SocketLeg.Receiver {
        @Override
        public void text(byte[] message) {
            long readAt = now();
            try {
                byte[] passed = messages.pass(message, readAt);
                if (messages.isEntry()) {
                    client.met();
                    sent(message, readAt, upstream.enter(messages.kind(), passed, messages.place()));
                } else if (upstream.isWatching()) {
                    up.add(1, message.length);
                    answer(message);
                } else {
                    sent(message, readAt, upstream.send(passed));
                }
            } catch (ClientMessages.Refused e) {
                client.close(e.code(), String.valueOf(e.getMessage()));
            }
        }

        private void sent(byte[] message, long readAt, SendResult result) {
            switch (result) {
                case SENT -> {
                    up.add(1, message.length);
                    engine.meter().passed(Direction.UP, message.length, now() - readAt);
                }
                case FULL -> client.close(1013, "the API reads too slowly");
                case CLOSED -> tell(ClientMessages.unavailable(message));
            }
        }

        private void answer(byte[] message) {
            String id = ClientMessages.requestId(message);
            switch (messages.said()) {
                case PING -> tell(ProxyMessages.pong(id));
                case SYNC -> upstream.askForState();
                case LEAVE -> {
                    tell(ProxyMessages.left());
                    client.close(1000, "left");
                }
                case COMMAND -> tell(ProxyMessages.error("FORBIDDEN", "Who only watches cannot play.", id));
                case OTHER -> tell(ProxyMessages.error("VALIDATION_FAILED", "There is no such command.", id));
            }
        }

        @Override
        public void ending(LegEnd end) {
            // A connection that was lost cannot be told as such: 1006 never stands on the wire.
            if (end.by() == By.NOBODY || end.code() == 1006) {
                upstream.close(1001, "the client went away");
            } else {
                upstream.close(end.code(), end.reason());
            }
        }
    }

    /** What the API sends goes to the client, who hears at once when that is over. */
    private final class ToClient implements UpstreamSide.Client, Gallery.Viewer {
        @Override
        public void pass(byte[] message, long readAt, Touched touched) {
            // First, so that whoever reads because of the message reads what is new.
            terms.news().heard(terms.room(), touched);
            down.add(1, message.length);
            RelaySession.this.tell(message);
            engine.meter().passed(Direction.DOWN, message.length, now() - readAt);
        }

        @Override
        public void tell(byte[] message) {
            RelaySession.this.tell(message);
        }

        @Override
        public void missed() {
            terms.news().heard(terms.room(), Touched.RATINGS); // whatever it was
        }

        @Override
        public void refuse(byte[] message) {
            RelaySession.this.tell(ClientMessages.unavailable(message));
        }

        @Override
        public boolean show(byte[] frames, int count) {
            down.add(count, frames.length);
            return client.postFrames(frames) != SendResult.FULL;
        }

        @Override
        public void cut() {
            client.giveUp(4410, "reads too slowly");
        }

        @Override
        public void close(int code, String reason) {
            endedByApi = true;
            if (code == CloseCode.NO_SUCH_ROOM.number()) {
                unknownRoom = true;
            }
            client.close(code, reason);
        }
    }

    private void tell(byte[] message) {
        if (client.send(message) == SendResult.FULL) {
            client.giveUp(4410, "reads too slowly");
        }
    }

    /** What went one way. Written by one thread at a time, which has ended before it is read. */
    private static final class Count {
        private long messages;
        private long bytes;

        void add(int count, int length) {
            messages += count;
            bytes += length;
        }

        EndedSession.Traffic traffic() {
            return new EndedSession.Traffic(messages, bytes);
        }
    }

    @Override
    public void drain() {
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
