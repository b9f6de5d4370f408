package dev.ludo.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Who hears a room, and tells when each broadcast was sent. For one thread, once it is open. */
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

    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
    private static final byte[] SENT = "\"sent\":".getBytes(StandardCharsets.US_ASCII);
    private static final int PING = 0x89;
    private static final int TWO_BYTES = 126;

    private final Way way;
    private final SocketChannel channel;

    private final int[] head = new int[4]; // of a frame
    private int begun;
    private int left;
    private int matched;
    private long number;

    Watching(int port, Way way) throws IOException {
        this.way = way;
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        write(
                way == Way.STREAM
                        ? "GET /rooms/K7Q2M9/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII)
                        : Frame.asking());
        String answer = Frame.head(channel.socket().getInputStream());
        if (!answer.startsWith(way == Way.STREAM ? "HTTP/1.1 200" : "HTTP/1.1 101")) {
            throw new IOException("refused: " + answer);
        }
        if (way != Way.STREAM) {
            String type = way == Way.PLAYER ? "room:join" : "room:watch";
            write(Frame.text(("{\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8), true));
        }
        channel.configureBlocking(false);
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.hasRemaining()) {
            channel.write(all);
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Takes what has come, wherever it was cut, and tells when each broadcast in it was sent. */
    void take(ByteBuffer bytes, LongConsumer sent) throws IOException {
        while (bytes.hasRemaining()) {
            int b = bytes.get() & 0xFF;
            if (way == Way.STREAM) {
                match(b, sent); // what stands between events and chunks is of no interest here
            } else if (left > 0) {
                left--;
                match(b, sent);
            } else {
                begin(b);
            }
        }
    }

    private void begin(int b) throws IOException {
        head[begun++] = b;
        boolean isLong = begun > 1 && head[1] == TWO_BYTES;
        if (begun == (isLong ? 4 : 2)) {
            begun = 0;
            left = isLong ? head[2] << 8 | head[3] : head[1];
            if (head[0] == PING) {
                write(PONG);
            }
        }
    }

    private void match(int b, LongConsumer sent) {
        if (matched < SENT.length) {
            matched = b == SENT[matched] ? matched + 1 : b == SENT[0] ? 1 : 0;
        } else if (b >= '0' && b <= '9') {
            number = number * 10 + b - '0';
        } else {
            sent.accept(number);
            number = 0;
            matched = 0;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
