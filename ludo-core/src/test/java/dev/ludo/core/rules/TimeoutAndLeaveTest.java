package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.LeaverPieces;
import dev.ludo.core.rules.RuleSet.OnTimeout;
import dev.ludo.core.rules.RuleSet.StackRule;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TimeoutAndLeaveTest {
    private static final PlayerId P0 = PlayerId.of("p0");
    private static final PlayerId P1 = PlayerId.of("p1");
    private static final PlayerId P2 = PlayerId.of("p2");
    private static final RuleSet AUTO =
            RuleSet.classic().toBuilder().onTimeout(OnTimeout.AUTO_PLAY).build();
    private static final RuleSet STAY =
            RuleSet.classic().toBuilder().leaverPieces(LeaverPieces.STAY).build();

    @Nested
    class Timeouts {
        @Test
        void theTurnPassesAndARollMadeIsLost() {
            Table table = Table.classic("0: 5 0 0 0");
            assertThat(table.timeout(), is("T1"));
            assertThat(table.told(), is(List.of(new TurnChange(P1, TurnReason.TIMEOUT))));
            assertThat(table.game().seat(P0).missedTurns(), is(1));
            Table rolled = Table.classic("0: 5 0 0 0");
            rolled.roll(4);
            assertThat(rolled.timeout(), is("T1"));
            assertThat(rolled.row(0), is("5 0 0 0"));
            assertThat(rolled.game().dice(), is(OptionalInt.empty()));
            assertThat(rolled.game().seat(P0).missedTurns(), is(1));
        }

        @Test
        void aRollOrAMoveOfOnesOwnClearsTheCount() {
            Table rolled = Table.of(
                    RuleSet.classic(),
                    4,
                    "0: 5 0 0 0",
                    b -> b.missedTurns(P0, 2).missedTurns(P1, 1));
            rolled.roll(4);
            assertThat(rolled.game().seat(P0).missedTurns(), is(0));
            assertThat(rolled.game().seat(P1).missedTurns(), is(1));
            Table moved = Table.of(
                    RuleSet.classic(),
                    4,
                    "0: 5 0 0 0",
                    b -> b.missedTurns(P0, 2).dice(4));
            moved.move(0);
            assertThat(moved.game().seat(P0).missedTurns(), is(0));
        }

        @Test
        void theLastOneDismissesAsIfThePlayerLeft() {
            Table table = Table.of(RuleSet.classic(), 4, "0: 5 0 57 9", b -> b.missedTurns(P0, 2));
            assertThat(table.timeout(), is("M0.0>0 M0.3>0 T1"));
            assertThat(table.told().getLast(), is(new TurnChange(P1, TurnReason.LEFT)));
            assertThat(table.game().seat(P0).status(), is(SeatStatus.LEFT));
            assertThat(table.game().seat(P0).missedTurns(), is(3));
            assertThat(table.row(0), is("0 0 57 0"));
        }

        @Test
        void theLastOneEndsAGameOfTwo() {
            Table table = Table.of(RuleSet.classic(), 2, "0: 5 0 0 0", b -> b.missedTurns(P0, 2));
            assertThat(table.timeout(), is("M0.0>0 E2"));
            assertThat(table.ranking(), is("2 0"));
        }

        @Test
        void theLimitMayBeAnotherOrNone() {
            RuleSet one = RuleSet.classic().toBuilder().maxMissedTurns(1).build();
            assertThat(Table.of(one, 3, "0: 2 0 0 0").timeout(), is("M0.0>0 T1"));
            RuleSet none = RuleSet.classic().toBuilder().maxMissedTurns(0).build();
            Table table = Table.of(none, 2, "0: 2 0 0 0");
            for (int i = 0; i < 20; i++) {
                assertThat(table.timeout(), is("T2"));
                assertThat(table.timeout(), is("T0"));
            }
            assertThat(table.game().seat(P0).missedTurns(), is(20));
        }

        @Test
        void theFurthestPieceThatCanMoveIsPlayed() {
            Table table = Table.of(AUTO, 4, "0: 10 20 20 55");
            assertThat(table.timeout(4), is("D4 M0.1>24 T1"));
            assertThat(table.game().seat(P0).missedTurns(), is(1));
            Table home = Table.of(AUTO, 4, "0: 10 20 20 55");
            assertThat(home.timeout(2), is("D2 M0.3>57"));
            Table yard = Table.of(AUTO, 4, "");
            assertThat(yard.timeout(6), is("D6 M0.0>1"));
        }

        @Test
        void aRollMadeIsPlayedWithoutAnotherOne() {
            Table table = Table.of(AUTO, 4, "0: 10 20 0 0");
            table.roll(3);
            assertThat(table.timeout(), is("M0.1>23 T1"));
            assertThat(table.game().seat(P0).missedTurns(), is(1));
        }

        @Test
        void anAutomaticRollThatNothingCanMoveByPassesTheTurn() {
            Table table = Table.of(AUTO, 4, "");
            assertThat(table.timeout(3), is("D3 T1"));
            assertThat(table.told().getLast(), is(new TurnChange(P1, TurnReason.NO_LEGAL_MOVE)));
            Table sixes = Table.of(AUTO, 4, "0: 3 0 0 0", b -> b.sixes(2));
            assertThat(sixes.timeout(6), is("D6 T1"));
        }

        @Test
        void automaticPlayCountsAsMissedAndDismissesInTheEnd() {
            Table table = Table.of(AUTO, 4, "0: 10 0 0 0");
            assertThat(table.timeout(6), is("D6 M0.0>16"));
            assertThat(table.timeout(6), is("D6 M0.0>22"));
            assertThat(table.game().seat(P0).missedTurns(), is(2));
            assertThat(table.timeout(), is("M0.0>0 T1"));
        }

        @Test
        void automaticPlayMayFinishTheGame() {
            Table table = Table.of(AUTO, 2, "0: 56 57 57 57");
            assertThat(table.timeout(1), is("D1 M0.0>57 E0"));
        }

        @Test
        void aDieThatShowsNonsenseIsRefused() {
            Game game = Game.start(AUTO, Recorded.players(2)).game();
            assertThat(Table.refusal(() -> game.timeout(() -> 7)), is(Refusal.BAD_ROLL));
        }

        @Test
        void theAutomaticDieIsNotTouchedWhenTheTurnIsSkipped() {
            Game game = Game.start(RuleSet.classic(), Recorded.players(2)).game();
            assertThrows(DiceExhaustedException.class, () -> Dice.scripted().roll());
            assertThat(game.timeout(Dice.scripted()).game().turnNumber(), is(2));
        }
    }

    @Nested
    class Leaving {
        @Test
        void thePiecesOnTheWayGoBackAndThoseHomeStay() {
            Table table = Table.classic("1: 56 57 0 1");
            assertThat(table.leave(1), is("M1.0>0 M1.3>0"));
            assertThat(table.turn(), is(0));
            assertThat(table.game().turnNumber(), is(1));
        }

        @Test
        void theTurnPassesFromWhoLeavesInEitherPhase() {
            Table rolling = Table.classic("");
            assertThat(rolling.leave(0), is("T1"));
            assertThat(rolling.told(), is(List.of(new TurnChange(P1, TurnReason.LEFT))));
            Table moving = Table.classic("0: 5 0 0 0");
            moving.roll(3);
            assertThat(moving.leave(0), is("M0.0>0 T1"));
            assertThat(moving.game().phase(), is(TurnPhase.ROLL));
            assertThat(moving.legal(), is(""));
        }

        @Test
        void aRollMadeStandsWhenSomebodyElseLeaves() {
            Table table = Table.classic("0: 5 0 0 0");
            table.roll(3);
            assertThat(table.leave(2), is(""));
            assertThat(table.game().dice(), is(OptionalInt.of(3)));
            assertThat(table.move(0), is("M0.0>8 T1"));
        }

        @Test
        void whatCanMoveIsLookedAtAnewWhenSomebodyElseLeaves() {
            RuleSet rules = RuleSet.classic().toBuilder()
                    .stackRule(StackRule.BLOCK_LANDING)
                    .build();
            Table table = Table.of(rules, 4, "0: 15 30 0 0, 1: 7 7 0 0");
            table.roll(5);
            assertThat(table.legal(), is("1>35"));
            table.leave(1);
            assertThat(table.legal(), is("0>20 1>35"));
        }

        @Test
        void leaversArePassedOver() {
            Table table = Table.classic("");
            table.leave(1);
            assertThat(table.roll(3), is("D3 T2"));
            table.leave(3);
            assertThat(table.roll(3), is("D3 T0"));
        }

        @Test
        void piecesThatStayNeverMoveButCanBeCaptured() {
            Table table = Table.of(STAY, 3, "0: 15 0 0 0, 1: 7 30 0 0");
            assertThat(table.leave(1), is(""));
            assertThat(table.row(1), is("7 30 0 0"));
            assertThat(table.play(5, 0), is("D5 M0.0>20 M1.0>0"));
            assertThat(table.play(1, 0), is("D1 M0.0>21 T2"));
        }

        @Test
        void theLastOneLeftWinsAndLeaversRankLatestFirst() {
            Table table = Table.classic("3: 57 57 57 0");
            table.leave(3);
            table.leave(0);
            assertThat(table.leave(2), is("E1"));
            assertThat(table.ranking(), is("1 2 0 3"));
            assertThat(table.game().isOver(), is(true));
        }

        @Test
        void finishersStayAheadOfWhoIsLeft() {
            Table table = Table.of(RuleSet.classic(), 3, "1: 57 57 57 57", b -> b.finished(List.of(P1)));
            assertThat(table.leave(2), is("E1"));
            assertThat(table.ranking(), is("1 0 2"));
        }

        @Test
        void aGameThatEndsWithTheFirstFinisherAlsoEndsWithTheLastLeaver() {
            RuleSet rules = RuleSet.classic().toBuilder()
                    .endCondition(EndCondition.FIRST_WINNER)
                    .build();
            Table table = Table.of(rules, 3, "");
            assertThat(table.leave(0), is("T1"));
            assertThat(table.leave(2), is("E1"));
        }

        @Test
        void aFinisherMayGoAndNothingChanges() {
            Table table = Table.of(RuleSet.classic(), 4, "1: 57 57 57 57", b -> b.finished(List.of(P1)));
            Game before = table.game();
            assertThat(table.leave(1), is(""));
            assertThat(table.game(), is(before));
            assertThat(table.leave(1), is(""));
            assertThat(table.game().seat(P1).status(), is(SeatStatus.FINISHED));
        }

        @Test
        void nobodyLeavesTwice() {
            Table table = Table.classic("");
            table.leave(2);
            assertThat(Table.refusal(() -> table.game().leave(P2)), is(Refusal.ALREADY_LEFT));
        }
    }
}
