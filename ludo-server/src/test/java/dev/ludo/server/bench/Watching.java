package dev.ludo.server.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Who hears a room, and tells how old each broadcast was when it came. For one thread. */
final class Watching implements AutoCloseable {
    /** How somebody hears a room. */
    enum Way {
        /** Watches by a socket. */
        SOCKET,
        /** Watches by a stream of events. */
        STREAM,
        /** Has joined, by a socket that is relayed. */
        PLAYER
    }

    private static final int BUFFER = 512;
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
    private static final byte[] SENT = "\"sent\":".getBytes(StandardCharsets.US_ASCII);

    private final Way way;
    private final Socket socket;
    private final InputStream in;

    Watching(int port, Way way) throws IOException {
        this.way = way;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        socket.getOutputStream()
                .write(
                        way == Way.STREAM
                                ? "GET /rooms/K7Q2M9/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII)
                                : Frame.asking());
        String answer = Frame.head(in);
        if (!answer.startsWith(way == Way.STREAM ? "HTTP/1.1 200" : "HTTP/1.1 101")) {
            throw new IOException("refused: " + answer);
        }
        if (way != Way.STREAM) {
            String type = way == Way.PLAYER ? "room:join" : "room:watch";
            socket.getOutputStream()
                    .write(Frame.text(("{\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8), true));
        }
    }

    /** Waits for the next broadcast; gives its age in nanoseconds. */
    long next() throws IOException {
        long sent = way == Way.STREAM ? nextEvent() : nextMessage();
        return System.nanoTime() - sent;
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    private long nextMessage() throws IOException {
        while (true) {
            byte[] message = Frame.read(in);
            if (message.length == 0) {
                socket.getOutputStream().write(PONG);
            }
            long sent = sent(message);
            if (sent >= 0) {
                return sent;
            }
        }
    }

    // What stands between events and chunks is of no interest here.
    private long nextEvent() throws IOException {
        int matched = 0;
        while (matched < SENT.length) {
            int b = read();
            matched = b == SENT[matched] ? matched + 1 : b == SENT[0] ? 1 : 0;
        }
        long sent = 0;
        for (int b = read(); b >= '0' && b <= '9'; b = read()) {
            sent = sent * 10 + b - '0';
        }
        return sent;
    }

    private int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the stream ended");
        }
        return b;
    }

    private static long sent(byte[] message) {
        for (int i = 0; i + SENT.length < message.length; i++) {
            if (java.util.Arrays.equals(message, i, i + SENT.length, SENT, 0, SENT.length)) {
                long sent = 0;
                for (int at = i + SENT.length; message[at] >= '0' && message[at] <= '9'; at++) {
                    sent = sent * 10 + message[at] - '0';
                }
                return sent;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
