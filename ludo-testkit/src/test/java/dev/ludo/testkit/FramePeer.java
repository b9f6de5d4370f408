package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A peer of a fake's socket that sends any bytes, and sees every frame and how the connection ends. */
final class FramePeer implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int CLOSE = 0x88;

    /** A frame that came. */
    static final class Frame {
        private final int first;
        private final byte[] payload;

        private Frame(int first, byte[] payload) {
            this.first = first;
            this.payload = payload;
        }

        /** Its first byte. */
        int first() {
            return first;
        }

        byte[] payload() {
            return payload;
        }

        String text() {
            return new String(payload, UTF_8);
        }

        /** That of a close. */
        int code() {
            return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
        }
    }

    final Socket socket = new Socket();
    final DataInputStream in;

    /** Opens a socket; with a receive buffer of some size, or any if that is 0. */
    FramePeer(FakeLudo ludo, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ludo.port()));
        socket.setSoTimeout(20_000);
        String request = String.join(
                "\r\n",
                "GET /ws HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Authorization: Bearer lk_test_demo",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
        send(request.getBytes(ISO_8859_1));
        in = new DataInputStream(socket.getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(RawHttp.status(head.toString()), is(101));
        assertThat(
                "the accept of RFC 6455's example",
                head.indexOf("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") > 0,
                is(true));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    FramePeer send(int first, byte[] payload) throws IOException {
        send(masked(first, payload));
        return this;
    }

    FramePeer text(String text) throws IOException {
        return send(TEXT, text.getBytes(UTF_8));
    }

    /** The next frame. */
    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    /** The code of the close; the connection ends when it is answered. */
    int closeCode() throws IOException {
        Frame frame = read();
        while (frame.first != CLOSE) {
            frame = read();
        }
        send(CLOSE, frame.payload);
        assertThat("nothing follows", in.read(), is(-1));
        return frame.code();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] masked(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.write(0x80 | 126);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        byte[] mask = {1, 2, 3, (byte) 0xF4};
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i % 4]);
        }
        return out.toByteArray();
    }
}
