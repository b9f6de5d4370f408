package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.LudoClient;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.realtime.RoomConnection;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.DisconnectedException.Effect;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.server.SocketConfig;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Java client has a command under way when the proxy loses the API: it is told what is known of it, and soon. */
@Timeout(60)
class CommandsUnderWayTest {
    private static final Move MOVE = new Move(PieceId.of(Color.RED, 0), Position.of(7));
    private static final String MOVED = "{\"type\":\"game:piece-moved\",\"seq\":5,\"data\":{\"pieceId\":\"red-0\","
            + "\"position\":7,\"playerId\":\"p1\",\"cause\":\"moved\"}}";

    private final LegWatch watch = LegWatch.start();
    private RawUpstream api;
    private TestRelay relay;
    private LudoClient client;
    private RoomConnection room;
    private RawUpstream.Connection first;

    @BeforeEach
    void join() throws Exception {
        api = new RawUpstream();
        relay = new TestRelay(SocketConfig.of(api.uri()), watch, System::nanoTime, howLong -> {});
        client = LudoClient.builder()
                .baseUri(URI.create("http://127.0.0.1:" + relay.port()))
                .wsUri("ws://127.0.0.1:" + relay.port() + "/ws/game/{code}")
                .apiKey("browsers-have-no-key")
                .build();
        room = client.join(RoomCode.of("ROOM1"), Secret.of("pt_of_a_player"));
        CompletableFuture<RoomEvent.RoomJoined> opened = async(room::open);
        first = api.next();
        first.next();
        say(first, joined(false, 4));
        opened.get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
        relay.close();
        api.close();
        watch.close();
    }

    private static <T> CompletableFuture<T> async(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    private static String joined(boolean resumed, long seq) {
        return "{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"ROOM1\",\"role\":\"player\",\"playerId\":\"p1\",\"resumed\":"
                + resumed + ",\"seq\":" + seq + ",\"epoch\":\"e1\"}}";
    }

    private static void say(RawUpstream.Connection upstream, String message) {
        upstream.leg.send(message.getBytes(UTF_8));
    }

    private RawUpstream.Connection loseAndComeBack() throws Exception {
        first.socket.setSoLinger(true, 0);
        first.socket.close();
        RawUpstream.Connection second = api.next();
        assertThat(second.next(), containsString("\"lastSeq\":4,\"epoch\":\"e1\""));
        return second;
    }

    /** Answers the next command. */
    private static void answer(RawUpstream.Connection upstream, String type) throws Exception {
        String id = LudoJson.parseObject(upstream.next().getBytes(UTF_8)).getString("requestId");
        say(upstream, "{\"type\":\"" + type + "\",\"data\":{\"requestId\":\"" + id + "\"}}");
    }

    private static Effect effectOf(CompletableFuture<RoomEvent.Ack> command) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> command.get(20, TimeUnit.SECONDS));
        return assertInstanceOf(DisconnectedException.class, e.getCause()).effect();
    }

    @Test
    void nobodyKnowsOfARollWhichIsToldAtOnce() throws Exception {
        CompletableFuture<RoomEvent.Ack> rolled = async(room::roll);
        first.next();
        loseAndComeBack(); // where nobody answers
        assertThat(effectOf(rolled), is(Effect.UNKNOWN));
    }

    @Test
    void aMoveIsFoundInWhatWasMissed() throws Exception {
        CompletableFuture<RoomEvent.Ack> moved = async(() -> room.move(MOVE));
        first.next();
        RawUpstream.Connection second = loseAndComeBack();
        say(second, joined(true, 5));
        say(second, MOVED);
        moved.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aMoveThatIsNotFoundThereWasNotMade() throws Exception {
        CompletableFuture<RoomEvent.Ack> moved = async(() -> room.move(MOVE));
        first.next();
        RawUpstream.Connection second = loseAndComeBack();
        say(second, joined(true, 4));
        answer(second, "pong");
        assertThat(effectOf(moved), is(Effect.NONE));
        CompletableFuture<RoomEvent.Ack> again = async(() -> room.move(MOVE));
        answer(second, "ack");
        again.get(20, TimeUnit.SECONDS);
    }
}
