package dev.ludo.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A browser's socket that has joined a room. For one thread. */
final class EchoSocket implements AutoCloseable {
    private static final int BUFFER = 512;
    private static final byte[] JOIN =
            "{\"type\":\"room:join\",\"roomCode\":\"K7Q2M9\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MESSAGE = message(100);
    private static final byte[] LARGE_MESSAGE = message(60_000);

    private final Socket socket;
    private final InputStream in;

    EchoSocket(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        socket.getOutputStream().write(Frame.asking());
        String head = Frame.head(in);
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no socket: " + head);
        }
        socket.getOutputStream().write(Frame.text(JOIN, true));
        next();
    }

    /** Sends a message of 100 bytes, and waits for it to come back. */
    void roundTrip() throws IOException {
        socket.getOutputStream().write(MESSAGE);
        next();
    }

    /** Sends messages of 60 KB and reads nothing of what comes back, until the socket ends. */
    void flood() {
        try {
            while (true) {
                socket.getOutputStream().write(LARGE_MESSAGE);
            }
        } catch (IOException e) {
            // the end
        }
    }

    private static byte[] message(int length) {
        String json = "{\"type\":\"game:roll\",\"requestId\":\"" + "x".repeat(length - 35) + "\"}";
        return Frame.text(json.getBytes(StandardCharsets.UTF_8), true);
    }

    private void next() throws IOException {
        byte[] message = Frame.read(in);
        while (message.length == 0) {
            message = Frame.read(in);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
