package dev.ludo.client.frame;

import dev.ludo.client.frame.LegEnd.By;
import io.helidon.common.buffers.DataReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of a WebSocket connection, in either role: text messages as bytes, in order.
 *
 * <p>{@link #run} reads until the connection has ended, whatever ended it, and its return is the one sign of that: it comes
 * once, always, after the last message, and everything has been let go of then. Messages are given to the handler on the
 * thread that runs it, one at a time; while the handler works nothing is read, and the peer feels that as backpressure.
 *
 * <p>The leg answers pings and closes, and holds the peer to RFC 6455: what breaks it is closed with 1002, invalid
 * UTF-8 with 1007, messages over the limit with 1009. A {@link LegWatch} pings, and ends what is overdue.
 *
 * <p>{@link #send} and {@link #close} may be called from any thread at any time.
 */
public final class SocketLeg {
    private static final byte[] PING = "ludo".getBytes(StandardCharsets.US_ASCII);

    private final Role role;
    private final Line line;
    private final LegLimits limits;
    private final LongSupplier nanoTime;
    private final Receiver receiver;
    private final Liveness liveness;
    private final FrameReader in;
    private final Outbound out;
    private final AtomicReference<@Nullable LegEnd> end = new AtomicReference<>();

    /** Whether anything was given since the last pause; the reader's own. */
    private boolean given;

    private volatile boolean closing;
    private volatile long closeDue;
    private volatile @Nullable Expectation expectation;

    private record Expectation(long due, int code, String reason) {}

    /** Takes what a leg reads, on the thread that runs the leg, one message after the other. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes a text.
         *
         * @param utf8 the message, valid UTF-8, in an array of its own
         */
        void text(byte[] utf8);

        /**
         * Takes what is no text. Unless it is overridden, that ends the connection with 1003.
         *
         * @param bytes the message, in an array of its own
         */
        default void binary(byte[] bytes) {
            throw new ProtocolViolation(1003, "only text is taken here");
        }

        /** Is told that the peer has answered a ping. Nothing unless it is overridden. */
        default void pong() {}

        /**
         * Is told after a message or several that all that has come so far was given, before the leg waits for more or ends:
         * what was gathered is to be passed on now. While it works nothing is read. Nothing unless it is overridden.
         */
        default void pausing() {}

        /**
         * Is told how the connection ends, once, as soon as that is settled: {@link SocketLeg#run} returns the same, but
         * not before the closing handshake is over, for which a peer may take its time. Called on whichever thread settles it, and must
         * not block. Nothing unless it is overridden.
         *
         * @param end how it ends
         */
        default void ending(LegEnd end) {}
    }

    /**
     * Takes over an upgraded connection. Nothing is read before {@link #run}.
     *
     * @param role which end this is
     * @param line the connection
     * @param limits how patient it is
     * @param nanoTime the clock that patience is measured by
     * @param receiver takes the messages
     */
    public SocketLeg(Role role, Line line, LegLimits limits, LongSupplier nanoTime, Receiver receiver) {
        this.role = role;
        this.line = line;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.receiver = receiver;
        this.liveness = new Liveness(limits, nanoTime);
        this.in = new FrameReader(line.reader(), role, limits.maxMessage(), this::pause);
        this.out = new Outbound(line.writer(), limits, nanoTime, line.cut());
    }

    /**
     * Reads until the connection has ended. To be called once.
     *
     * @return how it ended
     */
    public LegEnd run() {
        LegEnd seen;
        try {
            seen = read();
        } catch (ProtocolViolation e) {
            seen = new LegEnd(e.code(), e.reason(), By.US, Optional.of(e));
            leaveWith(seen);
        } catch (DataReader.InsufficientDataAvailableException e) {
            seen = LegEnd.lost("the connection ended without a close", e);
        } catch (RuntimeException e) {
            seen = LegEnd.lost("the connection was lost: " + e.getMessage(), e);
        } finally {
            out.stop();
            line.cut().run();
        }
        settle(seen);
        LegEnd first = end.get();
        return first == null ? seen : first;
    }

    private void settle(LegEnd seen) {
        if (end.compareAndSet(null, seen)) {
            receiver.ending(seen);
        }
    }

    private LegEnd read() {
        ClosePayload close;
        try {
            close = readUntilClose();
        } finally {
            pause();
        }
        return closed(close);
    }

    private ClosePayload readUntilClose() {
        MessageAssembly assembly = new MessageAssembly(limits.maxMessage());
        while (true) {
            in.next();
            liveness.heard();
            switch (in.opcode()) {
                case Opcode.PING -> out.post(Frames.frame(role, Opcode.PONG, in.payload()));
                case Opcode.PONG -> handle(Opcode.PONG, in.payload());
                case Opcode.CLOSE -> {
                    return ClosePayload.read(in.payload());
                }
                default -> {
                    byte[] message = assembly.add(in.opcode(), in.fin(), in.payload());
                    if (message != null) {
                        handle(assembly.isBinary() ? Opcode.BINARY : Opcode.TEXT, message);
                    }
                }
            }
        }
    }

    private void pause() {
        if (given) {
            given = false;
            handle(receiver::pausing);
        }
    }

    private void handle(int opcode, byte[] payload) {
        if (!closing) {
            given = true;
            handle(() -> {
                switch (opcode) {
                    case Opcode.TEXT -> receiver.text(payload);
                    case Opcode.BINARY -> receiver.binary(payload);
                    default -> receiver.pong();
                }
            });
        }
    }

    private void handle(Runnable call) {
        liveness.beginHandling();
        try {
            call.run();
        } catch (ProtocolViolation e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ProtocolViolation(1011, "internal error");
        } finally {
            liveness.endHandling();
        }
    }

    private LegEnd closed(ClosePayload close) {
        closeDue = nanoTime.getAsLong() + limits.closeWithin().toNanos();
        closing = true;
        out.postLast(frame(close.answer()), () -> {});
        LegEnd seen = new LegEnd(close.code(), close.reason(), By.PEER, Optional.empty());
        settle(seen); // whatever the peer does from here on
        out.awaitIdle();
        if (role == Role.CLIENT) {
            in.discard(); // the server closes the connection (RFC 6455, section 7.1.1)
        }
        return seen;
    }

    private byte[] frame(ClosePayload close) {
        return Frames.frame(role, Opcode.CLOSE, close.bytes());
    }

    private void leaveWith(LegEnd seen) {
        closeDue = nanoTime.getAsLong() + limits.closeWithin().toNanos();
        closing = true;
        boolean told = out.postLast(frame(new ClosePayload(seen.code(), seen.reason())), () -> {});
        settle(seen);
        if (told) {
            out.awaitIdle();
            in.discard();
        }
    }

    /**
     * Closes the connection unless what is expected comes in time, which {@link #met} tells.
     *
     * @param within from now on
     * @param code what to close with
     * @param reason what to close with
     */
    public void expect(Duration within, int code, String reason) {
        expectation = new Expectation(nanoTime.getAsLong() + within.toNanos(), code, reason);
    }

    /** What was expected has come. Does nothing if that is nothing. */
    public void met() {
        expectation = null;
    }

    /**
     * Has {@link #send} leave writing to a thread of the leg's own, so that who sends does not wait for a peer that does not
     * read: at most until that is noticed, while the queue is full. What was sent may then be lost, and only {@link #run} tells.
     * To be called before {@link #run}.
     */
    public void writeElsewhere() {
        out.handOver();
    }

    /**
     * Sends a text message.
     *
     * @param utf8 the text; the array is not kept
     * @return what became of it
     * @throws IllegalArgumentException if it is larger than the limit
     */
    public SendResult send(byte[] utf8) {
        if (utf8.length > limits.maxMessage()) {
            throw new IllegalArgumentException(
                    "a message may have " + limits.maxMessage() + " bytes, not " + utf8.length);
        }
        return out.send(Frames.frame(role, Opcode.TEXT, utf8));
    }

    /**
     * Makes the frame of a text message as a server sends it. It is the same for every peer, so that it may be made once and
     * given to {@link #postFrames} of any number of legs.
     *
     * @param utf8 the text; the array is not kept
     * @return the frame's bytes
     */
    public static byte[] serverFrame(byte[] utf8) {
        return Frames.frame(Role.SERVER, Opcode.TEXT, utf8);
    }

    /**
     * Sends frames that are made already, as one write and on another thread: unlike {@link #send} it never waits for the
     * peer.
     *
     * @param frames whole frames, one after the other, which are not copied
     * @return what became of them
     */
    public SendResult postFrames(byte[] frames) {
        return out.sendElsewhere(frames);
    }

    /**
     * Sends a text message on another thread: unlike {@link #send} it never waits for the peer.
     *
     * @param utf8 the text; the array is not kept
     * @return what became of it
     */
    public SendResult post(byte[] utf8) {
        return out.sendElsewhere(Frames.frame(role, Opcode.TEXT, utf8));
    }

    /** Pings the peer now, not only when it is time; {@link Receiver#pong} is told of its answer. Does not wait. */
    public void ping() {
        liveness.pinging();
        out.post(Frames.frame(role, Opcode.PING, PING));
    }

    /**
     * Closes the connection: what was sent before still goes out, then the close, and {@link #run} returns when the peer has
     * answered, or is overdue with that. Does nothing if the connection is closing already. Does not wait.
     *
     * @param code 1000 to 4999, or 1005 for none
     * @param reason why; cut to 123 bytes
     */
    public void close(int code, String reason) {
        close(code, reason, out::postLast);
    }

    /**
     * As {@link #close}, but what still waits to be sent is forgotten: for a peer that does not read.
     *
     * @param code 1000 to 4999, or 1005 for none
     * @param reason why; cut to 123 bytes
     */
    public void giveUp(int code, String reason) {
        close(code, reason, out::postOnly);
    }

    // What it ends with is settled before the peer can answer, or the answer could count as the peer's own close.
    private void close(int code, String reason, BiPredicate<byte[], Runnable> tell) {
        LegEnd ours = new LegEnd(code, reason, By.US, Optional.empty());
        AtomicBoolean settled = new AtomicBoolean();
        byte[] frame = frame(new ClosePayload(code, reason));
        if (tell.test(frame, () -> settled.set(end.compareAndSet(null, ours)))) {
            closeDue = nanoTime.getAsLong() + limits.closeWithin().toNanos();
            closing = true;
            if (settled.get()) {
                receiver.ending(ours);
            }
        }
    }

    /**
     * Ends the connection at once, without a close.
     *
     * @param code what {@link #run} is to tell
     * @param reason what {@link #run} is to tell
     */
    public void cut(int code, String reason) {
        settle(new LegEnd(code, reason, By.US, Optional.empty()));
        out.stop();
        line.cut().run();
    }

    /**
     * How many messages have waited at once for the peer to read what was sent before.
     *
     * @return the most there ever were
     */
    public int queueHighWater() {
        return out.highWater();
    }

    boolean isWriting() {
        return out.isWriting();
    }

    /** Pings when it is time, and ends the connection when something is overdue. Does not block. */
    void tick() {
        long now = nanoTime.getAsLong();
        out.noticeSlow(now);
        Expectation expected = expectation;
        if (expected != null && now - expected.due() > 0) {
            close(expected.code(), expected.reason());
        }
        if (closing) {
            if (now - closeDue > 0) {
                cut(1006, "the closing handshake was not completed in time");
            }
        } else if (out.isStuck(now)) {
            giveUp(4410, "reads too slowly"); // which reaches a peer that reads on within the closing handshake's time
        } else if (liveness.isSilent(now)) {
            cut(1006, "nothing was heard after a ping");
        } else if (liveness.isPingDue(now)) {
            ping();
        }
    }
}
