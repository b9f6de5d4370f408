package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.RoomEvent.GameStarted;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import dev.ludo.testkit.fault.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SceneTest extends WithFake {
    @Test
    void aRoomIsOpenedInOneLine() {
        assertThat(api.room(ludo.openRoom()).maxPlayers(), is(4));
        Room quick = ludo.openRoom(2, GameMode.QUICK);
        assertThat(api.room(quick), is(quick));
        assertThat(quick.gameMode(), is(GameMode.QUICK));
        assertThat(refusal(() -> ludo.openRoom(5, GameMode.QUICK)), containsString("maxPlayers"));
    }

    @Test
    void aPlayerIsSeatedWithTokensThatAreGood() {
        Room room = ludo.openRoom(2, GameMode.CLASSIC);
        SeatedPlayer ann = ludo.seat(room.code(), " Ann ");
        assertThat(
                api.get("players/me", "X-Session-Token", ann.sessionToken().reveal())
                        .data()
                        .getString("playerName"),
                is("Ann"));
        ludo.seat(room.code(), "Bob");
        assertThat(
                api.tryRoll(api.state(room), "X-Player-Token", ann.playerToken().reveal())
                        .status(),
                is(200));
        assertThat(ann.toString().contains(ann.playerToken().reveal()), is(false));
        assertThrows(IllegalStateException.class, () -> ludo.seat(room.code(), "Cid"));
        assertThat(
                refusal(() -> ludo.seat(RoomCode.of("ZZZZ"), "Cid")),
                is("code must be that of a room of this fake: there is no room ZZZZ"));
        assertThat(refusal(() -> ludo.seat(ludo.openRoom().code(), "")), containsString("playerName"));
        assertThat("whom nobody seats is not registered", players(), is(2));
    }

    private int players() {
        return api.control("GET", "state", "").data().getJsonArray("players").size();
    }

    @Test
    void aGameBeginsWhereTheTestPutsIt() {
        Table table = ludo.gameAt(GameAt.players(3)
                .mode(GameMode.RANKED)
                .piece("red-0", 50)
                .piece("yellow-3", 56)
                .turn(Color.YELLOW)
                .dice(1));
        GameState state = api.get("games/" + table.game().gameId() + "/state").as(GameState.class);
        assertThat(table.game(), is(state));
        assertThat(api.room(table.room()).status(), is(RoomStatus.PLAYING));
        assertThat(state.gameMode(), is(GameMode.RANKED));
        assertThat(
                state.players().getFirst().pieces().getFirst(), is(new Piece(PieceId.parse("red-0"), Position.of(50))));
        var turn = state.turn().orElseThrow();
        assertThat(turn.playerId(), is(table.player(Color.YELLOW).playerId()));
        assertThat(turn.phase(), is(TurnPhase.MOVE));
        assertThat(turn.dice(), is(OptionalInt.of(1)));
        assertThat(turn.deadline(), is(Optional.of(START.plusSeconds(30))));
        List<RoomMessage> told = ludo.messages(table.room().code());
        assertThat(told.get(3).event(), is(new GameStarted(state.gameId(), state.withSeq(4))));
        assertThat(told.get(4).event(), is(new TurnChange(turn.playerId(), TurnReason.STARTED)));
        assertThat(
                api.tryMove(
                                state,
                                "yellow-3",
                                57,
                                "X-Player-Token",
                                table.player(Color.YELLOW).playerToken().reveal())
                        .asMove()
                        .state()
                        .orElseThrow()
                        .turn()
                        .orElseThrow()
                        .playerId(),
                is(table.player(Color.YELLOW).playerId()));
    }

    @Test
    void aGameCanBeginOneMoveBeforeItsEnd() {
        Table table = ludo.gameAt(GameAt.players(2)
                .piece("red-0", 57)
                .piece("red-1", 57)
                .piece("red-2", 57)
                .piece("red-3", 52)
                .dice(5));
        GameState ended =
                api.tryMove(table.game(), "red-3", 57).asMove().state().orElseThrow();
        assertThat(ended.status(), is(GameStatus.ENDED));
        assertThat(ended.winnerId(), is(Optional.of(table.player(Color.RED).playerId())));
    }

    @Test
    void someoneMayHaveFinishedAlready() {
        Table table = ludo.gameAt(GameAt.players(3)
                .piece("red-0", 57)
                .piece("red-1", 57)
                .piece("red-2", 57)
                .piece("red-3", 57));
        assertThat(table.game().players().getFirst().finishedRank(), is(OptionalInt.of(1)));
        assertThat(
                table.game().turn().orElseThrow().playerId(),
                is(table.player(Color.GREEN).playerId()));
    }

    @Test
    void whatCannotBeIsNamedAndLeavesNothingBehind() {
        assertThat(refusal(() -> GameAt.players(1)), is("players must be 2 to 4, was 1"));
        assertThat(refusal(() -> GameAt.players(2).dice(7)), is("dice must be 1 to 6, was 7"));
        assertThat(refusal(() -> GameAt.players(2).piece("pink-0", 1)), containsString("pieceId"));
        assertThat(refusal(() -> GameAt.players(2).piece("red-0", 58)), containsString("position"));
        assertThat(
                refusal(() -> ludo.gameAt(GameAt.players(2).piece("green-0", 1))),
                is("pieceId must be of a colour that plays, was green-0"));
        assertThat(
                refusal(() -> GameAt.players(2).piece("red-0", 51)),
                is("position must be one where the piece comes: a red piece never stands on track square 51"));
        assertThat(
                refusal(() -> ludo.gameAt(GameAt.players(2).turn(Color.BLUE))),
                is("turn must be a colour that plays, was blue"));
        assertThat(
                "no piece can move by a three",
                refusal(() -> ludo.gameAt(GameAt.players(2).dice(3))).isEmpty(),
                is(false));
        assertThat(
                refusal(() -> ludo.gameAt(GameAt.players(2).mode(GameMode.QUICK).piece("red-0", 57))),
                containsString("pieces must leave a game to play"));
        Table table = ludo.gameAt(GameAt.players(2));
        assertThat(refusal(() -> table.player(Color.GREEN)), is("color must be one that plays, was green"));
        assertThat(ludo.rooms().size(), is(1));
        assertThat(players(), is(2));
    }

    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aScriptedAnswerWinsOnceOverTheRules() {
        Room room = ludo.openRoom();
        ludo.on("GET", "/v1/rooms/*")
                .respond(Reply.failure(ErrorCode.UNAVAILABLE, "not now").withHeader("Retry-After", "7"))
                .respond(Reply.ok(Map.of("code", "ABCD", "status", "waiting")));
        ludo.on("POST", "/v1/rooms/" + room.code() + "/leave").respond(Reply.status(500));
        assertThat(api.post("rooms/" + room.code() + "/leave", "").status(), is(500));
        ludo.on("post", "/v1/**").respond(Reply.status(502).withBody("<html>").withHeader("Content-Type", "text/html"));
        assertThat(api.get("rooms").status(), is(200));
        Api.Reply first = api.get("rooms/" + room.code());
        assertThat(first.outcome(), is("503 UNAVAILABLE"));
        assertThat(first.header("Retry-After"), is(Optional.of("7")));
        assertThat(first.header("X-RateLimit-Limit"), is(Optional.of("10000")));
        assertThat(api.get("rooms/" + room.code()).data().getString("code"), is("ABCD"));
        assertThat(
                api.get("rooms/" + room.code()).data().getString("code"),
                is(room.code().value()));
        assertThat(ludo.unusedScripts(), is(List.of(new RequestPattern("POST", Glob.of("/v1/**")))));
        Api.Reply html = api.post("rooms/" + room.code() + "/start", "");
        assertThat(html.status() + " " + html.text(), is("502 <html>"));
        assertThat(html.header("Content-Type"), is(Optional.of("text/html")));
        assertThat(api.post("rooms/" + room.code() + "/start", "").outcome(), is("409 NOT_ENOUGH_PLAYERS"));
        assertThat(ludo.unusedScripts(), is(List.of()));
    }

    @Test
    void scriptsComeAfterTheKeyAndAreKeptForIdempotencyKeysAsOtherAnswersAre() {
        ludo.on("POST", "/v1/rooms").respond(Reply.status(500)).respond(Reply.ok(Map.of("made", "up")));
        assertThat(api.callWithoutKey("POST", "rooms", "").outcome(), is("401 UNAUTHORIZED"));
        assertThat(api.post("rooms", "", "Idempotency-Key", "k").status(), is(500));
        assertThat(api.post("rooms", "", "Idempotency-Key", "k").data().getString("made"), is("up"));
        Api.Reply replayed = api.post("rooms", "", "Idempotency-Key", "k");
        assertThat(replayed.data().getString("made"), is("up"));
        assertThat(replayed.header("Idempotent-Replayed"), is(Optional.of("true")));
        assertThat("nothing came of any of them", ludo.rooms(), is(List.of()));
    }

    @Test
    void aResetForgetsScripts() {
        ludo.on("GET", "/v1/rooms").respond(Reply.status(500));
        ludo.reset();
        assertThat(api.get("rooms").status(), is(200));
        assertThat(ludo.unusedScripts(), is(List.of()));
    }

    @Test
    void aBadScriptIsNamed() {
        assertThat(refusal(() -> ludo.on("G T", "/v1/rooms")), containsString("method"));
        assertThat(refusal(() -> ludo.on("GET", "/__ludo/state")), containsString("path"));
        assertThat(refusal(() -> ludo.on("GET", "")), containsString("pattern"));
        assertThat(
                refusal(() -> ludo.on("GET", "/v1/rooms/K7Q2M9")),
                is("path must name a room of this fake or none, was \"/v1/rooms/K7Q2M9\""));
        assertThat(refusal(() -> ludo.on("POST", "/v1/rooms/%20/join")), containsString("path"));
        assertThat(refusal(() -> Reply.status(200).withHeader("Retry After", "1")), containsString("headers"));
        assertThat(refusal(() -> Reply.status(204).withBody("{}")), containsString("body"));
        assertThat(refusal(() -> ludo.awaitWebhookAttempts(0, Duration.ZERO)), containsString("count"));
        assertThat(refusal(() -> Reply.status(199)), is("status must be 200 to 599, was 199"));
        ludo.openRoom(NewRoom.DEFAULT);
    }
}
