package dev.ludo.testkit;

import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent by one socket, a bounded number of frames, and the one thread that sends it. Whoever puts
 * something in never waits for the peer; a peer that takes too little is closed with 4410.
 */
final class Outbox {
    private static final Logger LOG = System.getLogger(Outbox.class.getName());

    /** The connection beneath. */
    interface Line {
        /** Sends a frame of an outbox; waits until the network has taken it. */
        void send(OutFrame frame, Outbox from) throws InterruptedException;

        /** Sends the close, after which nothing comes. */
        void sendLast(byte[] close);

        /** Ends the connection at once, whoever is using it. */
        void cut();
    }

    private final Line line;
    private final int capacity;
    private final Duration linger;
    private final Dialect dialect;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<OutFrame> waiting = new ArrayDeque<>();
    private final List<OutFrame> held = new ArrayList<>();
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private Optional<byte[]> close = Optional.empty();
    private boolean holding;

    Outbox(Line line, FakeLimits limits, Dialect dialect) {
        this.line = line;
        this.capacity = limits.socketBuffer();
        this.linger = limits.linger();
        this.dialect = dialect;
    }

    /** Sends something to this client alone, if it is spoken of at all. */
    void tell(RoomEvent event) {
        if (!dialect.speaksOf(event)) {
            return;
        }
        RoomMessage message = new RoomMessage(event, Optional.empty(), Optional.empty());
        send(OutFrame.answer(event.type(), () -> Frames.text(dialect.write(message))));
    }

    /** Sends a frame, unless the end has begun. */
    void send(OutFrame frame) {
        lock.lock();
        try {
            if (close.isPresent()) {
                return;
            }
            if (waiting.size() + held.size() >= capacity) {
                waiting.clear();
                held.clear();
                end(CloseCode.TOO_SLOW, "more than " + capacity + " messages wait to be read");
                return;
            }
            (holding ? held : waiting).add(frame);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the socket, once all that waits has been sent. The first close counts. */
    void end(CloseCode code, String reason) {
        end(Frames.close(code.number(), reason));
    }

    /** Closes the socket with a frame that is ready. */
    void end(byte[] closeFrame) {
        lock.lock();
        try {
            if (close.isEmpty()) {
                close = Optional.of(closeFrame);
                changed.signalAll();
                Thread.ofVirtual().name("ludo-fake-socket-end").start(this::cutWhenLate);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the socket with a frame that is ready, at once: what waits is never sent. */
    void endNow(byte[] closeFrame) {
        lock.lock();
        try {
            waiting.clear();
            held.clear();
            end(closeFrame);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what is put in from now on apart, and the close too; none of it is sent until it is released. */
    void hold() {
        lock.lock();
        try {
            holding = true;
        } finally {
            lock.unlock();
        }
    }

    /** Changes what is kept apart. */
    void editHeld(Consumer<List<OutFrame>> edit) {
        lock.lock();
        try {
            edit.accept(held);
        } finally {
            lock.unlock();
        }
    }

    /** Sends what was kept apart. */
    void release() {
        lock.lock();
        try {
            holding = false;
            waiting.addAll(held);
            held.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits in real time, but not beyond the socket's end. */
    void pause(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && close.isEmpty() && !isOver()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void cutWhenLate() {
        try {
            if (!over.await(linger.toMillis(), TimeUnit.MILLISECONDS)) {
                line.cut();
            }
        } catch (InterruptedException e) {
            line.cut();
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the close is sent, or waits to be; whatever the peer says then, nobody listens. */
    boolean isEnding() {
        lock.lock();
        try {
            return close.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what comes until the close is sent or the line is broken. */
    void run() {
        boolean whole = false;
        try {
            boolean more = true;
            while (more) {
                more = sendNext();
            }
            whole = true;
        } catch (CloseConnectionException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "the peer of a socket has gone, which its reader sees too", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            written.countDown();
            if (!whole) {
                line.cut();
            }
        }
    }

    /** Sends one frame, and says whether more may follow. */
    private boolean sendNext() throws InterruptedException {
        @Nullable OutFrame frame;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && (close.isEmpty() || holding) && !isOver()) {
                changed.await();
            }
            if (isOver()) {
                return false;
            }
            frame = waiting.poll();
        } finally {
            lock.unlock();
        }
        if (frame == null) {
            line.sendLast(close.orElseThrow());
            return false;
        }
        line.send(frame, this);
        return true;
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }

    /** Waits until the close is sent, as long as a peer may take for it. */
    void awaitSent() throws InterruptedException {
        if (!written.await(linger.toMillis(), TimeUnit.MILLISECONDS)) {
            line.cut();
        }
    }

    /** The connection has ended: nothing is sent any more. */
    void abandon() {
        lock.lock();
        try {
            over.countDown();
            waiting.clear();
            held.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection at once. */
    void cut() {
        line.cut();
    }
}
