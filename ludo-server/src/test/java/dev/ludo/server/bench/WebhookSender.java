package dev.ludo.server.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection by which webhooks are delivered, one after the other. For one thread. */
final class WebhookSender implements AutoCloseable {
    private static final int BUFFER = 2048;

    private final Socket socket;
    private final InputStream in;

    WebhookSender(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /** Delivers one, and waits until it is taken. */
    void deliver(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String head = Frame.head(in);
        if (!head.startsWith("HTTP/1.1 204")) {
            throw new IOException("not taken: " + head);
        }
    }

    /** A delivery as it goes over the wire. */
    static byte[] request(String id, long timestamp, String signature, byte[] body) {
        byte[] head =
                ("POST /webhooks/ludo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nwebhook-id: "
                                + id + "\r\nwebhook-timestamp: " + timestamp + "\r\nwebhook-signature: " + signature
                                + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
