package dev.ludo.core.rules;

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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects options and checks them all when it builds. To be used by one thread at a time. */
public final class RuleSetBuilder {
    private Set<Integer> exitRolls = Set.of(6);
    private Set<Integer> extraRollOn = Set.of(6);
    private boolean extraRollOnCapture = true;
    private boolean extraRollOnHome = true;
    private BonusStacking bonusStacking = BonusStacking.SINGLE;
    private int sixLimit = 3;
    private SixLimitRule sixLimitRule = SixLimitRule.VOID_LAST;
    private SixWithoutMove sixWithoutMove = SixWithoutMove.PASS;
    private SafeSquares safeSquares = SafeSquares.STARTS_AND_STARS;
    private StackRule stackRule = StackRule.CAPTURE_ALL;
    private OwnStacking ownStacking = OwnStacking.ALLOWED;
    private HomeEntry homeEntry = HomeEntry.EXACT;
    private boolean requireCaptureToEnterHome = false;
    private int tokensToWin = 4;
    private int startPiecesOut = 0;
    private EndCondition endCondition = EndCondition.PLAY_ON;
    private TwoPlayerSeating twoPlayerSeating = TwoPlayerSeating.OPPOSITE;
    private LeaverPieces leaverPieces = LeaverPieces.REMOVE;
    private OnTimeout onTimeout = OnTimeout.SKIP;
    private int maxMissedTurns = 3;
    private boolean announceExtraRoll = false;

    RuleSetBuilder() {}

    RuleSetBuilder(RuleSet rules) {
        exitRolls = rules.exitRolls();
        extraRollOn = rules.extraRollOn();
        extraRollOnCapture = rules.extraRollOnCapture();
        extraRollOnHome = rules.extraRollOnHome();
        bonusStacking = rules.bonusStacking();
        sixLimit = rules.sixLimit();
        sixLimitRule = rules.sixLimitRule();
        sixWithoutMove = rules.sixWithoutMove();
        safeSquares = rules.safeSquares();
        stackRule = rules.stackRule();
        ownStacking = rules.ownStacking();
        homeEntry = rules.homeEntry();
        requireCaptureToEnterHome = rules.requireCaptureToEnterHome();
        tokensToWin = rules.tokensToWin();
        startPiecesOut = rules.startPiecesOut();
        endCondition = rules.endCondition();
        twoPlayerSeating = rules.twoPlayerSeating();
        leaverPieces = rules.leaverPieces();
        onTimeout = rules.onTimeout();
        maxMissedTurns = rules.maxMissedTurns();
        announceExtraRoll = rules.announceExtraRoll();
    }

    /**
     * Sets which values let a piece out of the yard.
     *
     * @param values of 1 to 6, at least one
     * @return this
     */
    public RuleSetBuilder exitRolls(Integer... values) {
        exitRolls = new TreeSet<>(List.of(values));
        return this;
    }

    /**
     * Sets which values earn another roll.
     *
     * @param values of 1 to 6, or none
     * @return this
     */
    public RuleSetBuilder extraRollOn(Integer... values) {
        extraRollOn = new TreeSet<>(List.of(values));
        return this;
    }

    /**
     * Sets whether a capture earns another roll.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder extraRollOnCapture(boolean value) {
        extraRollOnCapture = value;
        return this;
    }

    /**
     * Sets whether bringing a piece home earns another roll.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder extraRollOnHome(boolean value) {
        extraRollOnHome = value;
        return this;
    }

    /**
     * Sets what several reasons for another roll earn.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder bonusStacking(BonusStacking value) {
        bonusStacking = value;
        return this;
    }

    /**
     * Sets which six in a row is too many, 1 to 100, 0 for none.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder sixLimit(int value) {
        sixLimit = value;
        return this;
    }

    /**
     * Sets what becomes of the six that is too many.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder sixLimitRule(SixLimitRule value) {
        sixLimitRule = value;
        return this;
    }

    /**
     * Sets what a value of {@code extraRollOn} earns when nothing can move by it.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder sixWithoutMove(SixWithoutMove value) {
        sixWithoutMove = value;
        return this;
    }

    /**
     * Sets where nothing is captured.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder safeSquares(SafeSquares value) {
        safeSquares = value;
        return this;
    }

    /**
     * Sets what several pieces of one opponent on one square mean.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder stackRule(StackRule value) {
        stackRule = value;
        return this;
    }

    /**
     * Sets whether a player's pieces may share a square.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder ownStacking(OwnStacking value) {
        ownStacking = value;
        return this;
    }

    /**
     * Sets what a roll beyond home does.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder homeEntry(HomeEntry value) {
        homeEntry = value;
        return this;
    }

    /**
     * Sets whether a player must have captured before a piece may leave the track for its column.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder requireCaptureToEnterHome(boolean value) {
        requireCaptureToEnterHome = value;
        return this;
    }

    /**
     * Sets how many pieces must come home, 1 to 4.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder tokensToWin(int value) {
        tokensToWin = value;
        return this;
    }

    /**
     * Sets how many pieces of each player begin on their start square, 0 to 4.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder startPiecesOut(int value) {
        startPiecesOut = value;
        return this;
    }

    /**
     * Sets when the game ends.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder endCondition(EndCondition value) {
        endCondition = value;
        return this;
    }

    /**
     * Sets where two players sit.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder twoPlayerSeating(TwoPlayerSeating value) {
        twoPlayerSeating = value;
        return this;
    }

    /**
     * Sets what becomes of a leaver's pieces.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder leaverPieces(LeaverPieces value) {
        leaverPieces = value;
        return this;
    }

    /**
     * Sets what happens when time runs out.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder onTimeout(OnTimeout value) {
        onTimeout = value;
        return this;
    }

    /**
     * Sets how many timeouts in a row dismiss a player, 0 for never.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder maxMissedTurns(int value) {
        maxMissedTurns = value;
        return this;
    }

    /**
     * Sets whether a move that earns another roll is followed by a turn-change that names the same player.
     *
     * @param value the option's value
     * @return this
     */
    public RuleSetBuilder announceExtraRoll(boolean value) {
        announceExtraRoll = value;
        return this;
    }

    /**
     * The rules.
     *
     * @return every option as it was set
     * @throws IllegalArgumentException if an option is out of range; the message names it and its value
     */
    public RuleSet build() {
        return new RuleSet(
                exitRolls,
                extraRollOn,
                extraRollOnCapture,
                extraRollOnHome,
                bonusStacking,
                sixLimit,
                sixLimitRule,
                sixWithoutMove,
                safeSquares,
                stackRule,
                ownStacking,
                homeEntry,
                requireCaptureToEnterHome,
                tokensToWin,
                startPiecesOut,
                endCondition,
                twoPlayerSeating,
                leaverPieces,
                onTimeout,
                maxMissedTurns,
                announceExtraRoll);
    }
}
