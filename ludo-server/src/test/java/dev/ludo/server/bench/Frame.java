package dev.ludo.server.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** As much of RFC 6455 as a bench needs: whole text messages of up to 64 KiB, and the opening handshake. */
final class Frame {
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;

    private Frame() {}

    /** A text message as a frame, masked (by nothing, which is allowed) as clients must. */
    static byte[] text(byte[] payload, boolean masked) {
        int long16 = payload.length >= TWO_BYTES ? 2 : 0;
        byte[] frame = new byte[2 + long16 + (masked ? 4 : 0) + payload.length];
        frame[0] = (byte) TEXT;
        frame[1] = (byte) ((masked ? MASKED : 0) | (long16 > 0 ? TWO_BYTES : payload.length));
        if (long16 > 0) {
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        return frame;
    }

    /** The next message; empty for a frame that is none, such as a ping. */
    static byte[] read(InputStream in) throws IOException {
        int first = in.read();
        int second = in.read();
        if (second < 0) {
            throw new EOFException("the socket ended");
        }
        int length = second & 0x7f;
        if (length == TWO_BYTES) {
            length = in.read() << 8 | in.read();
        }
        byte[] mask = in.readNBytes((second & MASKED) != 0 ? 4 : 0);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length && mask.length > 0; i++) {
            payload[i] ^= mask[i & 3];
        }
        return first == TEXT ? payload : new byte[0];
    }

    /** The head of a request or an answer, to the empty line. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the socket ended after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** The request for a socket. */
    static byte[] asking() {
        return String.join(
                        "\r\n",
                        "GET /ws/game/K7Q2M9 HTTP/1.1",
                        "Host: localhost",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The answer that accepts a socket. */
    static byte[] accepting(String request) {
        String name = "\r\nsec-websocket-key:";
        int at = request.toLowerCase(Locale.ROOT).indexOf(name) + name.length();
        String key = request.substring(at, request.indexOf('\r', at)).strip() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
