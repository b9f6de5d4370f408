package dev.ludo.server.realtime;

import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Who watches a game, by a socket or by a stream of events, and writes down all it is told; or does not read for long. */
final class Onlooker implements Closeable {
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final CompletableFuture<Void> mayRead = new CompletableFuture<>();
    private final List<JsonObject> told = new ArrayList<>();
    private final LongConsumer whenTold;
    private final Closeable connection;

    private Onlooker(Closeable connection, LongConsumer whenTold) {
        this.connection = connection;
        this.whenTold = whenTold;
    }

    /** One with a socket. */
    static Onlooker bySocket(int port, String room, boolean stuck, LongConsumer whenTold) throws IOException {
        RawClient socket = new RawClient(port, room, stuck ? 4096 : 0, "onlooker");
        Onlooker onlooker = new Onlooker(socket::close, whenTold);
        socket.sendText("{\"type\":\"room:watch\"}");
        onlooker.start(stuck, () -> {
            String message = socket.read();
            while (message.startsWith("{")) {
                onlooker.take(message);
                message = socket.read();
            }
            socket.sendClose(Integer.parseInt(message));
        });
        return onlooker;
    }

    /** One with a stream of events. */
    static Onlooker byStream(int port, String room, boolean stuck, LongConsumer whenTold) throws IOException {
        EventReader reader = EventReader.unread(port, room, stuck ? 4096 : 0);
        if (reader.status != 200) {
            throw new AssertionError(reader.head);
        }
        Onlooker onlooker = new Onlooker(reader::close, whenTold);
        onlooker.start(stuck, () -> reader.read(event -> onlooker.take(event.data())));
        return onlooker;
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws IOException;
    }

    private void start(boolean stuck, Reading reading) {
        if (!stuck) {
            mayRead.complete(null);
        }
        Thread.ofVirtual().start(() -> {
            try {
                mayRead.join();
                reading.run();
            } catch (IOException e) {
                // cut, or lost; which is judged by what was told
            } finally {
                begun.complete(null);
                over.complete(null);
            }
        });
    }

    private void take(String message) {
        JsonObject json = LudoJson.parseObject(message.getBytes(StandardCharsets.UTF_8), 1 << 20);
        told.add(json);
        begun.complete(null);
        whenTold.accept(json.containsKey("seq") ? json.getJsonNumber("seq").longValue() : -1);
    }

    /** Completed once it has been told something. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Lets one read that was stuck. */
    void read() {
        mayRead.complete(null);
    }

    /** Completed once nothing comes any more. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** What it was told, in order. To be asked when it is over. */
    List<JsonObject> told() {
        return told;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
