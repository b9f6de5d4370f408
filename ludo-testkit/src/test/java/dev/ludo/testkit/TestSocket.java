package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.Room;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A socket to a fake, by the JDK's client, which shares nothing with the fake. */
final class TestSocket implements AutoCloseable, WebSocket.Listener {
    private static final int SOON_SECONDS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<RoomMessage> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private TestSocket(FakeLudo ludo) {
        this.socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + ludo.apiKey().reveal())
                .buildAsync(ludo.wsUri(), this)
                .join();
    }

    static TestSocket open(FakeLudo ludo) {
        return new TestSocket(ludo);
    }

    /** Opens a socket and joins; {@code more} are further fields, such as {@code ,"lastSeq":3}. */
    static TestSocket join(FakeLudo ludo, Room room, Api.Seated who, String more) {
        return open(ludo)
                .send("{\"type\":\"room:join\",\"roomCode\":\"" + room.code() + "\",\"playerToken\":\"" + who.token()
                        + '"' + more + '}');
    }

    static TestSocket watch(FakeLudo ludo, Room room, String more) {
        return open(ludo).send("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + '"' + more + '}');
    }

    TestSocket send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    WebSocket raw() {
        return socket;
    }

    /** The next message; it must come soon. */
    RoomMessage next() {
        try {
            RoomMessage message = messages.poll(SOON_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message came; the end was " + end.getNow("none"));
            }
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a test", e);
        }
    }

    /** Whether nothing has come, nor comes for a moment, and the end has not come either. */
    boolean isSilent() {
        return noneComes() && !end.isDone();
    }

    /** Whether no message has come, nor comes for a moment. */
    boolean noneComes() {
        try {
            return messages.poll(50, TimeUnit.MILLISECONDS) == null;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a test", e);
        }
    }

    RoomEvent nextEvent() {
        return next().event();
    }

    <T extends RoomEvent> T next(Class<T> type) {
        return type.cast(nextEvent());
    }

    RoomJoined joined() {
        return next(RoomJoined.class);
    }

    /** The numbers of the next broadcasts. */
    List<Long> nextNumbers(int count) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(next().at().orElseThrow().seq());
        }
        return numbers;
    }

    /** Everything up to the end, in order. */
    List<RoomMessage> rest() {
        end();
        return List.copyOf(messages);
    }

    /** How it ended, such as {@code 4404 there is no room ABCD}. */
    String end() {
        return end.orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join();
    }

    int endCode() {
        String how = end();
        return Integer.parseInt(how.substring(0, 4));
    }

    /** It has ended with a code, and no message has come before that has not been looked at. */
    void endsWith(int code) {
        assertThat(end(), endCode(), is(code));
        assertThat(messages.stream().toList(), is(List.of()));
    }

    String pong() {
        return pong.orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(MessageCodec.read(text.toString().getBytes(StandardCharsets.UTF_8), ""));
            text.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        pong.complete(StandardCharsets.UTF_8.decode(message).toString());
        webSocket.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        end.complete(statusCode + " " + reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end.complete("1006 " + error);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
