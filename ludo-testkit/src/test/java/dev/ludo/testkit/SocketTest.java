package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomEvent.Ack;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.PlayerJoined;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.event.RoomEvent.Pong;
import dev.ludo.core.event.RoomEvent.Refused;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomEvent.RoomLeft;
import dev.ludo.core.event.RoomEvent.StateReport;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomRole;
import dev.ludo.core.model.TurnReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTest extends WithFake {
    private Room room;
    private Api.Seated ann;
    private Api.Seated bob;

    @BeforeEach
    void seatTwo() {
        room = api.open(2, "classic");
        ann = api.seat(room, "Ann");
        bob = api.seat(room, "Bob");
    }

    @Test
    void theSocketsAreOnThePortOfTheApi() {
        assertThat(ludo.wsUri(), is(URI.create("ws://127.0.0.1:" + ludo.port() + "/ws")));
    }

    @ParameterizedTest
    @CsvSource({
        "/ws, Bearer lk_wrong, 401",
        "/ws, Basic lk_test_demo, 401",
        "/ws, Bearer, 401",
        "/wsx, Bearer lk_test_demo, 404",
        "/ws/room, Bearer lk_test_demo, 404"
    })
    void aHandshakeWithoutTheKeyOrElsewhereIsAnsweredOverHttp(String path, String authorization, int status) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            CompletionException e = assertThrows(
                    CompletionException.class,
                    () -> http.newWebSocketBuilder()
                            .header("Authorization", authorization)
                            .buildAsync(ludo.wsUri().resolve(path), new WebSocket.Listener() {})
                            .join());
            if (!(e.getCause() instanceof WebSocketHandshakeException refused)) {
                throw e;
            }
            assertThat(refused.getResponse().statusCode(), is(status));
        }
        assertThat(ludo.openSockets(), is(0));
    }

    @Test
    void whatIsNoHandshakeHasTheEnvelope() {
        assertThat(api.callWithoutKey("GET", "/ws", "").outcome(), is("401 UNAUTHORIZED"));
        assertThat(api.call("GET", "/ws", "").outcome(), is("404 NOT_FOUND"));
    }

    @Test
    void aPlayerWhoJoinsIsToldAllAboutTheRoom() {
        GameState state = api.state(room);
        Room before = api.room(room);
        try (TestSocket socket = TestSocket.join(ludo, room, bob, "")) {
            RoomJoined joined = socket.joined();
            assertThat(
                    joined,
                    is(new RoomJoined(
                            room.code(),
                            RoomRole.PLAYER,
                            Optional.of(bob.playerId()),
                            Optional.of(Color.YELLOW),
                            false,
                            state.seq(),
                            state.epoch(),
                            Optional.of(before),
                            Optional.of(state))));
            RoomMessage next = socket.next();
            assertThat(next.event(), is(new PlayerConnection(bob.playerId(), true)));
            assertThat(next.at().orElseThrow().seq(), is(joined.seq() + 1));
            assertThat(next.sentAt(), is(Optional.of(START)));
            assertThat(api.room(room).players().stream().map(p -> p.connected()).toList(), is(List.of(false, true)));
        }
    }

    @Test
    void aSpectatorSeesARoomBeforeItsGame() {
        room = api.open(2, "classic");
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            RoomJoined joined = socket.joined();
            assertThat(joined.role(), is(RoomRole.SPECTATOR));
            assertThat(joined.playerId(), is(Optional.empty()));
            assertThat(joined.color(), is(Optional.empty()));
            assertThat(joined.state(), is(Optional.empty()));
            assertThat(joined.room(), is(Optional.of(room)));
            assertThat(joined.seq(), is(0L));
            ann = api.seat(room, "Ann");
            RoomMessage first = socket.next();
            assertThat(first.event(), is(new PlayerJoined(ann.playerId(), "Ann", 1)));
            assertThat(first.at().orElseThrow().seq(), is(1L));
        }
    }

    @Test
    void aRollAndAMoveAreToldToEverybodyAndThenAcknowledged() {
        try (TestSocket player = TestSocket.join(ludo, room, ann, "");
                TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            player.joined();
            player.next(PlayerConnection.class);
            watcher.joined();
            ludo.rollNext(6);
            player.send("{\"type\":\"game:roll\",\"requestId\":\"r1\"}");
            DiceRolled rolled = player.next(DiceRolled.class);
            assertThat(rolled.value(), is(6));
            assertThat(rolled.legalMoves().size(), is(4));
            assertThat(player.nextEvent(), is(new Ack(Optional.of("r1"))));
            player.send("{\"type\":\"game:move\",\"pieceId\":\"red-2\",\"targetPosition\":0}");
            PieceMoved moved = player.next(PieceMoved.class);
            assertThat(moved.pieceId().toString(), is("red-2"));
            assertThat(player.nextEvent(), is(new Ack(Optional.empty())));
            assertThat(watcher.next().event(), is(rolled));
            assertThat(watcher.next().event(), is(moved));
        }
    }

    @Test
    void whatTheRulesRefuseIsAnErrorWithTheCommandsId() {
        try (TestSocket socket = TestSocket.join(ludo, room, bob, "")) {
            socket.joined();
            socket.next(PlayerConnection.class);
            socket.send("{\"type\":\"game:roll\",\"requestId\":\"r1\"}");
            assertThat(refusal(socket), is("NOT_YOUR_TURN r1"));
            ludo.rollNext(1);
            api.roll(api.state(room));
            socket.next(DiceRolled.class);
            socket.next(TurnChange.class);
            socket.send("{\"type\":\"game:move\",\"requestId\":\"m\",\"pieceId\":\"yellow-0\",\"targetPosition\":26}");
            assertThat(refusal(socket), is("ROLL_FIRST m"));
            socket.send("{\"type\":\"game:move\",\"requestId\":\"n\",\"pieceId\":\"green-0\",\"targetPosition\":26}");
            assertThat(refusal(socket), is("VALIDATION_FAILED n"));
        }
    }

    private static String refusal(TestSocket socket) {
        Refused refused = socket.next(Refused.class);
        assertThat(refused.message().isBlank(), is(false));
        return refused.code() + ' ' + refused.requestId().orElse("-");
    }

    @Test
    void whoHasNoSeatCannotPlay() {
        try (TestSocket watcher = TestSocket.watch(ludo, room, "");
                TestSocket leaver = TestSocket.join(ludo, room, ann, "")) {
            watcher.joined();
            leaver.joined();
            watcher.next(PlayerConnection.class);
            leaver.next(PlayerConnection.class);
            watcher.send("{\"type\":\"game:roll\",\"requestId\":\"r\"}");
            assertThat(refusal(watcher), is("FORBIDDEN r"));
            watcher.send("{\"type\":\"game:move\",\"pieceId\":\"red-0\",\"targetPosition\":0}");
            assertThat(refusal(watcher), is("FORBIDDEN -"));
            api.post("rooms/" + room.code() + "/leave", "", ann.header());
            leaver.next(PlayerLeft.class);
            leaver.next();
            leaver.send("{\"type\":\"game:roll\"}");
            assertThat(refusal(leaver), is("FORBIDDEN -"));
        }
    }

    @Test
    void theStateIsToldToWhoAsks() {
        room = api.open(2, "classic");
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            socket.joined();
            socket.send("{\"type\":\"state:sync\",\"requestId\":\"s\"}");
            assertThat(refusal(socket), is("GAME_NOT_FOUND s"));
            ann = api.seat(room, "Ann");
            bob = api.seat(room, "Bob");
            assertThat(socket.nextNumbers(4), is(List.of(1L, 2L, 3L, 4L)));
            socket.send("{\"type\":\"state:sync\"}");
            RoomMessage answer = socket.next();
            assertThat(answer.event(), is(new StateReport(api.state(room))));
            assertThat("it is no broadcast", answer.at(), is(Optional.empty()));
            assertThat(answer.sentAt(), is(Optional.empty()));
        }
    }

    @Test
    void aPingOfEitherKindIsAnswered() {
        room = api.open(2, "classic");
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            socket.joined();
            socket.send("{\"type\":\"ping\",\"requestId\":\"p1\"}");
            assertThat(socket.nextEvent(), is(new Pong(Optional.of("p1"))));
            socket.raw()
                    .sendPing(ByteBuffer.wrap("still there?".getBytes(StandardCharsets.UTF_8)))
                    .join();
            assertThat(socket.pong(), is("still there?"));
        }
    }

    @Test
    void aPlayerWhoLeavesGivesUpTheSeat() {
        try (TestSocket leaver = TestSocket.join(ludo, room, bob, "");
                TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            leaver.joined();
            leaver.next(PlayerConnection.class);
            watcher.joined();
            leaver.send("{\"type\":\"room:leave\"}");
            assertThat(leaver.nextEvent(), is(new RoomLeft()));
            leaver.endsWith(1000);
            assertThat(watcher.nextEvent(), is(new PlayerLeft(bob.playerId(), "Bob", 1)));
            assertThat(api.room(room).playerCount(), is(1));
            assertThat(api.state(room).winnerId(), is(Optional.of(ann.playerId())));
        }
        try (TestSocket again = TestSocket.join(ludo, room, bob, "")) {
            again.endsWith(4403);
        }
    }

    @Test
    void aSpectatorWhoLeavesJustGoes() {
        long before = api.state(room).seq();
        try (TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            watcher.joined();
            watcher.send("{\"type\":\"room:leave\"}");
            assertThat(watcher.nextEvent(), is(new RoomLeft()));
            watcher.endsWith(1000);
        }
        assertThat(api.state(room).seq(), is(before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | MALFORMED_REQUEST",
                "[1] | MALFORMED_REQUEST",
                "{\"type\":\"ping\" | MALFORMED_REQUEST",
                "{\"type\":\"ping\"} | MALFORMED_REQUEST",
                "{\"type\":\"game:roll\"} | MALFORMED_REQUEST",
                "{\"type\":\"state:sync\"} | MALFORMED_REQUEST",
                "{\"type\":\"room:leave\"} | MALFORMED_REQUEST",
                "{\"type\":\"room:dance\"} | VALIDATION_FAILED",
                "{} | VALIDATION_FAILED",
                "{\"type\":\"room:watch\"} | VALIDATION_FAILED",
                "{\"type\":\"room:watch\",\"roomCode\":\"?\"} | VALIDATION_FAILED",
                "{\"type\":\"room:join\",\"roomCode\":\"ABCD\"} | VALIDATION_FAILED",
                "{\"type\":\"room:watch\",\"roomCode\":\"ABCD\",\"lastSeq\":-1} | VALIDATION_FAILED"
            })
    void aFirstMessageThatJoinsNothingEndsTheSocket(String message, String code) {
        try (TestSocket socket = TestSocket.open(ludo)) {
            socket.send(message);
            assertThat(refusal(socket), is(code + " -"));
            socket.endsWith(4400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"room:dance\",\"requestId\":\"x\"} | VALIDATION_FAILED x",
                "{\"requestId\":\"x\"} | VALIDATION_FAILED x",
                "{\"type\":\"game:move\",\"requestId\":\"x\"} | VALIDATION_FAILED x",
                "{\"type\":\"ping\",\"requestId\":7} | VALIDATION_FAILED -"
            })
    void aLaterMessageThatIsWrongIsAnErrorOnly(String message, String refusal) {
        room = api.open(2, "classic");
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            socket.joined();
            socket.send(message);
            assertThat(refusal(socket), is(refusal));
            socket.send("{\"type\":\"ping\"}");
            assertThat(socket.nextEvent(), is(new Pong(Optional.empty())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "7", "{\"type\":\"ping\",\"type\":\"ping\"}", "{} {}", ""})
    void aLaterMessageThatIsNoObjectEndsTheSocket(String message) {
        room = api.open(2, "classic");
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            socket.joined();
            socket.send(message);
            assertThat(refusal(socket), is("MALFORMED_REQUEST -"));
            socket.endsWith(4400);
        }
    }

    @Test
    void theSameRoomCanBeJoinedAgainAndNoOther() {
        Room other = api.open(2, "classic");
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            long seq = socket.joined().seq();
            socket.send("{\"type\":\"room:join\",\"roomCode\":\"" + room.code() + "\",\"playerToken\":\"" + ann.token()
                    + "\"}");
            assertThat(socket.joined().playerId(), is(Optional.of(ann.playerId())));
            assertThat(socket.nextNumbers(1), is(List.of(seq + 1)));
            socket.send("{\"type\":\"room:join\",\"roomCode\":\"" + room.code() + "\",\"playerToken\":\"" + ann.token()
                    + "\",\"lastSeq\":" + seq + ",\"epoch\":\""
                    + api.state(room).epoch() + "\"}");
            RoomJoined again = socket.joined();
            assertThat(again.resumed(), is(true));
            assertThat(again.seq(), is(seq + 1));
            assertThat(socket.nextNumbers(1), is(List.of(seq + 1)));
            socket.send("{\"type\":\"room:watch\",\"roomCode\":\"" + other.code() + "\"}");
            socket.endsWith(4403);
        }
    }

    @Test
    void whoWatchesFromNowOnNoLongerPlays() {
        try (TestSocket socket = TestSocket.join(ludo, room, ann, "")) {
            socket.joined();
            socket.next(PlayerConnection.class);
            socket.send("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
            assertThat(socket.joined().role(), is(RoomRole.SPECTATOR));
            assertThat(socket.nextEvent(), is(new PlayerConnection(ann.playerId(), false)));
            socket.send("{\"type\":\"game:roll\"}");
            assertThat(refusal(socket), is("FORBIDDEN -"));
        }
    }

    @Test
    void aTurnThatRunsOutIsToldAtItsTime() {
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            socket.joined();
            ludo.advance(Duration.ofSeconds(30));
            RoomMessage change = socket.next();
            assertThat(change.event(), is(new TurnChange(bob.playerId(), TurnReason.TIMEOUT)));
            assertThat(change.sentAt(), is(Optional.of(START.plusSeconds(30))));
        }
    }

    @Test
    void aHandshakeMayNotBeForAnotherVersionOrWithoutANonce() throws IOException {
        for (String header : List.of(
                "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short",
                "Sec-WebSocket-Version: 13")) {
            String answer = RawHttp.exchange(
                    ludo.port(),
                    "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n"
                            + "Authorization: Bearer lk_test_demo\r\n" + header + "\r\n\r\n");
            assertThat(RawHttp.status(answer), is(400));
            assertThat(answer, containsString("\"code\":\"MALFORMED_REQUEST\""));
        }
    }

    @Test
    void whatDoesNotAskToBeUpgradedIsNoHandshake() throws IOException {
        String answer = RawHttp.exchange(
                ludo.port(),
                "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUpgrade: websocket\r\n"
                        + "Authorization: Bearer lk_test_demo\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n\r\n");
        assertThat(RawHttp.status(answer), is(400));
    }
}
