package dev.ludo.server.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
    private byte[] chunk = new byte[0];
    private int at;

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

    // A chunk has whole events, since the proxy writes them so: one, several, or none of interest.
    private long nextEvent() throws IOException {
        while (true) {
            int number = after(chunk, at);
            if (number >= 0) {
                at = number;
                return number(chunk, number);
            }
            chunk = nextChunk();
            at = 0;
        }
    }

    private byte[] nextChunk() throws IOException {
        int length = 0;
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the stream ended");
            }
            length = length * 16 + Character.digit(c, 16);
        }
        in.read();
        byte[] next = in.readNBytes(length);
        in.readNBytes(2);
        return next;
    }

    private static long sent(byte[] message) {
        int number = after(message, 0);
        return number < 0 ? -1 : number(message, number);
    }

    /** Where the next time stands; -1 if there is none. */
    private static int after(byte[] text, int from) {
        for (int i = from; i + SENT.length < text.length; i++) {
            if (Arrays.equals(text, i, i + SENT.length, SENT, 0, SENT.length)) {
                return i + SENT.length;
            }
        }
        return -1;
    }

    private static long number(byte[] text, int from) {
        long sent = 0;
        for (int i = from; text[i] >= '0' && text[i] <= '9'; i++) {
            sent = sent * 10 + text[i] - '0';
        }
        return sent;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
