package dev.ludo.testkit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A socket to the target, by the JDK's client. Its messages are read in their order, or those of one kind are awaited and
 * the others are kept. For one thread.
 */
final class Socket implements AutoCloseable, WebSocket.Listener {
    private static final int LARGEST = 16 * 1024 * 1024;

    /** A message: as it came, and as it reads. */
    record Told(Json raw, RoomMessage message) {
        RoomEvent event() {
            return message.event();
        }

        boolean isBroadcast() {
            return message.at().isPresent();
        }

        long seq() {
            return message.at()
                    .orElseThrow(() -> new AssertionError(raw + " must have a seq"))
                    .seq();
        }
    }

    private final Duration deadline;
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final Deque<Told> unread = new ArrayDeque<>();
    private final WebSocket socket;

    private Socket(Http http, RoomCode room) {
        this.deadline = http.target().deadline();
        WebSocket.Builder builder = http.client().newWebSocketBuilder().connectTimeout(deadline);
        http.target().headers().forEach(builder::header);
        try {
            this.socket =
                    builder.buildAsync(http.target().socketUri(room), this).join();
        } catch (CompletionException e) {
            throw new AssertionError("the handshake at " + http.target().socketUri(room) + " failed", e.getCause());
        }
    }

    /** Opens a socket at the address for a room, and does not join. */
    static Socket open(Http http, RoomCode room) {
        return new Socket(http, room);
    }

    Socket join(RoomCode room, Secret token) {
        return send(
                "{\"type\":\"room:join\",\"roomCode\":\"" + room + "\",\"playerToken\":\"" + token.reveal() + "\"}");
    }

    Socket watch(RoomCode room) {
        return send("{\"type\":\"room:watch\",\"roomCode\":\"" + room + "\"}");
    }

    Socket send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    WebSocket raw() {
        return socket;
    }

    /** The next message, whatever it is. */
    Told next() {
        return unread.isEmpty() ? fromWire() : unread.removeFirst();
    }

    /** The next message of this kind; what comes before it can still be read. */
    Told await(Class<? extends RoomEvent> type) {
        return await(type.getSimpleName(), told -> type.isInstance(told.event()));
    }

    <T extends RoomEvent> T event(Class<T> type) {
        return type.cast(await(type).event());
    }

    /** The next message that is a broadcast, or the next that is not. */
    Told nextBroadcast() {
        return await("broadcast", Told::isBroadcast);
    }

    Told nextDirect() {
        return await("answer", told -> !told.isBroadcast());
    }

    List<RoomEvent> broadcasts(int count) {
        List<RoomEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(nextBroadcast().event());
        }
        return events;
    }

    private Told await(String what, Predicate<Told> wanted) {
        for (Told told : unread) {
            if (wanted.test(told)) {
                unread.remove(told);
                return told;
            }
        }
        try {
            Told told = fromWire();
            while (!wanted.test(told)) {
                unread.addLast(told);
                told = fromWire();
            }
            return told;
        } catch (AssertionError e) {
            throw new AssertionError("a " + what + " was awaited; " + e.getMessage(), e);
        }
    }

    private Told fromWire() {
        String text;
        try {
            text = arrived.poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a message was awaited", e);
        }
        if (text == null) {
            return fail("no message came within " + deadline + "; the socket "
                    + (end.isDone() ? "has ended with " + end.join() : "is open") + ", unread " + unread);
        }
        try {
            Json raw =
                    new Json("message " + text, LudoJson.parseObject(text.getBytes(StandardCharsets.UTF_8), LARGEST));
            return new Told(raw, MessageCodec.read(text.getBytes(StandardCharsets.UTF_8), ""));
        } catch (MalformedJsonException e) {
            return fail("message " + text + ": " + e.getMessage());
        }
    }

    /** The code with which the target closes. */
    void assertEnds(int code) {
        int ended = end.completeOnTimeout(-1, deadline.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertEquals(code, ended, () -> "the socket must be closed with " + code + "; unread " + unread + arrived);
    }

    /** Sends a ping frame and gives what the pong frame held. */
    String ping(String text) {
        socket.sendPing(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).join();
        return pong.completeOnTimeout("no pong", deadline.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            arrived.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        pong.complete(StandardCharsets.UTF_8.decode(message).toString());
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        end.complete(statusCode);
        return CompletableFuture.completedStage(null);
    }

    /** An end without a close frame counts as 1006, as it does everywhere. */
    @Override
    public void onError(WebSocket from, Throwable error) {
        end.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
