package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomEvent.GameStarted;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.RuleSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GamePlayTest extends WithFake {
    @Override
    FakeLudoBuilder setup() {
        return super.setup().rateLimit(0);
    }

    /** Each number of players and each mode once; in a soak each of one with each of the other. */
    static List<Arguments> tables() {
        List<GameMode> modes = List.of(GameMode.CLASSIC, GameMode.RANKED, GameMode.QUICK);
        return IntStream.range(0, 9)
                .filter(i -> Boolean.getBoolean("ludo.soak") || i / 3 == i % 3)
                .mapToObj(i -> Arguments.of(2 + i / 3, modes.get(i % 3)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aWholeGameIsTheOneThatTheRulesPlay(int count, GameMode mode) {
        Room room = api.open(count, mode.word());
        Map<PlayerId, String[]> tokens = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Api.Seated seated = api.seat(room, "Player " + i);
            tokens.put(seated.playerId(), seated.header());
        }
        GameState state = api.state(room);
        Game game = Game.start(
                        RuleSet.of(mode),
                        state.players().stream().map(p -> p.playerId()).toList())
                .game();
        Random choice = new Random(count);
        while (!game.isOver()) {
            assertSame(state, game);
            PlayerId who = game.currentPlayer().orElseThrow();
            String[] token = tokens.getOrDefault(who, new String[0]);
            if (game.phase() == TurnPhase.ROLL) {
                RollResult rolled = api.roll(state, token);
                game = game.roll(who, rolled.value()).game();
                assertThat(rolled.legalMoves(), is(game.legalMoves()));
                state = rolled.state();
            } else {
                List<LegalMove> legal = game.legalMoves();
                LegalMove move = legal.get(choice.nextInt(legal.size()));
                MoveResult moved = api.tryMove(
                                state,
                                move.pieceId().toString(),
                                move.targetPosition().value(),
                                token)
                        .asMove();
                var step = game.move(who, move.pieceId());
                assertThat(moved.events().stream().map(RoomMessage::event).toList(), is(step.events()));
                assertNumbered(moved, state);
                game = step.game();
                state = moved.state().orElseThrow();
            }
        }
        assertSame(state, game);
        assertThat(api.state(room), is(state));
        assertThat(api.room(room).status(), is(RoomStatus.ENDED));
    }

    /** The events of a move carry on where the state before it ended. */
    private static void assertNumbered(MoveResult moved, GameState before) {
        List<Sequence> expected = LongStream.rangeClosed(
                        before.seq() + 1, moved.state().orElseThrow().seq())
                .mapToObj(seq -> new Sequence(before.epoch(), seq))
                .toList();
        assertThat(moved.events().stream().map(m -> m.at().orElseThrow()).toList(), is(expected));
        assertThat(moved.events().getFirst().sentAt(), is(Optional.of(START)));
    }

    private static void assertSame(GameState state, Game game) {
        assertThat(state.status(), is(game.isOver() ? GameStatus.ENDED : GameStatus.PLAYING));
        assertThat(state.ranking(), is(game.ranking()));
        assertThat(state.winnerId(), is(game.isOver() ? game.winner() : Optional.empty()));
        assertThat(state.turn().map(turn -> turn.playerId()), is(game.currentPlayer()));
        state.turn().ifPresent(turn -> {
            assertThat(turn.phase(), is(game.phase()));
            assertThat(turn.dice(), is(game.dice()));
            assertThat(turn.sixes(), is(game.sixes()));
            assertThat(turn.number(), is(game.turnNumber()));
        });
        for (var player : state.players()) {
            assertThat(player.color(), is(game.seat(player.playerId()).color()));
            assertThat(player.finishedRank(), is(game.seat(player.playerId()).finishedRank()));
            assertThat(player.pieces().size(), is(4));
            player.pieces().forEach(piece -> assertThat(piece.position(), is(game.position(piece.pieceId()))));
        }
    }

    @Test
    void theOpeningIsToldWithTheStateThatItMakes() {
        Room room = api.open(2, "quick");
        Api.Seated ann = api.seat(room, "Ann");
        api.seat(room, "Bob");
        GameState state = api.state(room);
        List<RoomMessage> messages = ludo.messages(room.code());
        assertThat(
                messages.stream().map(m -> m.at().orElseThrow().seq()).toList(),
                is(LongStream.rangeClosed(1, 4).boxed().toList()));
        GameStarted started = (GameStarted) messages.get(2).event();
        assertThat(started.gameId(), is(state.gameId()));
        assertThat(started.state().seq(), is(3L));
        assertThat(started.state().turn(), is(state.turn()));
        assertThat(started.state().players(), is(state.players()));
        assertThat(messages.get(3).event(), is(new TurnChange(ann.playerId(), TurnReason.STARTED)));
        assertThat(state.seq(), is(4L));
        assertThat(state.gameMode(), is(GameMode.QUICK));
        assertThat(state.roomCode(), is(room.code()));
        assertThat(state.updatedAt(), is(Optional.of(START)));
        assertThat(
                "one piece is out in a quick game",
                state.players().getFirst().pieces().getFirst().position(),
                is(Position.of(0)));
    }

    @Test
    void aCapturedPieceGetsAMessageOfItsOwn() {
        GameState state = gameOfTwo();
        ludo.rollNext(6, 2, 6, 4, 6, 6, 5, 6, 5, 6);
        play(state, "red-0", 0);
        play(state, "red-0", 2);
        play(state, "yellow-0", 26);
        play(state, "yellow-0", 30);
        play(state, "red-0", 8);
        play(state, "red-0", 14);
        play(state, "red-0", 19);
        play(state, "yellow-1", 26);
        play(state, "yellow-1", 31);
        play(state, "red-0", 25);
        ludo.rollNext(5);
        api.roll(state);
        MoveResult moved = api.tryMove(state, "red-0", 30).asMove();
        assertThat(
                moved.events().stream().map(RoomMessage::event).toList(),
                is(List.of(
                        moved("red-0", 30, state.players().get(0).playerId(), 25, MoveCause.MOVED, Optional.empty()),
                        moved(
                                "yellow-0",
                                -1,
                                state.players().get(1).playerId(),
                                30,
                                MoveCause.CAPTURED,
                                Optional.of(PieceId.parse("red-0"))))));
        assertThat(
                "who captures rolls again",
                moved.state().orElseThrow().turn().orElseThrow().playerId(),
                is(state.players().get(0).playerId()));
    }

    private static PieceMoved moved(
            String piece, int to, PlayerId owner, int from, MoveCause cause, Optional<PieceId> by) {
        return new PieceMoved(
                PieceId.parse(piece), Position.of(to), Optional.of(owner), Optional.of(Position.of(from)), cause, by);
    }

    private void play(GameState state, String piece, int target) {
        api.roll(state);
        assertThat(piece + " to " + target, api.tryMove(state, piece, target).outcome(), is("200"));
    }

    private GameState gameOfTwo() {
        Room room = api.open(2, "classic");
        api.seat(room, "Ann");
        api.seat(room, "Bob");
        return api.state(room);
    }

    @Test
    void aRollAndAMoveHaveTheirOrder() {
        GameState state = gameOfTwo();
        ludo.rollNext(6);
        assertThat(api.tryMove(state, "red-0", 0).outcome(), is("409 ROLL_FIRST"));
        RollResult rolled = api.roll(state);
        assertThat(rolled.value(), is(6));
        assertThat(rolled.legalMoves().size(), is(4));
        assertThat(rolled.state().turn().orElseThrow().dice(), is(OptionalInt.of(6)));
        assertThat(api.tryRoll(state).outcome(), is("409 MOVE_FIRST"));
    }

    @Test
    void aRollThatMovesNothingPassesTheTurn() {
        GameState state = gameOfTwo();
        ludo.rollNext(3);
        RollResult rolled = api.roll(state);
        assertThat(rolled.legalMoves(), is(List.of()));
        assertThat(
                rolled.state().turn().orElseThrow().playerId(),
                is(state.players().get(1).playerId()));
        assertThat(rolled.state().turn().orElseThrow().number(), is(2));
        assertThat(rolled.state().seq(), is(state.seq() + 2));
    }

    @ParameterizedTest
    @CsvSource({
        "red-1, 2, PIECE_IN_YARD, pieceId",
        "yellow-0, 2, NOT_YOUR_PIECE, pieceId",
        "red-0, 3, WRONG_TARGET, targetPosition"
    })
    void anIllegalMoveIsRefusedWithTheRulesWord(String piece, int target, String word, String field) {
        GameState state = gameOfTwo();
        ludo.rollNext(6, 2);
        play(state, "red-0", 0);
        api.roll(state);
        GameState before = api.get("games/" + state.gameId() + "/state").as(GameState.class);
        Api.Reply reply = api.tryMove(state, piece, target);
        assertThat(reply.outcome(), is("409 ILLEGAL_MOVE"));
        assertThat(reply.failure().details().getFirst().message(), is(word));
        assertThat(reply.fields(), is(List.of(field)));
        assertThat(
                "nothing has changed",
                api.get("games/" + state.gameId() + "/state").as(GameState.class),
                is(before));
        assertThat(api.tryMove(state, "red-0", 2).outcome(), is("200"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | pieceId targetPosition",
                "{\"pieceId\":\"red-0\"} | targetPosition",
                "{\"pieceId\":\"red-4\",\"targetPosition\":0} | pieceId",
                "{\"pieceId\":\"pink-0\",\"targetPosition\":0} | pieceId",
                "{\"pieceId\":\"green-0\",\"targetPosition\":0} | pieceId",
                "{\"pieceId\":\"blue-3\",\"targetPosition\":0} | pieceId",
                "{\"pieceId\":\"red-0\",\"targetPosition\":-1} | targetPosition",
                "{\"pieceId\":\"red-0\",\"targetPosition\":58} | targetPosition",
                "{\"pieceId\":\"red-0\",\"targetPosition\":1.5} | targetPosition",
                "{\"pieceId\":7,\"targetPosition\":\"1\"} | pieceId targetPosition"
            })
    void aMoveOfTheWrongFormIsNamedFieldByField(String body, String fields) {
        GameState state = gameOfTwo();
        ludo.rollNext(6);
        api.roll(state);
        Api.Reply reply = api.post("games/" + state.gameId() + "/move", body);
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of(fields.split(" ", -1))));
    }

    @Test
    void aGameThatIsNotThereIsNotFound() {
        for (String id : List.of("gam_nowhere0", "a%20b", "x".repeat(200))) {
            assertThat(api.get("games/" + id + "/state").outcome(), is("404 GAME_NOT_FOUND"));
            assertThat(api.post("games/" + id + "/roll", "").outcome(), is("404 GAME_NOT_FOUND"));
            assertThat(
                    api.post("games/" + id + "/move", "{\"pieceId\":\"red-0\",\"targetPosition\":0}")
                            .outcome(),
                    is("404 GAME_NOT_FOUND"));
        }
    }

    @Test
    void theLast256MessagesOfARoomAreKept() {
        GameState state = gameOfTwo();
        for (int i = 0; i < 130; i++) {
            ludo.rollNext(1);
            state = api.roll(state).state();
        }
        List<RoomMessage> kept = ludo.messages(state.roomCode());
        assertThat(kept.size(), is(256));
        assertThat(kept.getFirst().at().orElseThrow().seq(), is(state.seq() - 255));
        assertThat(kept.getLast().at().orElseThrow().seq(), is(state.seq()));
    }
}
