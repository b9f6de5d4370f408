package dev.ludo.client.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The other end of a leg: sends any bytes, reads frames as text, and lets time pass. */
final class RawPeer implements AutoCloseable {
    private final AtomicLong now = new AtomicLong();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> steps = new LinkedBlockingQueue<>();
    private final Semaphore pongs = new Semaphore(0);
    private final List<LegEnd> endings = new CopyOnWriteArrayList<>();
    private LegWatch watch = LegWatch.manual();
    private @Nullable Loopback connection;
    private @Nullable SocketLeg leg;
    private CompletableFuture<LegEnd> end = new CompletableFuture<>();
    private volatile @Nullable RuntimeException failure;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private Role role = Role.CLIENT;
    private int lastMask;

    /** Starts a leg of this role, on a connection of its own. */
    void serve(Role legRole) {
        close();
        role = legRole;
        Loopback made = new Loopback(8192);
        connection = made;
        watch = LegWatch.manual();
        end = new CompletableFuture<>();
        SocketLeg running = new SocketLeg(role, made.line(), LegLimits.DEFAULT, now::get, new Receiver());
        leg = running;
        Thread.ofVirtual().start(() -> end.complete(watch.run(running)));
        while (watch.size() == 0) {
            Thread.onSpinWait();
        }
    }

    private final class Receiver implements SocketLeg.Receiver {
        @Override
        public void text(byte[] message) {
            RuntimeException e = failure;
            if (e != null) {
                throw e;
            }
            received.add(new String(message, UTF_8));
            steps.add(new String(message, UTF_8));
            try {
                held.await();
            } catch (InterruptedException interrupt) {
                throw new AssertionError(interrupt);
            }
        }

        @Override
        public void pausing() {
            steps.add("pause");
        }

        @Override
        public void pong() {
            pongs.release();
        }

        @Override
        public void ending(LegEnd told) {
            endings.add(told);
        }
    }

    SocketLeg leg() {
        return Objects.requireNonNull(leg);
    }

    /** Keeps the handler of messages at work until the latch is open. */
    void holdHandlerBy(CountDownLatch latch) {
        held = latch;
    }

    void failWith(RuntimeException e) {
        failure = e;
    }

    /** Lets time pass and the watch look. What was sent, either way, is dealt with first: it takes no time. */
    void pass(long millis) {
        awaitDealtWith();
        awaitWritten();
        passAtOnce(millis);
    }

    /** Waits until the leg has written what it was to write: that it can be read here already is not that. */
    void awaitWritten() {
        while (leg().isWriting()) {
            Thread.onSpinWait();
        }
    }

    /** Lets time pass and the watch look, whatever is going on. */
    void passAtOnce(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        watch.look();
    }

    /** Lets time pass until something has happened. A writer that still finds room gets stuck meanwhile. */
    void passUntil(BooleanSupplier happened, long millis) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!happened.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("it has not happened");
            }
            passAtOnce(millis);
            Thread.onSpinWait();
        }
    }

    boolean isRunning() {
        return !end.isDone();
    }

    LegEnd end() {
        try {
            return end.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the leg has not ended", e);
        }
    }

    /** Waits until the leg's receiver was told of a pong. */
    boolean awaitPong() throws InterruptedException {
        return pongs.tryAcquire(20, TimeUnit.SECONDS);
    }

    /** What the leg's receiver was told of the end, every time it was. */
    List<LegEnd> endings() {
        return List.copyOf(endings);
    }

    String received() {
        try {
            return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "no message came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What the leg's receiver was given next: a message, or a pause. */
    String step() {
        try {
            return Objects.requireNonNull(steps.poll(20, TimeUnit.SECONDS), "nothing was given");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<String> messages() {
        return List.copyOf(received);
    }

    void hex(String hex) {
        write(HexFormat.of().parseHex(hex));
    }

    /** Sends a frame, masked if the leg is a server. */
    void frame(int first, byte[] payload) {
        byte[] plain = Frames.frame(role == Role.SERVER ? Role.CLIENT : Role.SERVER, first & 0x0F, payload);
        plain[0] = (byte) first;
        write(plain);
    }

    void write(byte[] bytes) {
        connection().write(bytes);
    }

    /** Waits until the leg has dealt with all that was sent to it. */
    void awaitDealtWith() {
        connection().awaitDealtWith();
    }

    int lastMask() {
        return lastMask;
    }

    /** The next frame: its opcode, its code if it is a close, its text; or EOF. */
    String readFrame() {
        try {
            InputStream in = connection().in();
            int first = in.read();
            if (first < 0) {
                return "EOF";
            }
            int second = in.read();
            int length = second & 0x7F;
            if (length > 125) {
                byte[] more = in.readNBytes(length == 126 ? 2 : 8);
                length = length == 126
                        ? ByteBuffer.wrap(more).getShort() & 0xFFFF
                        : (int) ByteBuffer.wrap(more).getLong();
            }
            boolean masked = (second & 0x80) != 0;
            if (masked != (role == Role.CLIENT)) {
                throw new AssertionError("wrong masking of a " + role);
            }
            lastMask = masked ? ByteBuffer.wrap(in.readNBytes(4)).getInt() : 0;
            byte[] payload = in.readNBytes(length);
            byte[] key = ByteBuffer.allocate(4).putInt(lastMask).array();
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= key[i % 4];
            }
            return describe(first & 0x0F, payload);
        } catch (IOException e) {
            return "EOF";
        }
    }

    private static String describe(int opcode, byte[] payload) {
        String kind = Integer.toHexString(opcode).toUpperCase(java.util.Locale.ROOT) + ' ';
        if (opcode != 8) {
            return kind + new String(payload, UTF_8);
        }
        int code = payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        return kind
                + code
                + ' '
                + new String(payload, Math.min(2, payload.length), Math.max(0, payload.length - 2), UTF_8);
    }

    /** Ends the connection as a peer does that has said all. */
    void finish() {
        connection().finish();
    }

    /** Ends the connection with a reset. */
    void reset() {
        connection().reset();
    }

    private Loopback connection() {
        return Objects.requireNonNull(connection);
    }

    @Override
    public void close() {
        failure = null;
        if (connection != null) {
            connection.close();
        }
    }
}
