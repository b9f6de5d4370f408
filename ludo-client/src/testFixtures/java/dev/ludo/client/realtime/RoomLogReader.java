package dev.ludo.client.realtime;

import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.RoomCode;
import dev.ludo.testkit.FakeLudo;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down all that a room tells, by the JDK's client and straight from the server: what others must have been told. */
final class RoomLogReader implements WebSocket.Listener, AutoCloseable {
    private final StringBuilder text = new StringBuilder();
    private final List<RoomMessage> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<RoomJoined> joined = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private String epoch = "";

    static RoomLogReader of(FakeLudo fake, HttpClient http, RoomCode room) throws Exception {
        RoomLogReader reader = new RoomLogReader();
        WebSocket socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + fake.apiKey().reveal())
                .buildAsync(fake.wsUri(), reader)
                .get(20, TimeUnit.SECONDS);
        reader.socket.complete(socket);
        socket.sendText("{\"type\":\"room:watch\",\"roomCode\":\"" + room + "\"}", true)
                .get(20, TimeUnit.SECONDS);
        reader.joined.get(20, TimeUnit.SECONDS);
        return reader;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            RoomMessage message =
                    MessageCodec.read(LudoJson.parseObject(text.toString().getBytes(StandardCharsets.UTF_8)), epoch);
            text.setLength(0);
            if (message.event() instanceof RoomJoined event) {
                epoch = event.epoch();
                joined.complete(event);
            }
            if (message.at().isPresent()) {
                log.add(message);
            }
        }
        socket.request(1);
        return null;
    }

    /** What was told so far, the number one first. */
    List<RoomMessage> log() {
        return List.copyOf(log);
    }

    /** Lets go of the server, which the JDK's client waits for when it is closed. */
    @Override
    public void close() {
        socket.join().abort();
    }
}
