package dev.ludo.client.http;

import dev.ludo.client.resilience.Deadline;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webclient.api.ClientConnection;
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

/**
 * A connection of the pool, as Helidon's client takes one. It reads and writes without timeouts of its own: the watchdog closes
 * it when a read, a write or the whole call takes too long.
 *
 * <p>Who borrowed it alone decides what becomes of it; that Helidon releases or closes it is not heeded. For one thread at a
 * time.
 */
public final class PooledConnection implements ClientConnection, HelidonSocket, DataWriter {
    private static final int BUFFER = 8 * 1024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final boolean secure;
    private final Watchdog.Guard guard;
    private final String id = "0x" + Integer.toHexString(System.identityHashCode(this));
    private final byte[] buffer = new byte[BUFFER];
    private final DataReader reader = new DataReader(this);

    private long callEnds;
    private long readNanos;
    private long writeNanos;
    private boolean answered;
    private int calls;
    private long idleSince;

    PooledConnection(SocketChannel channel, Socket socket, boolean secure, Watchdog.Guard guard) throws IOException {
        this.channel = channel;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.secure = secure;
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

    /**
     * Whether it has carried a call before this one, so that the server may have closed it meanwhile.
     *
     * @return whether this is not its first call
     */
    public boolean isReused() {
        return calls > 1;
    }

    /**
     * Whether the answer to the call has begun to come in.
     *
     * @return whether at least one byte was read since the call began
     */
    public boolean isAnswered() {
        return answered;
    }

    /**
     * Whether the watchdog closed it.
     *
     * @return whether something took too long
     */
    public boolean isOverdue() {
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

    /** The next bytes that came; null at the end. */
    @Override
    @SuppressWarnings("NullAway") // Helidon's reader takes null for the end
    public byte[] get() {
        int count = receive(buffer);
        return count < 0 ? null : Arrays.copyOf(buffer, count);
    }

    private int receive(byte[] into) {
        try {
            guard.arm(due(readNanos));
            int count = in.read(into);
            guard.disarm();
            answered |= count > 0;
            return count;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(Exception e) {
        if (!guard.isOverdue()) {
            return e instanceof UncheckedIOException already
                    ? already
                    : new UncheckedIOException(e instanceof IOException io ? io : new IOException(e));
        }
        SocketTimeoutException late = new SocketTimeoutException("it took too long");
        late.initCause(e);
        return new UncheckedIOException(late);
    }

    @Override
    public void write(BufferData data) {
        try {
            guard.arm(due(writeNanos));
            data.writeTo(out);
            out.flush();
            guard.disarm();
        } catch (IOException e) {
            throw failed(e);
        } catch (UncheckedIOException e) {
            throw failed(e);
        }
    }

    @Override
    public void write(BufferData... buffers) {
        for (BufferData data : buffers) {
            write(data);
        }
    }

    @Override
    public void writeNow(BufferData... buffers) {
        write(buffers);
    }

    @Override
    public void writeNow(BufferData data) {
        write(data);
    }

    @Override
    public int read(BufferData into) {
        byte[] bytes = new byte[into.capacity() - into.available()];
        int count = receive(bytes);
        if (count > 0) {
            into.write(bytes, 0, count);
        }
        return count;
    }

    @Override
    public DataReader reader() {
        return reader;
    }

    @Override
    public DataWriter writer() {
        return this;
    }

    @Override
    public HelidonSocket helidonSocket() {
        return this;
    }

    @Override
    public String channelId() {
        return id;
    }

    @Override
    public String socketId() {
        return id;
    }

    @Override
    public String childSocketId() {
        return "client";
    }

    @Override
    public void readTimeout(Duration readTimeout) {
        // begin() said it
    }

    @Override
    public boolean allowExpectContinue() {
        return false;
    }

    @Override
    public void releaseResource() {
        // who borrowed it gives it back
    }

    @Override
    public void closeResource() {
        // likewise
    }

    @Override
    public void idle() {
        // the pool looks after idle connections
    }

    @Override
    public boolean isConnected() {
        return channel.isOpen();
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public PeerInfo remotePeer() {
        throw new UnsupportedOperationException("nobody asks a pooled connection for its peer");
    }

    @Override
    public PeerInfo localPeer() {
        throw new UnsupportedOperationException("nobody asks a pooled connection for its peer");
    }

    @Override
    public void close() {
        // both of Helidon's interfaces have it; who borrowed the connection gives it back
    }
}
