package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.server.Secrets;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A browser's event source, by hand and without its coming back. */
final class EventReader implements AutoCloseable {
    /** An event as it came; what a field is missing of is empty. */
    record Event(String id, String type, String data) {}

    final int status;
    final String head;
    final BlockingQueue<Event> received = new LinkedBlockingQueue<>();
    final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    private final Socket socket = new Socket();
    private final InputStream in;
    private String id = "";
    private String type = "";
    private String data = "";

    private EventReader(int port, String room, int receiveBuffer, String... headers) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        StringBuilder request = new StringBuilder("GET /rooms/" + room + "/events HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
        in = new BufferedInputStream(socket.getInputStream(), 512);
        StringBuilder lines = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.append(line).append('\n');
        }
        head = lines.toString();
        status = Integer.parseInt(head.substring(9, 12));
    }

    /** Opens a room's stream and reads it to its end. */
    static EventReader open(int port, String room, String... headers) throws IOException {
        EventReader reader = new EventReader(port, room, 0, headers);
        if (reader.status == 200) {
            Thread.ofVirtual().start(reader::readAll);
        }
        return reader;
    }

    /** Opens a room's stream, and does not read it; its machine keeps only so much of it, if that is not 0. */
    static EventReader unread(int port, String room, int receiveBuffer) throws IOException {
        return new EventReader(port, room, receiveBuffer);
    }

    private void readAll() {
        try {
            read(received::add);
            end.complete("ended");
        } catch (IOException | RuntimeException e) {
            end.complete("lost");
        }
    }

    /** Reads it to its end. */
    void read(Consumer<Event> taker) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (int length = chunk(); length > 0; length = chunk()) {
            for (byte b : in.readNBytes(length)) {
                if (b == '\n') {
                    field(rest.toString(UTF_8), taker);
                    rest.reset();
                } else {
                    rest.write(b);
                }
            }
            line();
        }
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("ended within a line");
            }
            out.write(b);
        }
        return out.toString(UTF_8).stripTrailing();
    }

    private void field(String line, Consumer<Event> taker) {
        if (line.startsWith(":")) {
            comments.add(line);
        } else if (line.startsWith("id: ")) {
            id = line.substring(4);
        } else if (line.startsWith("event: ")) {
            type = line.substring(7);
        } else if (line.startsWith("data: ")) {
            data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
            Secrets.look("an event", data);
            taker.accept(new Event(id, type, data));
            id = "";
            type = "";
            data = "";
        }
    }

    Event next() throws InterruptedException {
        return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "nothing came");
    }

    String end() throws Exception {
        return end.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
