package dev.ludo.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A WebSocket server with one room that everybody is let into, by joining or watching, and in which something happens 20 times a
 * second once it was told to begin, by a request for {@code /begin}. Each broadcast says when it was sent, by the machine's own clock.
 */
final class RoomMain {
    static final int PER_SECOND = 20;

    private static final int BUFFER = 512;
    private static final CountDownLatch BEGUN = new CountDownLatch(1);
    private static final Set<OutputStream> ROOM = ConcurrentHashMap.newKeySet();
    private static volatile long seq;

    private RoomMain() {}

    /**
     * Starts it, and says where it is.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
            System.out.println("ready at http://localhost:" + server.getLocalPort());
            Thread.ofPlatform().daemon().start(RoomMain::play);
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            OutputStream out = socket.getOutputStream();
            String request = Frame.head(in);
            if (request.startsWith("GET /begin ")) {
                BEGUN.countDown();
                out.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            out.write(Frame.accepting(request));
            while (true) {
                byte[] message = Frame.read(in);
                if (message.length > 0) {
                    synchronized (RoomMain.class) {
                        out.write(text(
                                "{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2M9\",\"role\":\"spectator\","
                                        + "\"resumed\":false,\"seq\":" + seq + ",\"epoch\":\"e1\"}}"));
                        ROOM.add(out);
                    }
                }
            }
        } catch (IOException e) {
            System.err.println("a socket ended: " + e.getMessage());
        }
    }

    private static byte[] text(String json) {
        return Frame.text(json.getBytes(StandardCharsets.UTF_8), false);
    }

    private static void play() {
        try {
            BEGUN.await();
            long begin = System.nanoTime();
            for (long tick = 1; ; tick++) {
                long wait = begin + tick * 1_000_000_000 / PER_SECOND - System.nanoTime();
                Thread.sleep(Math.max(0, wait / 1_000_000));
                broadcast();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized void broadcast() {
        seq++;
        ROOM.removeIf(out -> !tell(out));
    }

    private static boolean tell(OutputStream out) {
        try {
            out.write(text("{\"type\":\"game:piece-moved\",\"data\":{\"pieceId\":\"red-0\",\"position\":5,\"sent\":"
                    + System.nanoTime() + "},\"seq\":" + seq + ",\"ts\":\"2026-01-01T00:00:00Z\"}"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
