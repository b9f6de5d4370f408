package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.DisconnectedException.Effect;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A Ludo proxy on the way loses the API and gets it back, and the socket to the proxy stays. */
class BehindProxyTest extends PeerTest {
    private static final Move MOVE = new Move(PieceId.of(Color.RED, 0), Position.of(7));
    private static final String MOVED = "{\"type\":\"game:piece-moved\",\"seq\":5,\"data\":{\"pieceId\":\"red-0\","
            + "\"position\":7,\"playerId\":\"p1\",\"cause\":\"moved\"}}";

    BehindProxyTest() throws IOException {}

    private RoomConnection join() {
        return sockets.join(ROOM, TOKEN)
                .onAny(m -> told.add(
                        m.event().type() + m.at().map(at -> " " + at.seq()).orElse("")));
    }

    @Override
    Peer open(RoomConnection connection) {
        Peer proxy = super.open(connection);
        assertThat(told(), is("room:joined"));
        return proxy;
    }

    private static void lost(Peer proxy, int attempt) {
        proxy.say("{\"type\":\"proxy:reconnecting\",\"data\":{\"attempt\":" + attempt + "}}");
    }

    private static void back(Peer proxy, long seq, boolean resumed) {
        proxy.say("{\"type\":\"proxy:resumed\",\"data\":{\"seq\":" + seq + ",\"resumed\":" + resumed + "}}");
    }

    private static void pong(Peer proxy, JsonObject ping) {
        proxy.say("{\"type\":\"pong\",\"data\":{\"requestId\":\"" + ping.getString("requestId") + "\"}}");
    }

    private static void unavailable(Peer proxy, JsonObject command) {
        proxy.say("{\"type\":\"error\",\"data\":{\"code\":\"UNAVAILABLE\",\"message\":\"lost\",\"requestId\":\""
                + command.getString("requestId") + "\"}}");
    }

    private static Effect effectOf(FutureTask<?> command) {
        return assertThrows(DisconnectedException.class, () -> await(command)).effect();
    }

    @Test
    void aCommandUnderWayIsLostAndTheConnectionStays() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> rolled = async(connection::roll);
        proxy.expect("game:roll");
        lost(proxy, 1);
        DisconnectedException e = assertThrows(DisconnectedException.class, () -> await(rolled));
        assertThat(e.effect(), is(Effect.UNKNOWN));
        assertThat(e.getMessage(), containsString("a proxy on the way lost the API"));
        back(proxy, 6, true);
        proxy.roll(5);
        proxy.roll(6);
        assertThat(
                told(4),
                is(List.of("proxy:reconnecting", "proxy:resumed", "game:dice-rolled 5", "game:dice-rolled 6")));
        assertThat(connection.status(), is(ConnectionStatus.JOINED));
        FutureTask<RoomEvent.Ack> again = async(connection::roll);
        proxy.ack(proxy.expect("game:roll")); // and nobody was asked for a sign of life before
        await(again);
        assertThat(server.hasNoPeer(), is(true));
    }

    @Test
    void aMoveThatTheReplayShowsWasMade() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        proxy.expect("game:move");
        lost(proxy, 1);
        back(proxy, 5, true);
        proxy.say(MOVED);
        await(moved);
    }

    @Test
    void aMoveThatNeitherTheReplayShowsNorWhatFollowsWasNotMade() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        proxy.expect("game:move");
        lost(proxy, 1);
        lost(proxy, 2);
        back(proxy, 5, true);
        proxy.roll(5);
        pong(proxy, proxy.expect("ping"));
        assertThat(effectOf(moved), is(Effect.NONE));
        proxy.roll(6);
        assertThat(
                told(5),
                is(List.of(
                        "proxy:reconnecting",
                        "proxy:reconnecting",
                        "proxy:resumed",
                        "game:dice-rolled 5",
                        "game:dice-rolled 6")));
    }

    @Test
    void aReplayThatIsSlowerThanThePongIsWaitedFor() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        proxy.expect("game:move");
        lost(proxy, 1);
        back(proxy, 5, true);
        pong(proxy, proxy.expect("ping"));
        proxy.say(MOVED);
        await(moved);
    }

    @Test
    void aMoveThatReachesTheProxyWhenTheApiIsBackIsNotTakenForLost() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        JsonObject move = proxy.expect("game:move");
        lost(proxy, 1);
        back(proxy, 4, true);
        JsonObject ping = proxy.expect("ping");
        proxy.ack(move);
        assertThat(await(moved).requestId().orElseThrow(), is(move.getString("requestId")));
        pong(proxy, ping);
        proxy.roll(5);
        assertThat(told(4), is(List.of("proxy:reconnecting", "proxy:resumed", "ack", "game:dice-rolled 5")));
    }

    @Test
    void aMoveThatReachesTheProxyWhileTheApiIsGoneIsRejected() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        JsonObject move = proxy.expect("game:move");
        lost(proxy, 1);
        unavailable(proxy, move);
        assertThat(
                assertThrows(CommandRejectedException.class, () -> await(moved)).code(), is(ErrorCode.UNAVAILABLE));
    }

    @Test
    void aCommandGivenWhileTheApiIsGoneHasItsOwnAnswer() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        lost(proxy, 1);
        assertThat(told(), is("proxy:reconnecting"));
        FutureTask<RoomEvent.Ack> rolled = async(connection::roll);
        JsonObject roll = proxy.expect("game:roll");
        lost(proxy, 2);
        assertThat(told(), is("proxy:reconnecting"));
        assertThat(rolled.isDone(), is(false));
        unavailable(proxy, roll);
        assertThat(
                assertThrows(CommandRejectedException.class, () -> await(rolled))
                        .code(),
                is(ErrorCode.UNAVAILABLE));
    }

    @Test
    void onlyTheLastQuestionCounts() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        proxy.expect("game:move");
        lost(proxy, 1);
        back(proxy, 4, true);
        JsonObject first = proxy.expect("ping");
        lost(proxy, 1);
        unavailable(proxy, first);
        back(proxy, 4, true);
        JsonObject second = proxy.expect("ping");
        assertThat(second.getString("requestId"), is(not(first.getString("requestId"))));
        pong(proxy, first);
        proxy.roll(5);
        assertThat(
                told(5),
                is(List.of(
                        "proxy:reconnecting",
                        "proxy:resumed",
                        "proxy:reconnecting",
                        "proxy:resumed",
                        "game:dice-rolled 5")));
        assertThat(moved.isDone(), is(false));
        pong(proxy, second);
        assertThat(effectOf(moved), is(Effect.NONE));
    }

    @Test
    void whereWhatWasMissedIsGoneTheRoomIsJoinedAnewAndTheStateTellsOfTheMove() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        proxy.expect("game:move");
        lost(proxy, 1);
        back(proxy, 2, false);
        Peer second = server.peer();
        second.expect("room:join");
        second.rejoined(
                false,
                2,
                "e2",
                ",\"state\":{\"gameId\":\"g1\",\"roomCode\":\"K7Q2MX\",\"status\":\"playing\",\"seq\":2,\"epoch\":\"e2\","
                        + "\"players\":[{\"playerId\":\"p1\",\"playerName\":\"Ann\",\"color\":\"red\",\"pieces\":"
                        + "[{\"pieceId\":\"red-0\",\"position\":7}]}]}");
        await(moved);
    }

    @Test
    void aSocketThatIsLostAsWellIsReplaced() {
        RoomConnection connection = join();
        Peer proxy = open(connection);
        FutureTask<RoomEvent.Ack> moved = async(() -> connection.move(MOVE));
        proxy.expect("game:move");
        lost(proxy, 1);
        back(proxy, 5, true);
        proxy.expect("ping");
        proxy.cut();
        Peer second = server.peer();
        second.expect("room:join");
        second.rejoined(true, 5, "e1", "");
        second.roll(5);
        assertThat(effectOf(moved), is(Effect.NONE));
    }
}
