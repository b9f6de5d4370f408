package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Clients' sockets that are opened by hand, and do nothing by themselves, not even to answer a close. */
final class ByHand {
    private ByHand() {}

    /** A socket into a room. */
    static Socket connect(int port, String room) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        upgrade(socket, room);
        return socket;
    }

    /** Makes a connection a socket into a room. */
    static void upgrade(Socket socket, String room, String... headers) throws IOException {
        socket.getOutputStream().write(asking(room, headers));
        assertThat(head(socket), startsWith("HTTP/1.1 101 "));
    }

    /** What asks for a socket into a room. */
    static byte[] asking(String room, String... headers) {
        String request = String.join(
                "\r\n",
                "GET /ws/game/" + room + " HTTP/1.1",
                "Host: a",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        return (request + "\r\n" + String.join("", headers) + "\r\n").getBytes(ISO_8859_1);
    }

    /** Reads a message's first lines, and nothing that follows. */
    static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("ended after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }
}
