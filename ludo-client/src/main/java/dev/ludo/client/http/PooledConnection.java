package dev.ludo.client.http;

import dev.ludo.client.resilience.Deadline;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the pool. It reads and writes without timeouts of its own: the watchdog closes it when a read, a write or the
 * whole call takes too long. For one thread at a time.
 */
final class PooledConnection {
    private static final int BUFFER = 8 * 1024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final Watchdog.Guard guard;
    private final byte[] buffer = new byte[BUFFER];
    private final DataReader reader = new DataReader(this::receive);

    private long callEnds;
    private long readNanos;
    private long writeNanos;
    private boolean answered;
    private int calls;
    private long idleSince;

    PooledConnection(SocketChannel channel, Socket socket, Watchdog.Guard guard) throws IOException {
        this.channel = channel;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.guard = guard;
    }

    /** Begins a call. */
    void begin(Deadline until, Duration readTimeout, Duration writeTimeout) {
        // The deadline may run on another clock than the watchdog.
        callEnds = System.nanoTime() + until.remainingNanos();
        readNanos = readTimeout.toNanos();
        writeNanos = writeTimeout.toNanos();
        answered = false;
        calls++;
    }

    /** Whether it has carried a call before this one, so that the server may have closed it meanwhile. */
    boolean isReused() {
        return calls > 1;
    }

    /** Whether the answer to the call has begun to come in. */
    boolean isAnswered() {
        return answered;
    }

    /** Whether the watchdog closed it. */
    boolean isOverdue() {
        return guard.isOverdue();
    }

    /** Since when nobody uses it, by {@link System#nanoTime}. */
    long idleSince() {
        return idleSince;
    }

    void idleSince(long now) {
        idleSince = now;
    }

    /**
     * Whether it can be used again: the server has neither closed it nor sent anything that nobody asked for. Does not block.
     */
    boolean isUsable() {
        if (reader.available() > 0 || !channel.isOpen()) {
            return false;
        }
        try {
            channel.configureBlocking(false);
            try {
                // A byte would be lost here; but then the connection is given up anyway.
                return channel.read(ByteBuffer.allocate(1)) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes it for good. */
    void shut() {
        guard.close();
    }

    private long due(long timeout) {
        long at = System.nanoTime() + timeout;
        return at - callEnds < 0 ? at : callEnds;
    }

    // The next bytes that came; null at the end.
    private byte @Nullable [] receive() {
        try {
            guard.arm(due(readNanos));
            int count = in.read(buffer);
            guard.disarm();
            answered |= count > 0;
            return count < 0 ? null : Arrays.copyOf(buffer, count);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        if (!guard.isOverdue()) {
            return new UncheckedIOException(e);
        }
        SocketTimeoutException late = new SocketTimeoutException("it took too long");
        late.initCause(e);
        return new UncheckedIOException(late);
    }

    /** Sends bytes. */
    void write(byte[] bytes) {
        try {
            guard.arm(due(writeNanos));
            out.write(bytes);
            out.flush();
            guard.disarm();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Reads what comes. */
    DataReader reader() {
        return reader;
    }
}
