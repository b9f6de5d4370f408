package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.PlayerId;
import dev.ludo.core.rules.RuleSet.BonusStacking;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.HomeEntry;
import dev.ludo.core.rules.RuleSet.LeaverPieces;
import dev.ludo.core.rules.RuleSet.OwnStacking;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import dev.ludo.core.rules.RuleSet.SixWithoutMove;
import dev.ludo.core.rules.RuleSet.StackRule;
import dev.ludo.core.rules.RuleSet.TwoPlayerSeating;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsTest {
    private static RuleSet rules(UnaryOperator<RuleSetBuilder> options) {
        return options.apply(RuleSet.classic().toBuilder()).build();
    }

    private static Table table(UnaryOperator<RuleSetBuilder> options, String rows) {
        return Table.of(rules(options), 4, rows);
    }

    @Nested
    class Rolls {
        @Test
        void aPieceLeavesTheYardByEveryExitRollAndAlwaysOntoItsStart() {
            Table table = table(o -> o.exitRolls(1, 4), "");
            assertThat(table.play(4, 2), is("D4 M0.2>1 T1"));
            assertThat(table.play(1, 0), is("D1 M1.0>1 T2"));
            assertThat(table.roll(6), is("D6 T3"));
            assertThat(table.roll(5), is("D5 T0"));
        }

        @Test
        void everyValueThatEarnsARollDoes() {
            Table table = table(o -> o.extraRollOn(1, 6).exitRolls(1), "");
            assertThat(table.play(1, 0), is("D1 M0.0>1"));
            assertThat(table.play(6, 0), is("D6 M0.0>7"));
            assertThat(table.play(5, 0), is("D5 M0.0>12 T1"));
        }

        @Test
        void capturesAndHomecomingsEarnNothingWhenToldSo() {
            Table table = table(
                    o -> o.extraRollOnCapture(false).extraRollOnHome(false), "0: 15 0 0 0, 1: 7 53 0 0, 2: 0 0 0 0");
            assertThat(table.play(5, 0), is("D5 M0.0>20 M1.0>0 T1"));
            assertThat(table.play(4, 1), is("D4 M1.1>57 T2"));
        }

        @Test
        void reasonsAddUpOnlyWhenTheyAccumulate() {
            String rows = "0: 14 0 0 0, 1: 7 7 0 0";
            Table single = table(o -> o, rows);
            assertThat(single.play(6, 0), is("D6 M0.0>20 M1.0>0 M1.1>0"));
            assertThat(single.play(2, 0), is("D2 M0.0>22 T1"));
            Table both = table(o -> o.bonusStacking(BonusStacking.ACCUMULATE), rows);
            assertThat(both.play(6, 0), is("D6 M0.0>20 M1.0>0 M1.1>0"));
            assertThat("two pieces are one capture", both.game().pendingRolls(), is(1));
            assertThat(both.play(2, 0), is("D2 M0.0>22"));
            assertThat(both.play(2, 0), is("D2 M0.0>24 T1"));
        }

        @Test
        void aSixAndAHomecomingAccumulateToo() {
            Table table = table(o -> o.bonusStacking(BonusStacking.ACCUMULATE), "0: 51 0 0 0");
            assertThat(table.play(6, 0), is("D6 M0.0>57"));
            assertThat(table.roll(1), is("D1"));
            assertThat(table.game().pendingRolls(), is(0));
            assertThat(table.roll(1), is("D1 T1"));
        }

        @Test
        void owedRollsAreTakenEvenIfNothingCanMove() {
            Table table = Table.of(
                    rules(o -> o.bonusStacking(BonusStacking.ACCUMULATE)), 4, "", builder -> builder.pendingRolls(2));
            assertThat(table.roll(3), is("D3"));
            assertThat(table.game().pendingRolls(), is(1));
            assertThat(table.roll(3), is("D3"));
            assertThat(table.roll(3), is("D3 T1"));
        }

        @Test
        void owedRollsAreLostWithTheThirdSixTheFinishAndTheTimeout() {
            RuleSet rules = rules(o -> o.bonusStacking(BonusStacking.ACCUMULATE));
            Table voided = Table.of(rules, 4, "0: 5 0 0 0", b -> b.sixes(2).pendingRolls(3));
            assertThat(voided.roll(6), is("D6 T1"));
            assertThat(voided.game().pendingRolls(), is(0));
            Table finished = Table.of(rules, 4, "0: 57 57 57 51", b -> b.pendingRolls(3));
            assertThat(finished.play(6, 3), is("D6 M0.3>57 T1"));
            assertThat(finished.game().pendingRolls(), is(0));
            Table late = Table.of(rules, 4, "0: 57 57 57 51", b -> b.pendingRolls(3));
            assertThat(late.timeout(), is("T1"));
            assertThat(late.game().pendingRolls(), is(0));
        }

        @Test
        void aSixWithoutAMoveEarnsARollOnlyWhenToldSo() {
            String rows = "0: 54 57 57 57";
            assertThat(table(o -> o, rows).roll(6), is("D6 T1"));
            Table again = table(o -> o.sixWithoutMove(SixWithoutMove.ROLL_AGAIN), rows);
            assertThat(again.roll(6), is("D6"));
            assertThat(again.roll(6), is("D6"));
            assertThat(again.roll(6), is("D6 T1"));
            assertThat(
                    table(o -> o.sixWithoutMove(SixWithoutMove.ROLL_AGAIN), rows)
                            .roll(5),
                    is("D5 T1"));
        }

        @Test
        void aRollWithoutAMoveAddsToTheOwedOnes() {
            Table table = Table.of(
                    rules(o -> o.bonusStacking(BonusStacking.ACCUMULATE).sixWithoutMove(SixWithoutMove.ROLL_AGAIN)),
                    4,
                    "0: 54 57 57 57",
                    builder -> builder.pendingRolls(1));
            assertThat(table.roll(6), is("D6"));
            assertThat(table.game().pendingRolls(), is(1));
        }

        @Test
        void onlyAMoveAnnouncesAnExtraRoll() {
            Table table =
                    table(o -> o.announceExtraRoll(true).sixWithoutMove(SixWithoutMove.ROLL_AGAIN), "0: 51 57 57 0");
            assertThat(table.play(6, 3), is("D6 M0.3>1 T0"));
            assertThat("once", table.play(3, 3), is("D3 M0.3>4 T1"));
            Table stuck =
                    table(o -> o.announceExtraRoll(true).sixWithoutMove(SixWithoutMove.ROLL_AGAIN), "0: 54 57 57 57");
            assertThat(stuck.roll(6), is("D6"));
        }
    }

    @Nested
    class Sixes {
        @Test
        void anyOtherValueBreaksTheRow() {
            Table table = table(o -> o.extraRollOn(5, 6), "0: 1 1 1 1");
            table.play(6, 0);
            table.play(6, 0);
            table.play(5, 0);
            assertThat(table.game().sixes(), is(0));
            assertThat(table.play(6, 0), is("D6 M0.0>24"));
            assertThat(table.game().sixes(), is(1));
        }

        @Test
        void theLimitMayBeAnotherOne() {
            Table table = table(o -> o.sixLimit(2), "0: 1 0 0 0");
            assertThat(table.play(6, 0), is("D6 M0.0>7"));
            assertThat(table.roll(6), is("D6 T1"));
            Table none = table(o -> o.sixLimit(0), "0: 1 0 0 0");
            for (int i = 0; i < 8; i++) {
                assertThat(none.play(6, 0), is("D6 M0.0>" + (7 + 6 * i)));
            }
            assertThat(none.game().sixes(), is(8));
        }

        @Test
        void theLastSixMayBePlayedButEarnsNothing() {
            RuleSet rules = rules(o -> o.sixLimitRule(SixLimitRule.PLAY_LAST).bonusStacking(BonusStacking.ACCUMULATE));
            Table capture = Table.of(
                    rules, 4, "0: 15 0 0 0, 1: 8 0 0 0", b -> b.sixes(2).pendingRolls(1));
            assertThat(capture.roll(6), is("D6"));
            assertThat(capture.game().sixes(), is(3));
            assertThat(capture.move(0), is("M0.0>21 M1.0>0 T1"));
            Table home = Table.of(rules, 4, "0: 51 0 0 0", b -> b.sixes(2));
            assertThat(home.play(6, 0), is("D6 M0.0>57 T1"));
            Table finish = Table.of(rules, 2, "0: 51 57 57 57", b -> b.sixes(2));
            assertThat(finish.play(6, 0), is("D6 M0.0>57 E0"));
        }

        @Test
        void theLastSixPassesTheTurnThoughNothingCanMoveByIt() {
            RuleSet rules = rules(o -> o.sixLimitRule(SixLimitRule.PLAY_LAST)
                    .bonusStacking(BonusStacking.ACCUMULATE)
                    .sixWithoutMove(SixWithoutMove.ROLL_AGAIN));
            Table table = Table.of(rules, 4, "0: 54 57 57 57", b -> b.sixes(2).pendingRolls(2));
            assertThat(table.roll(6), is("D6 T1"));
        }

        @Test
        void theWholeTurnIsUndoneWithItsCaptures() {
            Table table = table(o -> o.sixLimitRule(SixLimitRule.REVERT_TURN), "0: 14 1 0 0, 1: 7 7 0 0, 3: 0 40 0 0");
            assertThat(table.play(6, 0), is("D6 M0.0>20 M1.0>0 M1.1>0"));
            assertThat(table.play(6, 1), is("D6 M0.1>7"));
            assertThat(table.game().seat(PlayerId.of("p0")).captures(), is(2));
            assertThat(table.roll(6), is("D6 M0.0>14 M0.1>1 M1.0>7 M1.1>7 T1"));
            assertThat(table.row(0), is("14 1 0 0"));
            assertThat(table.row(1), is("7 7 0 0"));
            assertThat(table.game().seat(PlayerId.of("p0")).captures(), is(0));
            assertThat(table.turn(), is(1));
        }

        @Test
        void theFirstTurnOfTheGameIsUndoneLikeAnyOther() {
            Table table =
                    Table.with(Game.start(rules(o -> o.sixLimitRule(SixLimitRule.REVERT_TURN)), Recorded.players(2))
                            .game());
            table.play(6, 1);
            table.play(6, 2);
            assertThat(table.roll(6), is("D6 M0.1>0 M0.2>0 T2"));
        }

        @Test
        void whatHappenedInEarlierTurnsStandsWhenOneIsUndone() {
            Table table = table(o -> o.sixLimitRule(SixLimitRule.REVERT_TURN), "0: 3 0 0 0, 1: 3 0 0 0");
            table.play(2, 0);
            assertThat(table.play(6, 1), is("D6 M1.1>1"));
            assertThat(table.play(6, 1), is("D6 M1.1>7"));
            assertThat(table.roll(6), is("D6 M1.1>0 T2"));
            assertThat(table.row(0), is("5 0 0 0"));
        }

        @Test
        void piecesComeHomeInATurnThatIsUndoneGoBack() {
            Table table = table(o -> o.sixLimitRule(SixLimitRule.REVERT_TURN), "0: 51 45 0 0");
            assertThat(table.play(6, 0), is("D6 M0.0>57"));
            assertThat(table.play(6, 1), is("D6 M0.1>51"));
            assertThat(table.roll(6), is("D6 M0.0>51 M0.1>45 T1"));
        }

        @Test
        void aTurnThatIsUndoneDoesNotBringBackALeaversPieces() {
            String rows = "0: 14 0 0 0, 1: 7 30 0 0";
            Table removed = table(o -> o.sixLimitRule(SixLimitRule.REVERT_TURN), rows);
            removed.play(6, 0);
            assertThat(removed.leave(1), is("M1.1>0"));
            removed.play(6, 0);
            assertThat(removed.roll(6), is("D6 M0.0>14 T2"));
            assertThat(removed.game().seat(PlayerId.of("p0")).captures(), is(0));
            Table kept = table(o -> o.sixLimitRule(SixLimitRule.REVERT_TURN).leaverPieces(LeaverPieces.STAY), rows);
            kept.play(6, 0);
            assertThat(kept.leave(1), is(""));
            kept.play(6, 0);
            assertThat(kept.roll(6), is("D6 M0.0>14 M1.0>7 T2"));
        }

        @Test
        void aSituationSetUpGoesBackToTheTurnStartThatItWasGiven() {
            RuleSet rules = rules(o -> o.sixLimitRule(SixLimitRule.REVERT_TURN));
            Game before = Table.of(rules, 4, "0: 3 0 0 0, 1: 9 9 0 0", b -> b.captures(PlayerId.of("p0"), 1))
                    .game();
            Table table = Table.of(
                    rules,
                    4,
                    "0: 15 0 0 0, 1: 9 0 0 0",
                    b -> b.sixes(2).captures(PlayerId.of("p0"), 2).turnStart(before));
            assertThat(table.roll(6), is("D6 M0.0>3 M1.1>9 T1"));
            assertThat(table.game().seat(PlayerId.of("p0")).captures(), is(1));
            Table asItStands = Table.of(rules, 4, "0: 15 0 0 0, 1: 9 0 0 0", b -> b.sixes(2));
            assertThat(asItStands.roll(6), is("D6 T1"));
        }
    }

    @Nested
    class Stacks {
        /** Seat 0 comes from 15 to 20, which is square 19, where seat 1 stands at 7, seat 2 at 46 and seat 3 at 33. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "CAPTURE_ALL   | 1: 7 0 0 0                         | D5 M0.0>20 M1.0>0",
                    "CAPTURE_ALL   | 1: 0 7 0 7                         | D5 M0.0>20 M1.1>0 M1.3>0",
                    "CAPTURE_ALL   | 1: 7 7 0 0, 2: 0 46 0 0, 3: 33 0 0 33| D5 M0.0>20 M1.0>0 M1.1>0 M2.1>0 M3.0>0 M3.3>0",
                    "CAPTURE_ONE   | 1: 7 0 0 0                         | D5 M0.0>20 M1.0>0",
                    "CAPTURE_ONE   | 1: 0 0 7 7, 2: 46 0 0 0            | D5 M0.0>20 M1.2>0",
                    "CAPTURE_ONE   | 2: 0 46 0 0, 3: 33 0 0 0           | D5 M0.0>20 M2.1>0",
                    "PROTECTED     | 1: 7 0 0 0                         | D5 M0.0>20 M1.0>0",
                    "PROTECTED     | 1: 7 7 0 0                         | D5 M0.0>20 T1",
                    "PROTECTED     | 1: 7 7 7 7, 2: 46 0 0 0, 3: 33 0 33 0| D5 M0.0>20 M2.0>0",
                    "BLOCK_LANDING | 1: 7 0 0 0, 2: 0 0 46 0            | D5 M0.0>20 M1.0>0 M2.2>0",
                    "BLOCK_PASSING | 1: 7 0 0 0, 3: 0 33 0 0            | D5 M0.0>20 M1.0>0 M3.1>0"
                })
        void whoIsCaptured(StackRule rule, String rows, String events) {
            Table table = table(o -> o.stackRule(rule), "0: 15 0 0 0, " + rows);
            assertThat(table.play(5, 0), is(events));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "BLOCK_LANDING | 0: 15 0 0 0, 1: 7 7 0 0       | 5 | ''",
                    "BLOCK_LANDING | 0: 15 0 0 0, 1: 7 7 0 0       | 4 | 0>19",
                    "BLOCK_LANDING | 0: 15 0 0 0, 1: 7 7 0 0       | 6 | 0>21 1>1 2>1 3>1",
                    "BLOCK_LANDING | 0: 15 0 0 0, 1: 7 0 0 0, 2: 46 0 0 0 | 5 | 0>20",
                    "BLOCK_PASSING | 0: 15 0 0 0, 1: 7 7 0 0       | 4 | 0>19",
                    "BLOCK_PASSING | 0: 15 0 0 0, 1: 7 7 0 0       | 5 | ''",
                    "BLOCK_PASSING | 0: 15 0 0 0, 1: 7 7 0 0       | 6 | 1>1 2>1 3>1",
                    "BLOCK_PASSING | 0: 20 0 0 0, 1: 7 7 0 0       | 5 | 0>25",
                    "BLOCK_PASSING | 0: 20 20 0 0, 1: 7 7 0 0      | 5 | 0>25 1>25",
                    "BLOCK_PASSING | 0: 15 0 0 0, 1: 8 8 0 0       | 6 | 1>1 2>1 3>1",
                    "BLOCK_PASSING | 0: 50 0 0 0, 1: 38 38 0 0     | 1 | ''",
                    "BLOCK_PASSING | 0: 50 0 0 0, 1: 38 38 0 0     | 3 | ''",
                    "BLOCK_LANDING | 0: 50 0 0 0, 1: 38 38 0 0     | 1 | ''",
                    "BLOCK_LANDING | 0: 50 0 0 0, 1: 38 38 0 0     | 3 | 0>53",
                    "BLOCK_PASSING | 0: 51 0 0 0, 1: 39 39 0 0     | 3 | 0>54",
                    "BLOCK_PASSING | 0: 52 0 0 0, 1: 40 40 0 0     | 3 | 0>55",
                    "PROTECTED     | 0: 15 0 0 0, 1: 7 7 0 0       | 6 | 0>21 1>1 2>1 3>1"
                })
        void whoIsInTheWay(StackRule rule, String rows, int roll, String legal) {
            Table table = table(o -> o.stackRule(rule), rows);
            table.roll(roll);
            assertThat(table.legal(), is(legal));
        }

        @ParameterizedTest
        @EnumSource(names = {"BLOCK_LANDING", "BLOCK_PASSING"})
        void aBlockNeverHindersItsOwner(StackRule rule) {
            Table table = table(o -> o.stackRule(rule), "0: 15 20 20 57");
            table.roll(5);
            assertThat(table.legal(), is("0>20 1>25 2>25"));
        }

        @ParameterizedTest
        @EnumSource(names = {"BLOCK_LANDING", "BLOCK_PASSING"})
        void aBlockOnAnUnsafeStartKeepsPiecesInTheirYard(StackRule rule) {
            String rows = "0: 0 0 0 57, 1: 40 40 0 0";
            Table open = table(o -> o.stackRule(rule), rows);
            open.roll(6);
            assertThat(open.legal(), is("0>1 1>1 2>1"));
            Table closed = table(o -> o.stackRule(rule).safeSquares(SafeSquares.STARS), rows);
            assertThat(closed.roll(6), is("D6 T1"));
            Table beside = table(o -> o.stackRule(rule).safeSquares(SafeSquares.STARS), "0: 0 0 0 57, 1: 41 41 0 0");
            beside.roll(6);
            assertThat("who enters looks at the start only", beside.legal(), is("0>1 1>1 2>1"));
        }

        @Test
        void theBarredWayIsTheReason() {
            Table passing = table(o -> o.stackRule(StackRule.BLOCK_PASSING), "0: 15 30 0 0, 1: 7 7 0 0");
            passing.roll(6);
            assertThat(passing.refusedMove(0), is(Refusal.BLOCKED));
        }

        @Test
        void whoHasLeftOrFinishedStillBlocksAndIsStillCaptured() {
            RuleSet rules = rules(o -> o.stackRule(StackRule.BLOCK_PASSING)
                    .leaverPieces(LeaverPieces.STAY)
                    .tokensToWin(2));
            Table table = Table.of(
                    rules,
                    4,
                    "0: 15 27 0 0, 1: 7 7 0 0, 2: 57 57 2 6",
                    builder -> builder.left(List.of(PlayerId.of("p1"))).finished(List.of(PlayerId.of("p2"))));
            table.roll(5);
            assertThat(table.legal(), is("1>32"));
            assertThat(table.move(1), is("M0.1>32 M2.3>0"));
        }

        @Test
        void ownPiecesMayBeKeptApartShortOfHome() {
            UnaryOperator<RuleSetBuilder> apart = o -> o.ownStacking(OwnStacking.FORBIDDEN);
            Table table = table(apart, "0: 15 20 25 54");
            table.roll(5);
            assertThat(table.legal(), is("2>30"));
            assertThat(table.refusedMove(0), is(Refusal.OWN_STACK));
            assertThat(table.refusedMove(3), is(Refusal.OVERSHOOT));
            Table start = table(apart, "0: 1 0 0 57");
            start.roll(6);
            assertThat(start.legal(), is("0>7"));
            Table column = table(apart, "0: 52 54 56 55");
            column.roll(2);
            assertThat(column.legal(), is("3>57"));
            Table home = table(apart, "0: 53 57 57 0");
            home.roll(4);
            assertThat(home.legal(), is("0>57"));
            Table safe = table(apart, "0: 4 9 0 0");
            safe.roll(5);
            assertThat("safe squares too", safe.legal(), is("1>14"));
            Table others = table(apart, "0: 15 0 0 0, 1: 7 0 0 0");
            assertThat(others.play(5, 0), is("D5 M0.0>20 M1.0>0"));
        }
    }

    @Nested
    class Home {
        @ParameterizedTest
        @CsvSource({"54,5,55", "54,6,54", "56,6,52", "56,2,56", "52,6,56", "51,6,57", "55,2,57"})
        void aRollBeyondHomeMayBounce(int from, int roll, int to) {
            Table table = table(o -> o.homeEntry(HomeEntry.BOUNCE), "0: " + from + " 57 57 0");
            table.roll(roll);
            assertThat(table.legal().split(" ", -1)[0], is("0>" + to));
            assertThat(table.move(0), is("M0.0>" + to + (to == 57 || roll == 6 ? "" : " T1")));
        }

        @Test
        void aBounceMayEndWhereItBeganButNotOnAPieceThatIsToBeKeptApart() {
            Table table =
                    table(o -> o.homeEntry(HomeEntry.BOUNCE).ownStacking(OwnStacking.FORBIDDEN), "0: 55 57 54 57");
            table.roll(6);
            assertThat(table.legal(), is("0>53 2>54"));
            Table taken =
                    table(o -> o.homeEntry(HomeEntry.BOUNCE).ownStacking(OwnStacking.FORBIDDEN), "0: 54 55 57 57");
            assertThat(taken.roll(5), is("D5 T1"));
        }

        @Test
        void theColumnMayBeClosedUntilACapture() {
            UnaryOperator<RuleSetBuilder> closed = o -> o.requireCaptureToEnterHome(true);
            Table table = table(closed, "0: 50 45 53 0");
            table.roll(2);
            assertThat(table.legal(), is("1>47 2>55"));
            assertThat(table.refusedMove(0), is(Refusal.CAPTURE_REQUIRED));
            Table last = table(closed, "0: 50 0 0 0");
            last.roll(1);
            assertThat("the last track square is open", last.legal(), is("0>51"));
            Table right = table(closed, "0: 51 0 0 57");
            right.roll(6);
            assertThat("so is the yard, but not home itself", right.legal(), is("1>1 2>1"));
            Table earned = Table.of(rules(closed), 4, "0: 50 0 0 0", b -> b.captures(PlayerId.of("p0"), 1));
            earned.roll(2);
            assertThat(earned.legal(), is("0>52"));
        }

        @Test
        void aCaptureOpensTheColumn() {
            Table table = table(o -> o.requireCaptureToEnterHome(true), "0: 15 50 0 0, 1: 7 0 0 0");
            table.play(5, 0);
            table.roll(3);
            assertThat(table.legal(), is("0>23 1>53"));
        }

        @Test
        void aPlayerFinishesWithAsManyPiecesAsItTakes() {
            Table table = Table.of(rules(o -> o.tokensToWin(2)), 3, "0: 57 55 3 0, 1: 0 0 0 0");
            assertThat(table.play(2, 1), is("D2 M0.1>57 T1"));
            assertThat(table.game().seat(PlayerId.of("p0")).status(), is(SeatStatus.FINISHED));
            table.roll(1);
            assertThat("finishers are passed over", table.roll(1), is("D1 T1"));
        }

        @Test
        void whatAFinisherLeavesOnTheTrackCanBeCaptured() {
            Table table = Table.of(
                    rules(o -> o.tokensToWin(1)),
                    3,
                    "0: 57 20 0 0, 1: 2 0 0 0",
                    b -> b.finished(List.of(PlayerId.of("p0"))));
            assertThat(table.play(5, 0), is("D5 M1.0>7 M0.1>0"));
            assertThat(table.row(0), is("57 0 0 0"));
            assertThat(table.game().seat(PlayerId.of("p0")).finishedRank().getAsInt(), is(1));
        }
    }

    @Nested
    class Ends {
        @Test
        void theFirstFinisherMayEndIt() {
            Table table =
                    Table.of(rules(o -> o.endCondition(EndCondition.FIRST_WINNER)), 4, "0: 57 57 57 55, 2: 57 0 0 0");
            assertThat(table.play(2, 3), is("D2 M0.3>57 E0"));
            assertThat(table.ranking(), is("0 2 1 3"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "1: 57 0 0 0, 3: 57 57 0 0                | 0 3 1 2",
                    "1: 57 1 0 0, 2: 56 56 56 56, 3: 57 2 0 0 | 0 3 1 2",
                    "1: 5 0 0 0, 2: 3 2 0 0, 3: 1 1 1 2       | 0 1 2 3",
                    "1: 5 0 0 0, 2: 3 2 1 0, 3: 1 1 1 2       | 0 2 1 3",
                    "1: 0 0 2 0, 2: 0 3 0 0, 3: 0 0 0 4       | 0 3 2 1"
                })
        void whoStillPlaysRanksByPiecesHomeThenProgressThenClockwise(String rows, String ranking) {
            Table table = Table.of(rules(o -> o.endCondition(EndCondition.FIRST_WINNER)), 4, "0: 57 57 57 55, " + rows);
            table.play(2, 3);
            assertThat(table.ranking(), is(ranking));
        }

        @Test
        void beforeAnybodyHasFinishedTiesGoClockwiseFromThePlayerToAct() {
            Table table = Table.of(RuleSet.classic(), 4, "3: 2 0 0 0", b -> b.turn(PlayerId.of("p2")));
            assertThat(Recorded.seats(table.game(), table.game().standings()), is(List.of(3, 2, 0, 1)));
            assertThat(table.game().ranking(), is(List.of()));
        }

        @Test
        void twoPlayersMaySitSideBySide() {
            Table table = Table.of(rules(o -> o.twoPlayerSeating(TwoPlayerSeating.ADJACENT)), 2, "");
            assertThat(table.roll(2), is("D2 T1"));
            assertThat(table.roll(2), is("D2 T0"));
            Table three = Table.of(rules(o -> o.twoPlayerSeating(TwoPlayerSeating.ADJACENT)), 3, "");
            assertThat(three.roll(2) + three.roll(2) + three.roll(2), is("D2 T1D2 T2D2 T0"));
        }

        @Test
        void piecesMayBeginOnTheirStart() {
            Table table = Table.of(rules(o -> o.startPiecesOut(3)), 2, "");
            assertThat(table.row(0) + " / " + table.row(2), is("1 1 1 0 / 1 1 1 0"));
        }
    }

    @Nested
    class SafePlaces {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "0: 4 0 0 0, 3: 22 0 0 0  | 5 | STARTS | D5 M0.0>9 M3.0>0",
                    "0: 4 0 0 0, 3: 22 0 0 0  | 5 | STARS  | D5 M0.0>9 T1",
                    "0: 10 0 0 0, 1: 1 0 0 0  | 4 | STARTS | D4 M0.0>14 T1",
                    "0: 10 0 0 0, 1: 1 0 0 0  | 4 | STARS  | D4 M0.0>14 M1.0>0",
                    "0: 10 0 0 0, 1: 1 0 0 0  | 4 | NONE   | D4 M0.0>14 M1.0>0",
                    "0: 15 0 0 0, 1: 7 0 0 0  | 5 | 19     | D5 M0.0>20 T1",
                    "0: 4 0 0 0, 3: 22 0 0 0  | 5 | 19     | D5 M0.0>9 M3.0>0"
                })
        void piecesAreCapturedWhereItIsNotSafe(String rows, int roll, String safe, String events) {
            SafeSquares squares = switch (safe) {
                case "STARTS" -> SafeSquares.STARTS;
                case "STARS" -> SafeSquares.STARS;
                case "NONE" -> SafeSquares.NONE;
                default -> SafeSquares.of(Integer.parseInt(safe));
            };
            Table table = table(o -> o.safeSquares(squares), rows);
            assertThat(table.play(roll, 0), is(events));
        }

        @Test
        void whoEntersCapturesOnAnUnsafeStart() {
            Table table = table(o -> o.safeSquares(SafeSquares.NONE), "0: 0 0 0 0, 1: 40 40 0 0, 2: 27 0 0 0");
            assertThat(table.play(6, 3), is("D6 M0.3>1 M1.0>0 M1.1>0 M2.0>0"));
        }
    }
}
