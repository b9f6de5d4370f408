package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client's socket by hand: it does nothing by itself, not even to answer a close. */
final class RawClient implements AutoCloseable {
    final Socket socket;
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** One whose machine keeps only so much of what it has not read, if that is not 0. */
    RawClient(int port, int receiveBuffer) throws IOException {
        this(port, "room1", receiveBuffer, "r");
    }

    /** The same with an id of its request, by which the API's side can be known. */
    RawClient(int port, int receiveBuffer, String requestId) throws IOException {
        this(port, "room1", receiveBuffer, requestId);
    }

    /** One in a room of that code. */
    RawClient(int port, String room, int receiveBuffer, String requestId) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        ByHand.upgrade(socket, room, "X-Request-Id: " + requestId + "\r\n");
    }

    void sendText(String text) throws IOException {
        sendFrame(0x81, text.getBytes(UTF_8));
    }

    /** Sends a frame of less than 64 KiB, masked with zeros. */
    void sendFrame(int head, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >>> 8);
            frame.write(payload.length);
        }
        frame.write(new byte[4], 0, 4);
        frame.writeBytes(payload);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Sends a close. */
    void sendClose(int code) throws IOException {
        sendFrame(0x88, new byte[] {(byte) (code >>> 8), (byte) code});
    }

    /** The payload of the next message; a close is its code. */
    String read() throws IOException {
        int head = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] payload = in.readNBytes((int) length);
        if (head == 0x88) {
            return length == 0 ? "1005" : Integer.toString(((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF));
        }
        return head == 0x81 ? new String(payload, UTF_8) : read();
    }

    void reset() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
