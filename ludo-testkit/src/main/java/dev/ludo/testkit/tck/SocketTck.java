package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckCase.Mark.A;
import static dev.ludo.testkit.tck.TckFeature.API_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.Ack;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.GameStarted;
import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.PlayerJoined;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.event.RoomEvent.Pong;
import dev.ludo.core.event.RoomEvent.Refused;
import dev.ludo.core.event.RoomEvent.RoomClosed;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomEvent.RoomLeft;
import dev.ludo.core.event.RoomEvent.StateReport;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomRole;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.TurnReason;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Sockets: handshake, joining, commands, what everybody is told, how it ends. Section 2 of the contract. */
public abstract class SocketTck extends TckSuite {
    /** For subclasses. */
    protected SocketTck() {}

    @TckCase(value = "2: handshake", mark = A)
    void aSocketOpensWithTheKey() {
        assertEquals(false, socket(table(2, GameMode.CLASSIC)).raw().isInputClosed());
    }

    @TckCase(value = "2: handshake, a bad key is 401 at the upgrade", mark = A, needs = API_KEY)
    void aWrongKeyIsRefusedAtTheUpgrade() {
        Table table = table(2, GameMode.CLASSIC);
        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> http().client()
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer lk_not_the_key")
                        .buildAsync(target().socketUri(table.code()), new WebSocket.Listener() {})
                        .join());
        WebSocketHandshakeException refused = assertInstanceOf(WebSocketHandshakeException.class, failed.getCause());
        assertEquals(401, refused.getResponse().statusCode());
    }

    @TckCase("2: room:watch, room:joined")
    void aSpectatorIsToldHowTheRoomIs() {
        Table table = table(2, GameMode.CLASSIC);
        Json joined = watching(table).nextDirect().raw();
        assertEquals("room:joined", joined.text("type"));
        joined.assertAbsent("seq");
        joined.assertAbsent("ts");
        Json data = joined.object("data");
        assertEquals(table.code().value(), data.text("roomCode"));
        assertEquals("spectator", data.text("role"));
        assertEquals(false, data.flag("resumed"));
        assertEquals(0, data.number("seq"));
        assertEquals(false, data.text("epoch").isBlank(), "epoch must not be blank");
        assertEquals(table.code().value(), data.object("room").text("code"));
        data.assertAbsent("playerId");
        data.assertAbsent("state");
    }

    @TckCase("2: room:join, room:joined")
    void aPlayerIsToldTheSeatAndTheGame() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.state();
        RoomJoined joined = joined(table, table.seat(1)).event(RoomJoined.class);
        assertEquals(RoomRole.PLAYER, joined.role());
        assertEquals(Optional.of(table.seat(1).playerId()), joined.playerId());
        assertEquals(Optional.of(Color.YELLOW), joined.color());
        assertEquals(Optional.of(state), joined.state());
        assertEquals(state.seq(), joined.seq());
        assertEquals(state.epoch(), joined.epoch());
    }

    @TckCase("2: broadcasts, room:player-joined, game:started")
    void joinsAndTheStartAreToldToEverybody() {
        Table table = table(2, GameMode.QUICK);
        Socket socket = watching(table);
        socket.await(RoomJoined.class);
        Table.Seat ann = table.seat("Ann");
        Table.Seat bob = table.seat("Bob");
        Socket.Told first = socket.nextBroadcast();
        assertEquals(1, first.seq());
        first.raw().time("ts");
        assertEquals(new PlayerJoined(ann.playerId(), "Ann", 1), first.event());
        assertEquals(
                new PlayerJoined(bob.playerId(), "Bob", 2),
                socket.nextBroadcast().event());
        GameStarted started = socket.event(GameStarted.class);
        assertEquals(table.room().gameId(), Optional.of(started.gameId()));
        assertEquals(table.state().players(), started.state().players());
        Socket.Told change = socket.nextBroadcast();
        assertEquals(new TurnChange(ann.playerId(), TurnReason.STARTED), change.event());
        assertEquals(4, change.seq());
    }

    @TckCase("2: room:player-connection; 1: players.connected")
    void comingAndGoingOfSocketsIsTold() {
        Table table = table(2, GameMode.CLASSIC);
        Table.Seat ann = table.seat("Ann");
        Socket watcher = watching(table);
        watcher.await(RoomJoined.class);
        Socket socket = joined(table, ann);
        assertEquals(new PlayerConnection(ann.playerId(), true), watcher.event(PlayerConnection.class));
        assertEquals(true, table.room().players().getFirst().connected());
        socket.raw().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertEquals(new PlayerConnection(ann.playerId(), false), watcher.event(PlayerConnection.class));
        assertEquals(false, table.room().players().getFirst().connected());
    }

    @TckCase("2: game:roll, ack")
    void aRollIsToldToEverybodyAndAcknowledged() {
        Table table = playing(2, GameMode.CLASSIC);
        Socket watcher = watching(table);
        watcher.await(RoomJoined.class);
        Socket socket = joined(table, table.seat(0)).send("{\"type\":\"game:roll\",\"requestId\":\"r-1\"}");
        Json data = socket.await(DiceRolled.class).raw().object("data");
        assertTrue(data.number("value") >= 1 && data.number("value") <= 6, data + " value");
        assertEquals(table.seat(0).playerId().value(), data.text("playerId"));
        data.objects("legalMoves");
        assertEquals(new Ack(Optional.of("r-1")), socket.event(Ack.class));
        assertEquals(
                data.tree(),
                watcher.await(DiceRolled.class).raw().object("data").tree());
    }

    @TckCase("2: error")
    void whatIsRefusedIsAnErrorWithTheRequestsId() {
        Table table = playing(2, GameMode.CLASSIC);
        Socket socket = joined(table, table.seat(1));
        assertRefused("NOT_YOUR_TURN", "r-2", socket.send("{\"type\":\"game:roll\",\"requestId\":\"r-2\"}"));
        Socket first = joined(table, table.seat(0));
        assertRefused(
                "ROLL_FIRST",
                "m-1",
                first.send(
                        "{\"type\":\"game:move\",\"pieceId\":\"red-0\",\"targetPosition\":0,\"requestId\":\"m-1\"}"));
        assertRefused(
                "VALIDATION_FAILED",
                "m-2",
                first.send(
                        "{\"type\":\"game:move\",\"pieceId\":\"pink-0\",\"targetPosition\":0,\"requestId\":\"m-2\"}"));
    }

    private static void assertRefused(String code, String requestId, Socket socket) {
        Refused refused = socket.event(Refused.class);
        assertEquals(code, refused.code());
        assertEquals(Optional.of(requestId), refused.requestId());
        assertEquals(false, refused.message().isBlank(), "message must be a sentence");
    }

    @TckCase("2: room:watch, who has no seat")
    void aSpectatorCannotPlay() {
        Socket socket = watching(playing(2, GameMode.CLASSIC));
        assertRefused("FORBIDDEN", "r", socket.send("{\"type\":\"game:roll\",\"requestId\":\"r\"}"));
    }

    @TckCase("2: state:sync, game:state")
    void theStateIsToldToWhoAsks() {
        Table table = playing(2, GameMode.CLASSIC);
        Socket socket = watching(table);
        socket.await(RoomJoined.class);
        Socket.Told told = socket.send("{\"type\":\"state:sync\"}").await(StateReport.class);
        assertEquals(table.state(), ((StateReport) told.event()).state());
        assertEquals(false, told.isBroadcast(), "game:state carries no seq");
        told.raw().assertAbsent("ts");
    }

    @TckCase("2: ping, pong")
    void aPingOfEitherKindIsAnswered() {
        Socket socket = watching(table(2, GameMode.CLASSIC));
        socket.await(RoomJoined.class);
        assertEquals(
                new Pong(Optional.of("p-1")),
                socket.send("{\"type\":\"ping\",\"requestId\":\"p-1\"}").event(Pong.class));
        assertEquals("still there?", socket.ping("still there?"), "the pong frame holds what the ping frame held");
    }

    @TckCase("2: room:leave, room:left; order of the messages of a leave")
    void whoLeavesIsToldSoAndEverybodyElseToo() {
        Table table = playing(2, GameMode.CLASSIC);
        Socket watcher = watching(table);
        watcher.await(RoomJoined.class);
        Table.Seat leaver = table.seat(0);
        Socket socket = joined(table, leaver);
        watcher.await(PlayerConnection.class);
        socket.send("{\"type\":\"room:leave\"}");
        socket.await(RoomLeft.class);
        socket.assertEnds(1000);
        assertEquals(
                new PlayerLeft(leaver.playerId(), "Player 0", 1),
                watcher.nextBroadcast().event());
        GameEnded ended = watcher.event(GameEnded.class);
        assertEquals(table.seat(1).playerId(), ended.winnerId());
        assertEquals(List.of(table.seat(1).playerId(), leaver.playerId()), ended.ranking());
    }

    @TckCase("1: Shapes, status: room:closed, then close 1000")
    void aRoomThatClosesSaysSoAndClosesItsSockets() {
        Table table = playing(2, GameMode.CLASSIC);
        Socket watcher = watching(table);
        watcher.await(RoomJoined.class);
        table.tryLeave(table.seat(0)).data(200);
        table.tryLeave(table.seat(1)).data(200);
        watcher.await(RoomClosed.class);
        watcher.assertEnds(1000);
    }

    @TckCase("2: close codes, 4409")
    void aNewerConnectionOfAPlayerReplacesTheOlder() {
        Table table = table(2, GameMode.CLASSIC);
        Table.Seat ann = table.seat("Ann");
        Socket older = joined(table, ann);
        older.await(RoomJoined.class);
        Socket newer = joined(table, ann);
        newer.await(RoomJoined.class);
        older.assertEnds(4409);
        assertEquals(true, table.room().players().getFirst().connected());
    }

    @TckCase("2: close codes, 4403")
    void aBadTokenOrAnotherRoomEndsTheSocket() {
        Table table = table(2, GameMode.CLASSIC);
        socket(table).join(table.code(), Secret.of("not-a-token")).assertEnds(4403);
        Table other = table(2, GameMode.CLASSIC);
        Socket socket = watching(table);
        socket.await(RoomJoined.class);
        socket.watch(other.code()).assertEnds(4403);
    }

    @TckCase("2: close codes, 4404")
    void aRoomThatIsNotThereEndsTheSocket() {
        RoomCode nowhere = RoomCode.of("ZZZZZZ9999");
        socket(nowhere).watch(nowhere).assertEnds(4404);
    }

    @TckCase("2: close codes, 4400")
    void whatIsNoMessageEndsTheSocket() {
        for (String text : List.of("nonsense", "[1]", "{\"type\":\"room:watch\"")) {
            socket(table(2, GameMode.CLASSIC)).send(text).assertEnds(4400);
        }
        Socket later = watching(table(2, GameMode.CLASSIC));
        later.await(RoomJoined.class);
        later.send("nonsense").assertEnds(4400);
    }

    @TckCase("2: close codes, 1003 and 1009")
    void onlyTextUpTo64KibIsTaken() {
        Socket binary = watching(table(2, GameMode.CLASSIC));
        binary.await(RoomJoined.class);
        binary.raw().sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
        binary.assertEnds(1003);
        Socket big = watching(table(2, GameMode.CLASSIC));
        big.await(RoomJoined.class);
        big.send("{\"type\":\"ping\",\"padding\":\"" + "x".repeat(64 * 1024) + "\"}")
                .assertEnds(1009);
    }

    @TckCase("2: what goes to one client carries no seq")
    void answersCarryNoNumber() {
        Table table = playing(2, GameMode.CLASSIC);
        Socket socket = joined(table, table.seat(0))
                .send("{\"type\":\"ping\"}")
                .send("{\"type\":\"game:roll\"}")
                .send("{\"type\":\"game:move\",\"pieceId\":\"pink-0\",\"targetPosition\":0}");
        for (Class<? extends RoomEvent> type : List.of(RoomJoined.class, Pong.class, Ack.class, Refused.class)) {
            Json raw = socket.await(type).raw();
            raw.assertAbsent("seq");
            raw.assertAbsent("ts");
        }
    }
}
