package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckFeature.HOUSE_RULES;
import static dev.ludo.testkit.tck.TckFeature.LONG_CASES;
import static dev.ludo.testkit.tck.TckFeature.TRUSTED_APPLICATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.error.Failure;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Games over REST: state, rolls, moves, whole games by the rules. Section 1 of the contract. */
public abstract class GamesTck extends TckSuite {
    /** For subclasses. */
    protected GamesTck() {}

    @TckCase("1: GET /games/{gameId}/state, Shapes, game state")
    void aStateHasAllItsFields() {
        Table table = playing(2, GameMode.CLASSIC);
        Json state = http().get(table.game() + "/state").data(200);
        assertEquals(table.code().value(), state.text("roomCode"));
        assertEquals("classic", state.text("gameMode"));
        assertEquals("playing", state.text("status"));
        assertEquals(false, state.text("epoch").isBlank(), "epoch must not be blank");
        assertTrue(state.number("seq") > 0, "seq counts the room's broadcasts");
        assertEquals(List.of(), state.texts("ranking"));
        state.assertAbsent("winnerId");
        state.time("updatedAt");
        Json turn = state.object("turn");
        assertEquals(table.seat(0).playerId().value(), turn.text("playerId"), "the first who joined begins");
        assertEquals("roll", turn.text("phase"));
        turn.assertAbsent("dice");
        assertEquals(0, turn.number("sixes"));
        assertEquals(1, turn.number("number"));
        Json first = state.objects("players").getFirst();
        assertEquals("red", first.text("color"));
        assertEquals(
                List.of("red-0", "red-1", "red-2", "red-3"),
                first.objects("pieces").stream()
                        .map(piece -> piece.text("pieceId"))
                        .toList());
        assertEquals(-1, first.objects("pieces").getFirst().number("position"), "a piece in the yard");
    }

    @TckCase("1: Shapes, turn.deadline")
    void aDeadlineThatIsToldIsAhead() {
        Json state = http().get(playing(2, GameMode.CLASSIC).game() + "/state").data(200);
        if (state.object("turn").has("deadline")) {
            assertTrue(state.object("turn").time("deadline").isAfter(state.time("updatedAt")), "deadline");
        }
    }

    @TckCase("1: table of failures, GAME_NOT_FOUND")
    void aGameThatIsNotThereIsNotFound() {
        Table.Seat seat = playing(2, GameMode.CLASSIC).seat(0);
        http().get("/games/gam_nowhere0/state").failure(404, "GAME_NOT_FOUND");
        http().post("/games/gam_nowhere0/roll", "", seat.proof()).failure(404, "GAME_NOT_FOUND");
        http().post("/games/gam_nowhere0/move", "{\"pieceId\":\"red-0\",\"targetPosition\":0}", seat.proof())
                .failure(404, "GAME_NOT_FOUND");
    }

    @TckCase("1: who acts")
    void onlyWhoseTurnItIsMayAct() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.state();
        table.tryRoll(state, table.notToAct(state).proof()).failure(409, "NOT_YOUR_TURN");
        table.tryRoll(state, Http.PLAYER, "not-a-token").failure(403, "FORBIDDEN");
        Table.Seat stranger = playing(2, GameMode.CLASSIC).seat(0);
        table.tryRoll(state, stranger.proof()).failure(403, "FORBIDDEN");
        assertEquals(state, table.state(), "nothing must have changed");
    }

    @TckCase("1: with the API key alone; 4: who acts")
    void aRollWithoutATokenIsTrustedOrForbidden() {
        Table table = playing(2, GameMode.CLASSIC);
        Reply reply = table.tryRoll(table.state());
        if (target().offers(TRUSTED_APPLICATION)) {
            reply.data(200);
        } else {
            reply.failure(403, "FORBIDDEN");
        }
    }

    @TckCase("1: POST /games/{gameId}/roll")
    void aRollShowsWhatCanBeMoved() {
        Table table = playing(2, GameMode.CLASSIC);
        RollResult rolled = table.rollUntilMovable(table.state());
        assertTrue(rolled.value() >= 1 && rolled.value() <= 6, "value must be 1 to 6, was " + rolled.value());
        assertEquals(rolled.value(), rolled.state().turn().orElseThrow().dice().orElseThrow());
        assertEquals(rolled.state(), table.state());
    }

    @TckCase("1: WRONG_PHASE: ROLL_FIRST, MOVE_FIRST")
    void rollsAndMovesTakeTurns() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.state();
        table.tryMove(state, "red-0", 0, table.toAct(state).proof()).failure(409, "ROLL_FIRST");
        RollResult rolled = table.rollUntilMovable(state);
        table.tryRoll(state, table.toAct(rolled.state()).proof()).failure(409, "MOVE_FIRST");
    }

    @TckCase("1: POST /games/{gameId}/move")
    void aMoveTellsWhatHappened() {
        Table table = playing(2, GameMode.CLASSIC);
        RollResult rolled = table.rollUntilMovable(table.state());
        LegalMove move = rolled.legalMoves().getFirst();
        Json moved = table.tryMove(
                        rolled.state(),
                        move.pieceId().toString(),
                        move.targetPosition().value(),
                        table.toAct(rolled.state()).proof())
                .data(200);
        Json message = moved.objects("events").getFirst();
        assertEquals("game:piece-moved", message.text("type"));
        assertEquals(rolled.state().seq() + 1, message.number("seq"));
        message.time("ts");
        assertEquals(move.pieceId().toString(), message.object("data").text("pieceId"));
        assertEquals(move.targetPosition().value(), message.object("data").number("position"));
        assertEquals("moved", message.object("data").text("cause"));
        assertEquals(table.state(), moved.object("state").as(GameState.class));
    }

    @TckCase("1: ILLEGAL_MOVE with the rules' word")
    void anIllegalMoveIsRefusedAndChangesNothing() {
        Table table = playing(2, GameMode.CLASSIC);
        RollResult rolled = table.rollUntilMovable(table.state());
        GameState before = rolled.state();
        Table.Seat acting = table.toAct(before);
        LegalMove legal = rolled.legalMoves().getFirst();
        int wrong = legal.targetPosition().value() == 45 ? 46 : 45;
        assertWord("WRONG_TARGET", table.tryMove(before, legal.pieceId().toString(), wrong, acting.proof()));
        String notOwn = legal.pieceId().toString().startsWith("red") ? "yellow-0" : "red-0";
        assertWord("NOT_YOUR_PIECE", table.tryMove(before, notOwn, 0, acting.proof()));
        assertEquals(before, table.state());
    }

    private static void assertWord(String word, Reply reply) {
        Failure failure = reply.failure(409, "ILLEGAL_MOVE");
        assertEquals(1, failure.details().size(), () -> reply + ": details must hold the rules' word");
        assertEquals(word, failure.details().getFirst().message());
    }

    @TckCase("1: POST /games/{gameId}/move, form")
    void aMoveOfTheWrongFormIsNamedFieldByField() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.rollUntilMovable(table.state()).state();
        String[] proof = table.toAct(state).proof();
        for (String piece : List.of("red-4", "pink-0", "red", "", "green-0", "blue-3")) {
            table.tryMove(state, piece, 0, proof).invalid("pieceId");
        }
        for (int target : List.of(-1, 58)) {
            table.tryMove(state, "red-0", target, proof).invalid("targetPosition");
        }
        http().post("/games/" + state.gameId() + "/move", "{}", proof).invalid("pieceId", "targetPosition");
        http().post("/games/" + state.gameId() + "/move", "{\"pieceId\":7,\"targetPosition\":\"1\"}", proof)
                .invalid("pieceId", "targetPosition");
        assertEquals(state, table.state());
    }

    @TckCase(
            value = "1: a whole game by the rules, quick",
            needs = {HOUSE_RULES, LONG_CASES})
    void aQuickGameOfTwoIsTheOneThatTheRulesPlay() {
        play(playing(2, GameMode.QUICK));
    }

    @TckCase(
            value = "1: a whole game by the rules, classic",
            needs = {HOUSE_RULES, LONG_CASES})
    void aClassicGameOfTwoIsTheOneThatTheRulesPlay() {
        play(playing(2, GameMode.CLASSIC));
    }

    @TckCase(
            value = "1: a whole game by the rules, four players",
            needs = {HOUSE_RULES, LONG_CASES})
    void aQuickGameOfFourIsTheOneThatTheRulesPlay() {
        play(playing(4, GameMode.QUICK));
    }

    /** Plays to the end, and after each step holds the target's state and events against the rules'. */
    private void play(Table table) {
        GameState state = table.state();
        Umpire umpire = new Umpire(table, state);
        while (!umpire.isOver()) {
            if (umpire.awaitsRoll()) {
                RollResult rolled = table.roll(state);
                umpire.rolled(rolled);
                state = rolled.state();
            } else {
                LegalMove move = umpire.choose();
                var result = table.move(state, move);
                List<Long> numbers = result.events().stream()
                        .map(event -> event.at().orElseThrow().seq())
                        .toList();
                assertEquals(
                        LongStream.rangeClosed(
                                        state.seq() + 1,
                                        result.state().orElseThrow().seq())
                                .boxed()
                                .toList(),
                        numbers,
                        "the broadcasts of a move are numbered without a gap");
                umpire.moved(move, result);
                state = result.state().orElseThrow();
            }
        }
        umpire.check(table.state());
        assertEquals(RoomStatus.ENDED, table.room().status());
        assertOver(table, state);
    }

    private void assertOver(Table table, GameState state) {
        Table.Seat someone = table.seat(0);
        table.tryRoll(state, someone.proof()).failure(409, "GAME_OVER");
        table.tryMove(state, "red-0", 0, someone.proof()).failure(409, "GAME_OVER");
        table.tryJoin(Table.register(http(), "Eve")).failure(409, "GAME_OVER");
    }

    @TckCase("1: POST /rooms/{code}/leave, while playing")
    void whoLeavesAGameOfTwoLosesIt() {
        Table table = playing(2, GameMode.CLASSIC);
        PlayerId stays = table.seat(1).playerId();
        Room left = table.tryLeave(table.seat(0)).as(200, Room.class);
        assertEquals(RoomStatus.ENDED, left.status());
        GameState end = table.state();
        assertEquals(GameStatus.ENDED, end.status());
        assertEquals(Optional.empty(), end.turn());
        assertEquals(Optional.of(stays), end.winnerId());
        assertEquals(List.of(stays, table.seat(0).playerId()), end.ranking());
    }

    @TckCase(value = "1: POST /rooms/{code}/leave, while others play on", needs = HOUSE_RULES)
    void whoLeavesAGameOfThreeLetsTheOthersPlayOn() {
        Table table = playing(3, GameMode.CLASSIC);
        table.tryLeave(table.seat(0)).data(200);
        GameState state = table.state();
        assertEquals(GameStatus.PLAYING, state.status());
        assertEquals(table.seat(1).playerId(), state.turn().orElseThrow().playerId());
        Set<PlayerId> stillThere =
                table.room().players().stream().map(p -> p.playerId()).collect(Collectors.toSet());
        assertEquals(Set.of(table.seat(1).playerId(), table.seat(2).playerId()), stillThere);
    }
}
