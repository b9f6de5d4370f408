package dev.ludo.client.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.json.LudoJson;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.PlainSocket;
import io.helidon.common.socket.SocketWriter;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The API's end of one connection. */
final class Peer {
    static final String JOINED = """
            {"type":"room:joined","data":{"roomCode":"K7Q2MX","role":"player","playerId":"p1","color":"red",
             "resumed":false,"seq":4,"epoch":"e1"}}""";

    private final Socket socket;
    private final SocketLeg leg;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private volatile CountDownLatch held = new CountDownLatch(0);
    final CompletableFuture<LegEnd> end = new CompletableFuture<>();

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        DataReader reader = new DataReader(() -> read(in, buffer));
        this.leg = new SocketLeg(
                Role.SERVER,
                new Line(reader, SocketWriter.create(PlainSocket.server(socket, "peer", "client")), this::cut),
                LegLimits.DEFAULT,
                System::nanoTime,
                message -> received.add(new String(message, UTF_8)));
    }

    private byte @Nullable [] read(InputStream in, byte[] buffer) {
        try {
            int read = in.read(buffer);
            held.await();
            return read < 0 ? null : Arrays.copyOf(buffer, read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void run() {
        end.complete(leg.run());
    }

    /** Takes the next command, which must be of this type. */
    JsonObject expect(String type) {
        try {
            String text = Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "no " + type + " came");
            JsonObject command = LudoJson.parseObject(text.getBytes(UTF_8));
            if (!command.getString("type").equals(type)) {
                throw new AssertionError("not a " + type + ": " + text);
            }
            return command;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean hasReceivedNothing() {
        return received.isEmpty();
    }

    SendResult say(String json) {
        return leg.send(json.getBytes(UTF_8));
    }

    /** A broadcast of a die with this number in the room's history. */
    SendResult roll(int seq) {
        return say("{\"type\":\"game:dice-rolled\",\"seq\":" + seq
                + ",\"ts\":\"2026-01-01T00:00:00Z\",\"data\":{\"value\":" + (seq % 6 + 1)
                + ",\"playerId\":\"p1\",\"legalMoves\":[]}}");
    }

    /** Takes a client that was here before into the room again. */
    void rejoined(boolean resumed, long seq, String epoch, String more) {
        say(
                "{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2MX\",\"role\":\"player\",\"playerId\":\"p1\",\"resumed\":"
                        + resumed + ",\"seq\":" + seq + ",\"epoch\":\"" + epoch + '"' + more + "}}");
    }

    void ack(JsonObject command) {
        say("{\"type\":\"ack\",\"data\":{\"requestId\":\"" + command.getString("requestId") + "\"}}");
    }

    void close(int code, String reason) {
        leg.close(code, reason);
    }

    /** Sends bytes past the frames of this end. */
    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on takes no notice of what comes in, until it is cut. */
    void ignoreAll() {
        held = new CountDownLatch(1);
    }

    /** Ends the connection without a close. */
    void cut() {
        held.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
