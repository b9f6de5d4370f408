package dev.ludo.core.rules;

import dev.ludo.core.model.LegalMove;
import dev.ludo.core.rules.RuleSet.HomeEntry;
import dev.ludo.core.rules.RuleSet.OwnStacking;
import dev.ludo.core.rules.RuleSet.StackRule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which piece may go where, and whom it captures there. */
final class MoveRules {
    private final int exitRolls;
    private final int extraRollOn;
    private final long safeSquares;
    private final StackRule stackRule;
    private final boolean bounce;
    private final boolean captureFirst;
    private final boolean alone;

    MoveRules(RuleSet rules) {
        this.exitRolls = mask(rules.exitRolls());
        this.extraRollOn = mask(rules.extraRollOn());
        this.safeSquares = rules.safeSquares().mask();
        this.stackRule = rules.stackRule();
        this.bounce = rules.homeEntry() == HomeEntry.BOUNCE;
        this.captureFirst = rules.requireCaptureToEnterHome();
        this.alone = rules.ownStacking() == OwnStacking.FORBIDDEN;
    }

    boolean earnsRoll(int dice) {
        return ((extraRollOn >> dice) & 1) != 0;
    }

    /** Where a piece comes to stand, if it may move at all. */
    static int target(int from, int dice) {
        if (from == Board.YARD) {
            return Board.START;
        }
        int to = from + dice;
        return to > Board.HOME ? 2 * Board.HOME - to : to;
    }

    /** Why a piece may not move, or null if it may. The order of the checks is that of {@link Refusal}. */
    @Nullable
    Refusal refusal(PerSeat rows, int captures, int seat, int piece, int dice) {
        int row = rows.at(seat);
        int from = Row.progress(row, piece);
        if (from == Board.HOME) {
            return Refusal.PIECE_HOME;
        }
        if (from == Board.YARD && ((exitRolls >> dice) & 1) == 0) {
            return Refusal.PIECE_IN_YARD;
        }
        if (from + dice > Board.HOME && !bounce) {
            return Refusal.OVERSHOOT;
        }
        int to = target(from, dice);
        if (captureFirst && captures == 0 && from <= Board.LAST_TRACK && to > Board.LAST_TRACK) {
            return Refusal.CAPTURE_REQUIRED;
        }
        if (alone && to < Board.HOME && (Row.at(row, to) & ~(1 << piece)) != 0) {
            return Refusal.OWN_STACK;
        }
        return isBlocked(rows, seat, from, to) ? Refusal.BLOCKED : null;
    }

    List<LegalMove> legalMoves(PerSeat rows, int captures, int seat, int dice) {
        int movable = 0;
        for (int piece = 0; piece < 4; piece++) {
            if (refusal(rows, captures, seat, piece, dice) == null) {
                movable |= 1 << piece;
            }
        }
        int row = rows.at(seat);
        int first = Integer.numberOfTrailingZeros(movable);
        int second = Integer.numberOfTrailingZeros(movable & (movable - 1));
        int last = 31 - Integer.numberOfLeadingZeros(movable);
        return switch (Integer.bitCount(movable)) {
            case 0 -> List.of();
            case 1 -> List.of(move(row, seat, first, dice));
            case 2 -> List.of(move(row, seat, first, dice), move(row, seat, last, dice));
            case 3 -> List.of(move(row, seat, first, dice), move(row, seat, second, dice), move(row, seat, last, dice));
            default ->
                List.of(
                        move(row, seat, 0, dice),
                        move(row, seat, 1, dice),
                        move(row, seat, 2, dice),
                        move(row, seat, 3, dice));
        };
    }

    private static LegalMove move(int row, int seat, int piece, int dice) {
        return Board.legalMove(seat, piece, target(Row.progress(row, piece), dice));
    }

    /** The opposing pieces that a move to a progress captures: bit {@code 4 · seat + piece} for each. */
    int captured(PerSeat rows, int seat, int to) {
        if (to > Board.LAST_TRACK) {
            return 0;
        }
        int square = Board.square(seat, to);
        if (isSafe(square)) {
            return 0;
        }
        int captured = 0;
        for (int other = 0; other < 4; other++) {
            int there = other == seat ? 0 : piecesOn(rows, other, square);
            if (there == 0) {
                continue;
            }
            switch (stackRule) {
                case CAPTURE_ALL -> captured |= there << (4 * other);
                case CAPTURE_ONE -> {
                    return Integer.lowestOneBit(there) << (4 * other);
                }
                case PROTECTED, BLOCK_LANDING, BLOCK_PASSING -> {
                    if (Integer.bitCount(there) == 1) {
                        captured |= there << (4 * other);
                    }
                }
            }
        }
        return captured;
    }

    /** Of the pieces that can move, the one that has gone furthest; the lowest number of several. */
    static int furthest(int row, List<LegalMove> moves) {
        int best = moves.getFirst().pieceId().index();
        for (LegalMove move : moves) {
            int piece = move.pieceId().index();
            if (Row.progress(row, piece) > Row.progress(row, best)) {
                best = piece;
            }
        }
        return best;
    }

    private boolean isBlocked(PerSeat rows, int seat, int from, int to) {
        return switch (stackRule) {
            case CAPTURE_ALL, CAPTURE_ONE, PROTECTED -> false;
            case BLOCK_LANDING -> to <= Board.LAST_TRACK && isBlock(rows, seat, to);
            case BLOCK_PASSING -> {
                boolean blocked = false;
                for (int step = from + 1; step <= to && step <= Board.LAST_TRACK; step++) {
                    blocked |= isBlock(rows, seat, step);
                }
                yield blocked;
            }
        };
    }

    private boolean isBlock(PerSeat rows, int seat, int progress) {
        int square = Board.square(seat, progress);
        if (isSafe(square)) {
            return false;
        }
        for (int other = 0; other < 4; other++) {
            if (other != seat && Integer.bitCount(piecesOn(rows, other, square)) > 1) {
                return true;
            }
        }
        return false;
    }

    private static int piecesOn(PerSeat rows, int seat, int square) {
        int progress = Board.progressAt(seat, square);
        return progress == Board.NEVER ? 0 : Row.at(rows.at(seat), progress);
    }

    private boolean isSafe(int square) {
        return ((safeSquares >> square) & 1) != 0;
    }

    private static int mask(Set<Integer> values) {
        int mask = 0;
        for (int value : values) {
            mask |= 1 << value;
        }
        return mask;
    }
}
