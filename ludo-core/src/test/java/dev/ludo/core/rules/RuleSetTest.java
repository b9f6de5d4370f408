package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.rules.RuleSet.BonusStacking;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.HomeEntry;
import dev.ludo.core.rules.RuleSet.LeaverPieces;
import dev.ludo.core.rules.RuleSet.OnTimeout;
import dev.ludo.core.rules.RuleSet.OwnStacking;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import dev.ludo.core.rules.RuleSet.SixWithoutMove;
import dev.ludo.core.rules.RuleSet.StackRule;
import dev.ludo.core.rules.RuleSet.TwoPlayerSeating;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RuleSetTest {
    private static final RuleSet OTHER = new RuleSet(
            Set.of(1, 6),
            Set.of(),
            false,
            false,
            BonusStacking.ACCUMULATE,
            0,
            SixLimitRule.REVERT_TURN,
            SixWithoutMove.ROLL_AGAIN,
            SafeSquares.of(3, 17),
            StackRule.BLOCK_PASSING,
            OwnStacking.FORBIDDEN,
            HomeEntry.BOUNCE,
            true,
            2,
            3,
            EndCondition.FIRST_WINNER,
            TwoPlayerSeating.ADJACENT,
            LeaverPieces.STAY,
            OnTimeout.AUTO_PLAY,
            0,
            true);

    @Test
    void classicIsTheDefaults() {
        RuleSet defaults = new RuleSet(
                Set.of(6),
                Set.of(6),
                true,
                true,
                BonusStacking.SINGLE,
                3,
                SixLimitRule.VOID_LAST,
                SixWithoutMove.PASS,
                SafeSquares.of(0, 8, 13, 21, 26, 34, 39, 47),
                StackRule.CAPTURE_ALL,
                OwnStacking.ALLOWED,
                HomeEntry.EXACT,
                false,
                4,
                0,
                EndCondition.PLAY_ON,
                TwoPlayerSeating.OPPOSITE,
                LeaverPieces.REMOVE,
                OnTimeout.SKIP,
                3,
                false);
        assertThat(RuleSet.classic(), is(defaults));
        assertThat(RuleSet.ranked(), is(defaults));
    }

    @Test
    void quickIsOverWithTheFirstPieceHome() {
        RuleSet quick = RuleSet.quick();
        assertThat(quick.tokensToWin(), is(1));
        assertThat(quick.startPiecesOut(), is(1));
        assertThat(quick.endCondition(), is(EndCondition.FIRST_WINNER));
        assertThat(
                quick.toBuilder()
                        .tokensToWin(4)
                        .startPiecesOut(0)
                        .endCondition(EndCondition.PLAY_ON)
                        .build(),
                is(RuleSet.classic()));
    }

    @Test
    void everyModeHasItsRules() {
        assertThat(RuleSet.of(GameMode.CLASSIC), is(RuleSet.classic()));
        assertThat(RuleSet.of(GameMode.QUICK), is(RuleSet.quick()));
        assertThat(RuleSet.of(GameMode.RANKED), is(RuleSet.ranked()));
        assertThrows(IllegalArgumentException.class, () -> RuleSet.of(GameMode.UNKNOWN));
    }

    @Test
    void theBuilderKeepsAndSetsEveryOption() {
        assertThat(OTHER.toBuilder().build(), is(OTHER));
        RuleSet built = RuleSet.classic().toBuilder()
                .exitRolls(6, 1)
                .extraRollOn()
                .extraRollOnCapture(false)
                .extraRollOnHome(false)
                .bonusStacking(BonusStacking.ACCUMULATE)
                .sixLimit(0)
                .sixLimitRule(SixLimitRule.REVERT_TURN)
                .sixWithoutMove(SixWithoutMove.ROLL_AGAIN)
                .safeSquares(SafeSquares.of(17, 3))
                .stackRule(StackRule.BLOCK_PASSING)
                .ownStacking(OwnStacking.FORBIDDEN)
                .homeEntry(HomeEntry.BOUNCE)
                .requireCaptureToEnterHome(true)
                .tokensToWin(2)
                .startPiecesOut(3)
                .endCondition(EndCondition.FIRST_WINNER)
                .twoPlayerSeating(TwoPlayerSeating.ADJACENT)
                .leaverPieces(LeaverPieces.STAY)
                .onTimeout(OnTimeout.AUTO_PLAY)
                .maxMissedTurns(0)
                .announceExtraRoll(true)
                .build();
        assertThat(built, is(OTHER));
    }

    @Test
    void theMessageNamesOptionAndValue() {
        check(o -> o.exitRolls(), "exitRolls must have at least one value, was []");
        check(o -> o.exitRolls(6, 7), "exitRolls must be 1..6, was 7");
        check(o -> o.extraRollOn(0), "extraRollOn must be 1..6, was 0");
        check(o -> o.sixLimit(-1), "sixLimit must be 0..100, was -1");
        check(o -> o.sixLimit(101), "sixLimit must be 0..100, was 101");
        check(o -> o.tokensToWin(0), "tokensToWin must be 1..4, was 0");
        check(o -> o.tokensToWin(5), "tokensToWin must be 1..4, was 5");
        check(o -> o.startPiecesOut(-1), "startPiecesOut must be 0..4, was -1");
        check(o -> o.startPiecesOut(5), "startPiecesOut must be 0..4, was 5");
        check(o -> o.maxMissedTurns(-1), "maxMissedTurns must be at least 0, was -1");
        check(o -> o.safeSquares(SafeSquares.of(52)), "safeSquares must be track squares 0..51, was 52");
        check(o -> o.safeSquares(SafeSquares.of(-1)), "safeSquares must be track squares 0..51, was -1");
    }

    @Test
    void setsAreCopied() {
        Set<Integer> mine = new HashSet<>(List.of(5));
        SafeSquares squares = new SafeSquares(mine);
        mine.add(6);
        assertThat(squares, is(SafeSquares.of(5)));
        assertThrows(
                UnsupportedOperationException.class,
                () -> RuleSet.classic().exitRolls().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> squares.squares().clear());
    }

    @Test
    void safeSquaresAreKnownByTheirNumber() {
        assertThat(SafeSquares.STARTS_AND_STARS.contains(8), is(true));
        assertThat(SafeSquares.STARTS.contains(8), is(false));
        assertThat(SafeSquares.STARS.contains(0), is(false));
        assertThat(SafeSquares.NONE.contains(0), is(false));
        assertThat(SafeSquares.STARTS_AND_STARS.contains(-1), is(false));
        assertThat(SafeSquares.of(51, 7).toString(), is("[7, 51]"));
    }

    private static void check(UnaryOperator<RuleSetBuilder> change, String message) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> change.apply(RuleSet.classic().toBuilder()).build());
        assertThat(e.getMessage(), is(message));
    }
}
