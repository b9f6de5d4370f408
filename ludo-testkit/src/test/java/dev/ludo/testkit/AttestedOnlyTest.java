package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.RoomClosed;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestedOnlyTest extends WithFake {
    @Override
    FakeLudoBuilder setup() {
        return super.setup().attestedOnly();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, rooms/AAAA/join",
        "POST, rooms/AAAA/leave",
        "POST, rooms/AAAA/start",
        "POST, games/x/roll",
        "GET, games/x/moves",
        "GET, players/x/games",
        "GET, leaderboard",
        "GET, webhooks",
        "POST, webhooks"
    })
    void whatIsNotAttestedIsNotThere(String method, String path) {
        Api.Reply reply = api.call(method, path, "");
        assertThat(reply.status(), is(404));
        assertThat(reply.body().keySet(), is(Set.of("success", "data", "error")));
    }

    @Test
    void roomsPlayersAndFailuresHaveTheirAttestedFieldsAlone() {
        Room room = api.open(2, "classic");
        Set<String> fields = Set.of("code", "status", "playerCount", "maxPlayers");
        assertThat(api.get("rooms/" + room.code()).data().keySet(), is(fields));
        assertThat(api.get("rooms").list().getJsonObject(0).keySet(), is(fields));
        var ann = api.register("Ann");
        assertThat(
                api.get("players/" + ann.playerId()).data().keySet(),
                is(Set.of("playerId", "playerName", "createdAt")));
        assertThat(
                api.get("players/me", "X-Session-Token", ann.sessionToken().reveal())
                        .data()
                        .getString("playerName"),
                is("Ann"));
        Api.Reply failure = api.post("rooms", "{\"maxPlayers\":9}");
        assertThat(failure.status(), is(422));
        assertThat(failure.body().keySet(), is(Set.of("success", "data", "error")));
        assertThat(api.callWithoutKey("GET", "rooms", "").body().keySet(), is(Set.of("success", "data", "error")));
        assertThat(api.get("health").data().getString("status"), is("ok"));
    }

    @Test
    void aRepeatedKeyIsHonouredWithoutSayingSo() {
        Api.Reply first = api.post("rooms", "", "Idempotency-Key", "k");
        Api.Reply again = api.post("rooms", "", "Idempotency-Key", "k");
        assertThat(again.text(), is(first.text()));
        assertThat(again.header("Idempotent-Replayed"), is(Optional.empty()));
        assertThat(ludo.rooms().size(), is(1));
    }

    @Test
    void theFakeRollsAndMovesAreMadeOverRest() {
        ludo.rollNext(2, 3);
        Table table = ludo.gameAt(GameAt.players(2).piece("red-0", 4).piece("yellow-0", 8));
        ludo.advance(Duration.ZERO);
        assertThat(state(table).getJsonObject("turn").getInt("dice"), is(2));
        assertThat(state(table).containsKey("seq") || state(table).containsKey("epoch"), is(false));
        Api.Reply moved = api.tryMove(table.game(), "red-0", 6);
        assertThat(moved.data().isEmpty(), is(true));
        ludo.advance(Duration.ZERO);
        assertThat(state(table).getJsonObject("turn").getInt("dice"), is(3));
        assertThat(api.tryMove(table.game(), "yellow-0", 12).status(), is(409));
    }

    private jakarta.json.JsonObject state(Table table) {
        return api.get("games/" + table.game().gameId() + "/state").data();
    }

    @Test
    void socketsHearFiveMessagesWithoutNumbers() {
        ludo.rollNext(2, 3);
        Table table = ludo.gameAt(
                GameAt.players(2).piece("red-0", 4).piece("yellow-0", 6).dice(2));
        SeatedPlayer red = table.player(Color.RED);
        try (TestSocket socket = TestSocket.join(
                ludo,
                table.room(),
                new Api.Seated(red.playerId(), red.playerToken().reveal()),
                ",\"lastSeq\":0,\"epoch\":\"x\"")) {
            socket.send("{\"type\":\"ping\"}");
            socket.send("{\"type\":\"game:roll\"}");
            await(table, red);
            assertThat(api.tryMove(table.game(), "red-0", 6).status(), is(200));
            RoomMessage moved = socket.next();
            assertThat(moved.at(), is(Optional.empty()));
            assertThat(moved.sentAt(), is(Optional.empty()));
            PieceMoved piece = (PieceMoved) moved.event();
            assertThat(piece.position(), is(Position.of(6)));
            assertThat(piece.playerId(), is(Optional.empty()));
            assertThat(socket.next(PieceMoved.class).position(), is(Position.YARD));
            DiceRolled again = socket.next(DiceRolled.class);
            assertThat(again, is(new DiceRolled(2, Optional.empty(), List.of())));
            assertThat(api.tryMove(table.game(), "red-0", 8).status(), is(200));
            assertThat(socket.next(PieceMoved.class).position(), is(Position.of(8)));
            assertThat(
                    socket.next(TurnChange.class).currentPlayerId(),
                    is(table.player(Color.YELLOW).playerId()));
            assertThat(socket.next(DiceRolled.class).value(), is(3));
        }
    }

    /** The socket is in the room once the fake says that its player is connected. */
    private void await(Table table, SeatedPlayer who) {
        try {
            ludo.awaitRoom(
                    table.room().code(),
                    room -> room.player(who.playerId()).orElseThrow().connected(),
                    SOON);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a test", e);
        }
    }

    @Test
    void whoOnlyWatchesIsNotUnderstood() {
        Table table = ludo.gameAt(GameAt.players(2));
        try (TestSocket socket = TestSocket.watch(ludo, table.room(), "")) {
            ludo.advance(Duration.ofSeconds(10));
            socket.endsWith(4408);
        }
    }

    @Test
    void aRoomThatClosesSaysSo() {
        Room room = ludo.openRoom();
        SeatedPlayer ann = ludo.seat(room.code(), "Ann");
        try (TestSocket socket = TestSocket.join(
                ludo, room, new Api.Seated(ann.playerId(), ann.playerToken().reveal()), "")) {
            await(new Table(room, ludo.gameAt(GameAt.players(2)).game(), List.of(ann)), ann);
            ludo.advance(Duration.ofMinutes(30));
            socket.next(RoomClosed.class);
            socket.endsWith(1000);
        }
        assertThat(GameStatus.ENDED.word(), is("ended"));
    }
}
