package dev.ludo.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket server that lets everybody join, and sends back whatever it is sent then. */
final class EchoMain {
    private static final int BUFFER = 512;
    private static final byte[] JOINED =
            ("{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2M9\",\"role\":\"spectator\","
                            + "\"resumed\":false,\"seq\":0,\"epoch\":\"e1\"}}")
                    .getBytes(StandardCharsets.UTF_8);

    private EchoMain() {}

    /**
     * Starts it, and says where it is.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
            System.out.println("ready at http://localhost:" + server.getLocalPort());
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
            out.write(Frame.accepting(Frame.head(in)));
            byte[] answer = JOINED;
            while (true) {
                byte[] message = Frame.read(in);
                if (message.length > 0) {
                    out.write(Frame.text(answer.length > 0 ? answer : message, false));
                    answer = new byte[0];
                }
            }
        } catch (IOException e) {
            System.err.println("a socket ended: " + e.getMessage());
        }
    }
}
