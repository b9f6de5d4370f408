package dev.ludo.core.rules;

import dev.ludo.core.model.GameMode;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that a game is played by: every option on which Ludo houses differ. Start from a preset, {@link #classic()},
 * {@link #quick()} or {@link #ranked()}, and change what differs through {@link #toBuilder()}.
 *
 * <p>Some options can bring a game to a standstill in which players roll and nobody can move, until they leave: a
 * capture may be required when none is possible any more, or under {@link StackRule#BLOCK_PASSING} two pieces bar the way
 * that never move again, because their player has left or finished. The presets have none of that.
 *
 * <p>Immutable and safe to share.
 *
 * @param exitRolls the values that let a piece out of the yard, at least one of 1 to 6; {6} by default
 * @param extraRollOn the values that earn another roll, of 1 to 6; {6} by default
 * @param extraRollOnCapture whether a capture earns another roll; true by default
 * @param extraRollOnHome whether bringing a piece home earns another roll; true by default
 * @param bonusStacking what several reasons for another roll earn; {@link BonusStacking#SINGLE} by default
 * @param sixLimit which six in a row is too many, 1 to 100, 0 for none; 3 by default
 * @param sixLimitRule what becomes of the six that is too many; {@link SixLimitRule#VOID_LAST} by default
 * @param sixWithoutMove what a value of {@code extraRollOn} earns when nothing can move by it;
 *     {@link SixWithoutMove#PASS} by default
 * @param safeSquares where nothing is captured; {@link SafeSquares#STARTS_AND_STARS} by default
 * @param stackRule what several pieces of one opponent on one square mean; {@link StackRule#CAPTURE_ALL} by default
 * @param ownStacking whether a player's pieces may share a square; {@link OwnStacking#ALLOWED} by default
 * @param homeEntry what a roll beyond home does; {@link HomeEntry#EXACT} by default
 * @param requireCaptureToEnterHome whether a player must have captured before a piece may leave the track for its
 *     column; false by default
 * @param tokensToWin how many pieces must come home, 1 to 4; 4 by default
 * @param startPiecesOut how many pieces of each player begin on their start square, 0 to 4; 0 by default
 * @param endCondition when the game ends; {@link EndCondition#PLAY_ON} by default
 * @param twoPlayerSeating where two players sit; {@link TwoPlayerSeating#OPPOSITE} by default
 * @param leaverPieces what becomes of a leaver's pieces; {@link LeaverPieces#REMOVE} by default
 * @param onTimeout what happens when time runs out; {@link OnTimeout#SKIP} by default
 * @param maxMissedTurns how many timeouts in a row dismiss a player, 0 for never; 3 by default
 * @param announceExtraRoll whether a move that earns another roll is followed by a turn-change that names the same
 *     player; false by default
 */
public record RuleSet(
        Set<Integer> exitRolls,
        Set<Integer> extraRollOn,
        boolean extraRollOnCapture,
        boolean extraRollOnHome,
        BonusStacking bonusStacking,
        int sixLimit,
        SixLimitRule sixLimitRule,
        SixWithoutMove sixWithoutMove,
        SafeSquares safeSquares,
        StackRule stackRule,
        OwnStacking ownStacking,
        HomeEntry homeEntry,
        boolean requireCaptureToEnterHome,
        int tokensToWin,
        int startPiecesOut,
        EndCondition endCondition,
        TwoPlayerSeating twoPlayerSeating,
        LeaverPieces leaverPieces,
        OnTimeout onTimeout,
        int maxMissedTurns,
        boolean announceExtraRoll) {

    /** What a move earns for which there are several reasons to roll again: its value, a capture, a piece come home. */
    public enum BonusStacking {
        /** One roll, however many reasons. */
        SINGLE,
        /** One roll for each reason; they are taken one after another. */
        ACCUMULATE
    }

    /** What becomes of the six that is one too many. The turn passes in any case and owed rolls are lost. */
    public enum SixLimitRule {
        /** It is not played; the turn's earlier moves stand. */
        VOID_LAST,
        /** It is played and may capture, but earns nothing. */
        PLAY_LAST,
        /** It is not played, and all moves and captures of the turn are undone. */
        REVERT_TURN
    }

    /** What a value that earns another roll does when nothing can move by it. */
    public enum SixWithoutMove {
        /** The turn passes. */
        PASS,
        /** The same player rolls again, up to the limit on sixes. */
        ROLL_AGAIN
    }

    /** What it means that several pieces of one opponent stand on one unsafe square. */
    public enum StackRule {
        /** Whoever lands there captures every opposing piece. */
        CAPTURE_ALL,
        /** Whoever lands there captures one opposing piece, that of the lowest seat and number. */
        CAPTURE_ONE,
        /** They cannot be captured; others may land beside them. */
        PROTECTED,
        /** They cannot be captured, and no opponent may land there. */
        BLOCK_LANDING,
        /** They cannot be captured, and no opponent may land there or pass. */
        BLOCK_PASSING
    }

    /** Whether a player's pieces may share a square short of home. */
    public enum OwnStacking {
        /** Any number may. */
        ALLOWED,
        /** A move onto another piece of one's own is illegal. */
        FORBIDDEN
    }

    /** What a roll beyond home does. */
    public enum HomeEntry {
        /** It is illegal. */
        EXACT,
        /** The piece walks to home and back by the rest. */
        BOUNCE
    }

    /** When the game ends. */
    public enum EndCondition {
        /** With the first player who finishes. */
        FIRST_WINNER,
        /** When at most one player is left who has not finished. */
        PLAY_ON
    }

    /** Where two players sit. */
    public enum TwoPlayerSeating {
        /** On red and yellow. */
        OPPOSITE,
        /** On red and green. */
        ADJACENT
    }

    /** What becomes of a leaver's pieces that are not home. */
    public enum LeaverPieces {
        /** They go back to the yard. */
        REMOVE,
        /** They stay, never move and can be captured. */
        STAY
    }

    /** What happens when the player to act runs out of time. */
    public enum OnTimeout {
        /** The turn passes; a roll already made is lost. */
        SKIP,
        /** The die is rolled for them if need be, and the furthest piece that can move does. */
        AUTO_PLAY
    }

    private static final RuleSet CLASSIC = new RuleSetBuilder().build();
    private static final RuleSet QUICK = new RuleSetBuilder()
            .tokensToWin(1)
            .startPiecesOut(1)
            .endCondition(EndCondition.FIRST_WINNER)
            .build();

    /** Checks the ranges and copies the sets. */
    public RuleSet {
        exitRolls = rolls(exitRolls, "exitRolls");
        if (exitRolls.isEmpty()) {
            throw new IllegalArgumentException("exitRolls must have at least one value, was []");
        }
        extraRollOn = rolls(extraRollOn, "extraRollOn");
        range(sixLimit, 0, 100, "sixLimit");
        range(tokensToWin, 1, 4, "tokensToWin");
        range(startPiecesOut, 0, 4, "startPiecesOut");
        range(maxMissedTurns, 0, Integer.MAX_VALUE, "maxMissedTurns");
    }

    /**
     * The usual rules: all four pieces must come home, and the game goes on for the places.
     *
     * @return every option at its default
     */
    public static RuleSet classic() {
        return CLASSIC;
    }

    /**
     * The short game: one piece of each player begins on the board, and the first piece home wins.
     *
     * @return the classic rules but for {@code tokensToWin}, {@code startPiecesOut} and {@code endCondition}
     */
    public static RuleSet quick() {
        return QUICK;
    }

    /**
     * The rules of games that feed a rating, which are the classic ones.
     *
     * @return the classic rules
     */
    public static RuleSet ranked() {
        return CLASSIC;
    }

    /**
     * The preset of a mode.
     *
     * @param mode classic, quick or ranked
     * @return its rules
     * @throws IllegalArgumentException for {@link GameMode#UNKNOWN}
     */
    public static RuleSet of(GameMode mode) {
        return switch (mode) {
            case CLASSIC -> classic();
            case QUICK -> quick();
            case RANKED -> ranked();
            case UNKNOWN -> throw new IllegalArgumentException("gameMode must be a known one, was unknown");
        };
    }

    /**
     * A builder that starts from these rules.
     *
     * @return a new builder
     */
    public RuleSetBuilder toBuilder() {
        return new RuleSetBuilder(this);
    }

    private static Set<Integer> rolls(Set<Integer> values, String option) {
        TreeSet<Integer> sorted = new TreeSet<>(values);
        for (int value : sorted) {
            range(value, 1, 6, option);
        }
        return Collections.unmodifiableSet(sorted);
    }

    private static void range(int value, int min, int max, String option) {
        if (value < min || value > max) {
            String bounds = max == Integer.MAX_VALUE ? "at least " + min : min + ".." + max;
            throw new IllegalArgumentException(option + " must be " + bounds + ", was " + value);
        }
    }
}
