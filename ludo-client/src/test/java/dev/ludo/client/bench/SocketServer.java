package dev.ludo.client.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/**
 * A program that speaks just enough WebSocket for {@link SocketBench}: whoever connects to {@code /flood/<n>} is taken into a
 * room and sent n events of 100 bytes, whoever connects to {@code /idle} is taken into a room and told nothing more.
 */
public final class SocketServer {
    /** What everybody is told first. */
    static final String JOINED =
            "{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2MX\",\"role\":\"spectator\",\"seq\":1000000,\"epoch\":\"e\"}}";

    private SocketServer() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments none
     * @throws IOException if there is no port
     */
    public static void main(String[] arguments) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        System.out.println(listener.getLocalPort());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listener.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                }
            } catch (IOException e) {
                System.err.println("no more connections: " + e);
            }
        });
        while (System.in.read() >= 0) {
            // until whoever started this is gone
        }
        System.exit(0);
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            String head = head(in);
            String path = head.substring(4, head.indexOf(' ', 4));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept(head) + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
            in.read(new byte[1_000]); // the join
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            frame(frames, JOINED);
            int count = path.startsWith("/flood/") ? Integer.parseInt(path.substring("/flood/".length())) : 0;
            for (int i = 1; i <= count; i++) {
                frame(frames, event(1_000_000 + i));
                if (frames.size() > 60_000) {
                    frames.writeTo(out);
                    frames.reset();
                }
            }
            frames.writeTo(out);
            while (in.read(new byte[1_000]) >= 0) {
                // whatever it says, until it goes
            }
        } catch (Exception e) {
            System.err.println("a connection ended: " + e);
        }
    }

    /** An event of 100 bytes. */
    static String event(int seq) {
        return "{\"type\":\"room:player-connection\",\"seq\":" + seq
                + ",\"data\":{\"playerId\":\"plr_bench0001\",\"connected\":true}}";
    }

    private static void frame(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        out.write(0x81);
        if (bytes.length < 126) {
            out.write(bytes.length);
        } else {
            out.write(126);
            out.write(bytes.length >> 8);
            out.write(bytes.length);
        }
        out.writeBytes(bytes);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request ended early");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static String accept(String head) throws Exception {
        String key = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                .map(line -> line.substring("sec-websocket-key:".length()).strip())
                .findFirst()
                .orElseThrow();
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
        return Base64.getEncoder().encodeToString(hash);
    }
}
