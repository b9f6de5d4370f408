package dev.ludo.client.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server in a process of its own that answers every request with one room, so that its cost is not counted as a client's. */
public final class StaticUpstream {
    static final String ROOM =
            "{\"success\":true,\"data\":{\"code\":\"K7Q2M9\",\"status\":\"waiting\",\"playerCount\":1,\"maxPlayers\":4}}";

    private StaticUpstream() {}

    /**
     * Serves until its standard input ends. Writes its port first.
     *
     * @param arguments none
     * @throws IOException if no port can be had
     */
    public static void main(String[] arguments) throws IOException {
        byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ROOM.length()
                        + "\r\nX-RateLimit-Limit: 10000\r\nX-RateLimit-Remaining: 9999\r\nX-RateLimit-Reset: 1767225600\r\n\r\n"
                        + ROOM)
                .getBytes(ISO_8859_1);
        try (ServerSocket server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            Thread.ofPlatform().daemon().start(() -> accept(server, answer));
            while (System.in.read() >= 0) {
                // until whoever started this has gone
            }
        }
    }

    private static void accept(ServerSocket server, byte[] answer) {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(socket, answer));
            }
        } catch (IOException e) {
            // the end
        }
    }

    // Requests have no body here, and none comes before the answer to the one before.
    private static void serve(Socket socket, byte[] answer) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[8192];
            int length = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer, length, buffer.length - length)) {
                length += read;
                if (length >= 4 && buffer[length - 1] == '\n' && buffer[length - 3] == '\n') {
                    length = 0;
                    out.write(answer);
                }
            }
        } catch (IOException e) {
            // the client went away
        }
    }
}
