package dev.ludo.client.frame;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.PlainSocket;
import io.helidon.common.socket.SocketWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A connection of a leg's: its line at one end, which reads so many bytes at a time, and a raw socket at the other. */
final class Loopback implements AutoCloseable {
    private final Socket peer;
    private final Socket legs;
    private final Line line;
    private long written;
    private long taken;
    private volatile long dealtWith;

    Loopback(int chunk) {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            peer = new Socket(listener.getInetAddress(), listener.getLocalPort());
            peer.setSoTimeout(20_000);
            legs = listener.accept();
            InputStream in = legs.getInputStream();
            byte[] buffer = new byte[chunk];
            DataReader reader = new DataReader(() -> read(in, buffer));
            line = new Line(reader, SocketWriter.create(PlainSocket.server(legs, "leg", "peer")), () -> quietly(legs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte @Nullable [] read(InputStream in, byte[] buffer) {
        dealtWith = taken; // who asks for more is done with what there was
        try {
            int read = in.read(buffer);
            taken += Math.max(read, 0);
            return read < 0 ? null : Arrays.copyOf(buffer, read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Line line() {
        return line;
    }

    /** Sends bytes to the leg. */
    void write(byte[] bytes) {
        try {
            peer.getOutputStream().write(bytes);
            written += bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the leg has dealt with all that was sent to it, or has cut the line. */
    void awaitDealtWith() {
        while (dealtWith < written && !legs.isClosed()) {
            Thread.onSpinWait();
        }
    }

    /** What the leg sends. */
    InputStream in() throws IOException {
        return peer.getInputStream();
    }

    /** Ends the connection as a peer does that has said all. */
    void finish() {
        try {
            peer.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection with a reset. */
    void reset() {
        try {
            peer.setSoLinger(true, 0);
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        quietly(peer);
        quietly(legs);
    }
}
