package dev.ludo.core.rules;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects options and checks them all when it builds. To be used by one thread at a time. */
public final class RuleSetBuilder {
    private Set<Integer> exitRolls = Set.of(6);
    private Set<Integer> extraRollOn = Set.of(6);
    private boolean extraRollOnCapture = true;
    private boolean extraRollOnHome = true;
    private RuleSet.BonusStacking bonusStacking = RuleSet.BonusStacking.SINGLE;
    private int sixLimit = 3;
    private RuleSet.SixLimitRule sixLimitRule = RuleSet.SixLimitRule.VOID_LAST;
    private RuleSet.SixWithoutMove sixWithoutMove = RuleSet.SixWithoutMove.PASS;
    private SafeSquares safeSquares = SafeSquares.STARTS_AND_STARS;
    private RuleSet.StackRule stackRule = RuleSet.StackRule.CAPTURE_ALL;
    private RuleSet.OwnStacking ownStacking = RuleSet.OwnStacking.ALLOWED;
    private RuleSet.HomeEntry homeEntry = RuleSet.HomeEntry.EXACT;
    private boolean requireCaptureToEnterHome = false;
    private int tokensToWin = 4;
    private int startPiecesOut = 0;
    private RuleSet.EndCondition endCondition = RuleSet.EndCondition.PLAY_ON;
    private RuleSet.TwoPlayerSeating twoPlayerSeating = RuleSet.TwoPlayerSeating.OPPOSITE;
    private RuleSet.LeaverPieces leaverPieces = RuleSet.LeaverPieces.REMOVE;
    private RuleSet.OnTimeout onTimeout = RuleSet.OnTimeout.SKIP;
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
     * {@return this, having set which values let a piece out of the yard}
     *
     * @param values of 1 to 6, at least one
     */
    public RuleSetBuilder exitRolls(Integer... values) {
        exitRolls = new TreeSet<>(List.of(values));
        return this;
    }

    /**
     * {@return this, having set which values earn another roll}
     *
     * @param values of 1 to 6, or none
     */
    public RuleSetBuilder extraRollOn(Integer... values) {
        extraRollOn = new TreeSet<>(List.of(values));
        return this;
    }

    /**
     * {@return this, having set whether a capture earns another roll}
     *
     * @param value the option's value
     */
    public RuleSetBuilder extraRollOnCapture(boolean value) {
        extraRollOnCapture = value;
        return this;
    }

    /**
     * {@return this, having set whether bringing a piece home earns another roll}
     *
     * @param value the option's value
     */
    public RuleSetBuilder extraRollOnHome(boolean value) {
        extraRollOnHome = value;
        return this;
    }

    /**
     * {@return this, having set what several reasons for another roll earn}
     *
     * @param value the option's value
     */
    public RuleSetBuilder bonusStacking(RuleSet.BonusStacking value) {
        bonusStacking = value;
        return this;
    }

    /**
     * {@return this, having set which six in a row is too many}
     *
     * @param value 1 to 100, 0 for none
     */
    public RuleSetBuilder sixLimit(int value) {
        sixLimit = value;
        return this;
    }

    /**
     * {@return this, having set what becomes of the six that is too many}
     *
     * @param value the option's value
     */
    public RuleSetBuilder sixLimitRule(RuleSet.SixLimitRule value) {
        sixLimitRule = value;
        return this;
    }

    /**
     * {@return this, having set what a value of {@code extraRollOn} earns when nothing can move by it}
     *
     * @param value the option's value
     */
    public RuleSetBuilder sixWithoutMove(RuleSet.SixWithoutMove value) {
        sixWithoutMove = value;
        return this;
    }

    /**
     * {@return this, having set where nothing is captured}
     *
     * @param value the option's value
     */
    public RuleSetBuilder safeSquares(SafeSquares value) {
        safeSquares = value;
        return this;
    }

    /**
     * {@return this, having set what several pieces of one opponent on one square mean}
     *
     * @param value the option's value
     */
    public RuleSetBuilder stackRule(RuleSet.StackRule value) {
        stackRule = value;
        return this;
    }

    /**
     * {@return this, having set whether a player's pieces may share a square}
     *
     * @param value the option's value
     */
    public RuleSetBuilder ownStacking(RuleSet.OwnStacking value) {
        ownStacking = value;
        return this;
    }

    /**
     * {@return this, having set what a roll beyond home does}
     *
     * @param value the option's value
     */
    public RuleSetBuilder homeEntry(RuleSet.HomeEntry value) {
        homeEntry = value;
        return this;
    }

    /**
     * {@return this, having set whether a player must have captured before a piece may leave the track for its column}
     *
     * @param value the option's value
     */
    public RuleSetBuilder requireCaptureToEnterHome(boolean value) {
        requireCaptureToEnterHome = value;
        return this;
    }

    /**
     * {@return this, having set how many pieces must come home, 1 to 4}
     *
     * @param value the option's value
     */
    public RuleSetBuilder tokensToWin(int value) {
        tokensToWin = value;
        return this;
    }

    /**
     * {@return this, having set how many pieces of each player begin on their start square, 0 to 4}
     *
     * @param value the option's value
     */
    public RuleSetBuilder startPiecesOut(int value) {
        startPiecesOut = value;
        return this;
    }

    /**
     * {@return this, having set when the game ends}
     *
     * @param value the option's value
     */
    public RuleSetBuilder endCondition(RuleSet.EndCondition value) {
        endCondition = value;
        return this;
    }

    /**
     * {@return this, having set where two players sit}
     *
     * @param value the option's value
     */
    public RuleSetBuilder twoPlayerSeating(RuleSet.TwoPlayerSeating value) {
        twoPlayerSeating = value;
        return this;
    }

    /**
     * {@return this, having set what becomes of a leaver's pieces}
     *
     * @param value the option's value
     */
    public RuleSetBuilder leaverPieces(RuleSet.LeaverPieces value) {
        leaverPieces = value;
        return this;
    }

    /**
     * {@return this, having set what happens when time runs out}
     *
     * @param value the option's value
     */
    public RuleSetBuilder onTimeout(RuleSet.OnTimeout value) {
        onTimeout = value;
        return this;
    }

    /**
     * {@return this, having set how many timeouts in a row dismiss a player, 0 for never}
     *
     * @param value the option's value
     */
    public RuleSetBuilder maxMissedTurns(int value) {
        maxMissedTurns = value;
        return this;
    }

    /**
     * {@return this, having set whether a move that earns another roll is followed by a turn-change that names the same player}
     *
     * @param value the option's value
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
