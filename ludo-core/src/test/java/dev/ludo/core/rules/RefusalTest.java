package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each refusal, and that of two that apply the earlier one is given. */
class RefusalTest {
    private static final PlayerId P0 = PlayerId.of("p0");
    private static final PlayerId P1 = PlayerId.of("p1");
    private static final PlayerId STRANGER = PlayerId.of("stranger");

    private static PieceId piece(Color color, int index) {
        return PieceId.of(color, index);
    }

    @Test
    void anEndedGameRefusesEverything() {
        Game ended = Game.start(RuleSet.classic(), Recorded.players(2))
                .game()
                .leave(P0)
                .game();
        assertThat(Table.refusal(() -> ended.roll(STRANGER, 9)), is(Refusal.GAME_ENDED));
        assertThat(Table.refusal(() -> ended.move(P1, piece(Color.RED, 0))), is(Refusal.GAME_ENDED));
        assertThat(Table.refusal(() -> ended.timeout(Dice.scripted())), is(Refusal.GAME_ENDED));
        assertThat(Table.refusal(() -> ended.leave(STRANGER)), is(Refusal.GAME_ENDED));
        assertThat(Table.refusal(() -> ended.leave(P0)), is(Refusal.GAME_ENDED));
        assertThat(Table.errorCode(() -> ended.leave(P0)), is(ErrorCode.GAME_OVER));
    }

    @Test
    void onlyThePlayerToActMayAct() {
        Game game = Game.start(RuleSet.classic(), Recorded.players(2)).game();
        assertThat(Table.refusal(() -> game.move(P1, piece(Color.GREEN, 0))), is(Refusal.NOT_YOUR_TURN));
        assertThat(Table.refusal(() -> game.roll(P1, 0)), is(Refusal.NOT_YOUR_TURN));
        assertThat(Table.refusal(() -> game.roll(STRANGER, 1)), is(Refusal.NOT_YOUR_TURN));
        assertThat(Table.errorCode(() -> game.roll(P1, 1)), is(ErrorCode.NOT_YOUR_TURN));
    }

    @Test
    void rollAndMoveAlternate() {
        Game rolling = Game.start(RuleSet.classic(), Recorded.players(2)).game();
        assertThat(Table.refusal(() -> rolling.move(P0, piece(Color.GREEN, 0))), is(Refusal.WRONG_PHASE));
        assertThat(Table.errorCode(() -> rolling.move(P0, piece(Color.RED, 0))), is(ErrorCode.ROLL_FIRST));
        Game moving = rolling.roll(P0, 6).game();
        assertThat(Table.refusal(() -> moving.roll(P0, 9)), is(Refusal.WRONG_PHASE));
        assertThat(Table.errorCode(() -> moving.roll(P0, 1)), is(ErrorCode.MOVE_FIRST));
    }

    @Test
    void aDieShowsOneToSix() {
        Game game = Game.start(RuleSet.classic(), Recorded.players(2)).game();
        assertThat(Table.refusal(() -> game.roll(P0, 0)), is(Refusal.BAD_ROLL));
        assertThat(Table.refusal(() -> game.roll(P0, 7)), is(Refusal.BAD_ROLL));
        assertThat(Table.errorCode(() -> game.roll(P0, -1)), is(ErrorCode.VALIDATION_FAILED));
    }

    @Test
    void thePieceIsInTheGameAndOnesOwn() {
        Game game = Game.start(RuleSet.classic(), Recorded.players(2))
                .game()
                .roll(P0, 6)
                .game();
        assertThat(Table.refusal(() -> game.move(P0, piece(Color.GREEN, 0))), is(Refusal.UNKNOWN_PIECE));
        assertThat(Table.errorCode(() -> game.move(P0, piece(Color.BLUE, 0))), is(ErrorCode.VALIDATION_FAILED));
        assertThat(Table.refusal(() -> game.move(P0, piece(Color.YELLOW, 0))), is(Refusal.NOT_YOUR_PIECE));
        assertThat(Table.errorCode(() -> game.move(P0, piece(Color.YELLOW, 0))), is(ErrorCode.ILLEGAL_MOVE));
    }

    @Test
    void thePieceCanMoveAndTheTargetIsWhereItGoes() {
        Table table = Table.classic("0: 57 0 54 20");
        table.roll(5);
        assertThat(table.refusedMove(0), is(Refusal.PIECE_HOME));
        assertThat(table.refusedMove(1), is(Refusal.PIECE_IN_YARD));
        assertThat(table.refusedMove(2), is(Refusal.OVERSHOOT));
        assertThat(table.refusedMove(2, 57), is(Refusal.OVERSHOOT));
        assertThat(table.refusedMove(3, 24), is(Refusal.WRONG_TARGET));
        assertThat(table.refusedMove(3, 0), is(Refusal.WRONG_TARGET));
        Step right = table.game().move(P0, piece(Color.RED, 3), Position.of(24));
        assertThat(right, is(table.game().move(P0, piece(Color.RED, 3))));
    }

    @Test
    void onlyPlayersOfTheGameCanLeaveIt() {
        Game game = Game.start(RuleSet.classic(), Recorded.players(3)).game();
        assertThat(Table.refusal(() -> game.leave(STRANGER)), is(Refusal.UNKNOWN_SEAT));
        assertThat(Table.errorCode(() -> game.leave(STRANGER)), is(ErrorCode.PLAYER_NOT_FOUND));
        Game left = game.leave(P1).game();
        assertThat(Table.errorCode(() -> left.leave(P1)), is(ErrorCode.FORBIDDEN));
    }

    @Test
    void theMessageSaysWhoWhatAndWhy() {
        Table table = Table.classic("0: 57 0 54 20");
        table.roll(5);
        Game game = table.game();
        Game ended = Game.start(RuleSet.classic(), Recorded.players(2))
                .game()
                .leave(P0)
                .game();
        List<String> messages = Stream.of(
                        Table.refused(() -> game.move(P0, piece(Color.RED, 0))),
                        Table.refused(() -> game.move(P0, piece(Color.RED, 3), Position.of(7))),
                        Table.refused(() -> game.move(P0, piece(Color.GREEN, 0))),
                        Table.refused(() -> game.roll(P0, 5)),
                        Table.refused(() -> game.roll(P1, 5)),
                        Table.refused(() -> ended.leave(P1)))
                .map(Throwable::getMessage)
                .toList();
        assertThat(
                messages,
                is(List.of(
                        "PIECE_HOME: p0 may not move red-0 from 57 by 5: it is home",
                        "WRONG_TARGET: p0 may not move red-3 to 7: a 5 takes it to 24",
                        "NOT_YOUR_PIECE: p0 may not move green-0: it belongs to p1",
                        "WRONG_PHASE: p0 may not roll: the 5 rolled before awaits its move",
                        "NOT_YOUR_TURN: p1 may not act: it is the turn of p0",
                        "GAME_ENDED: nothing can be done any more: the game has ended with the ranking [p1, p0]")));
    }

    @Test
    void aRecordedStepHasAMoveExactlyWhenOneIsDue() {
        Game stuck = Game.start(RuleSet.classic(), Recorded.players(2)).game();
        assertThat(Table.refusal(() -> played(stuck, 3, "red-0")), is(Refusal.UNEXPECTED_MOVE));
        assertThat(Table.refusal(() -> played(stuck, 3, "pink-0")), is(Refusal.UNEXPECTED_MOVE));
        assertThat(Table.refusal(() -> played(stuck, 6, "pink-0")), is(Refusal.UNKNOWN_PIECE));
        assertThat(
                Table.refusal(() -> Transcript.play(stuck, P0, 6, Optional.empty(), Optional.empty())),
                is(Refusal.MISSING_MOVE));
        assertThat(
                Table.errorCode(() -> Transcript.play(stuck, P0, 6, Optional.empty(), Optional.empty())),
                is(ErrorCode.ILLEGAL_MOVE));
        assertThat(
                Table.refusal(() -> Transcript.move(stuck, P0, "pink-0", Optional.empty())), is(Refusal.WRONG_PHASE));
        assertThat(
                Table.refusal(() -> Transcript.play(stuck, P0, 6, Optional.of("red-0"), Optional.of(Position.of(6)))),
                is(Refusal.WRONG_TARGET));
        Step played = Transcript.play(stuck, P0, 6, Optional.of("red-0"), Optional.of(Position.of(0)));
        assertThat(Recorded.brief(stuck, played.events()), is(List.of("D6", "M0.0>1")));
        assertThat(
                played.game(),
                is(stuck.roll(P0, 6).game().move(P0, piece(Color.RED, 0)).game()));
    }

    private static Step played(Game game, int roll, String piece) {
        return Transcript.play(game, P0, roll, Optional.of(piece), Optional.empty());
    }
}
