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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rules a second time, written from their text alone and as plainly as can be: arrays, loops and no tricks, sharing
 * nothing with the engine but the options. Seats and pieces are numbers, places are progresses, events are in short form.
 */
final class Oracle {
    private static final int YARD = 0;
    private static final int HOME = 57;

    private final RuleSet rules;
    /** By seat; all in the yard where nobody sits. */
    private final int[][] progress = new int[4][4];

    private final String[] status = {"EMPTY", "EMPTY", "EMPTY", "EMPTY"};
    private final int[] captures = new int[4];
    private final int[] missed = new int[4];
    private final List<Integer> finishOrder = new ArrayList<>();
    private final List<Integer> leaveOrder = new ArrayList<>();
    private List<Integer> ranking = List.of();
    private boolean ended;
    private int turn;
    /** The die while a move is awaited, else 0. */
    private int roll;

    private int streak;
    private int owed;
    private int[][] progressAtTurnStart = new int[4][4];
    private int[] capturesAtTurnStart = new int[4];
    private final List<String> events = new ArrayList<>();

    Oracle(RuleSet rules, int players) {
        this.rules = rules;
        for (int i = 0; i < players; i++) {
            int seat = players == 2 && i == 1 && rules.twoPlayerSeating() == TwoPlayerSeating.OPPOSITE ? 2 : i;
            for (int piece = 0; piece < rules.startPiecesOut(); piece++) {
                progress[seat][piece] = 1;
            }
            status[seat] = "ACTIVE";
        }
        beginTurn(0);
    }

    /** What has happened since this was asked last, in short form. */
    List<String> events() {
        List<String> told = List.copyOf(events);
        events.clear();
        return told;
    }

    boolean hasEnded() {
        return ended;
    }

    int turn() {
        return turn;
    }

    int roll() {
        return roll;
    }

    /** All of the state, for comparison. */
    String state() {
        return (ended
                        ? "ended, ranking " + ranking
                        : "seat " + turn + " die " + roll + " streak " + streak + " owed " + owed + " legal "
                                + legal(roll))
                + " rows " + Arrays.deepToString(progress) + " status " + Arrays.toString(status) + " captures "
                + Arrays.toString(captures) + " missed " + Arrays.toString(missed);
    }

    /** Moves as piece and target. */
    List<String> legal(int value) {
        return IntStream.range(0, 4)
                .filter(piece -> value > 0 && verdict(piece, value).equals("LEGAL"))
                .mapToObj(piece -> piece + ">" + target(progress[turn][piece], value))
                .toList();
    }

    /** Section 4.2 in its order, as LEGAL or a word of section 5. */
    String verdict(int piece, int value) {
        int p = progress[turn][piece];
        if (p == HOME) {
            return "PIECE_HOME";
        }
        if (p == YARD && !rules.exitRolls().contains(value)) {
            return "PIECE_IN_YARD";
        }
        if (p != YARD && p + value > HOME && rules.homeEntry() == HomeEntry.EXACT) {
            return "OVERSHOOT";
        }
        int t = target(p, value);
        if (rules.requireCaptureToEnterHome() && p <= 51 && t > 51 && captures[turn] == 0) {
            return "CAPTURE_REQUIRED";
        }
        if (rules.ownStacking() == OwnStacking.FORBIDDEN && t < HOME) {
            for (int other = 0; other < 4; other++) {
                if (other != piece && progress[turn][other] == t) {
                    return "OWN_STACK";
                }
            }
        }
        int from = rules.stackRule() == StackRule.BLOCK_PASSING ? p + 1 : t;
        boolean blocks = rules.stackRule() == StackRule.BLOCK_LANDING || rules.stackRule() == StackRule.BLOCK_PASSING;
        for (int step = from; blocks && step <= Math.min(t, 51); step++) {
            for (int seat = 0; seat < 4; seat++) {
                if (seat != turn && on(seat, absolute(turn, step)).size() >= 2 && !isSafe(absolute(turn, step))) {
                    return "BLOCKED";
                }
            }
        }
        return "LEGAL";
    }

    private static int target(int p, int value) {
        if (p == YARD) {
            return 1;
        }
        return p + value > HOME ? 114 - (p + value) : p + value;
    }

    private static int absolute(int seat, int p) {
        return (13 * seat + p - 1) % 52;
    }

    private boolean isSafe(int square) {
        return rules.safeSquares().squares().contains(square);
    }

    /** The pieces of a seat on a track square. */
    private List<Integer> on(int seat, int square) {
        List<Integer> there = new ArrayList<>();
        for (int piece = 0; piece < 4; piece++) {
            int p = progress[seat][piece];
            if (p >= 1 && p <= 51 && absolute(seat, p) == square) {
                there.add(piece);
            }
        }
        return there;
    }

    void roll(int value) {
        missed[turn] = 0;
        rolled(value);
    }

    void move(int piece) {
        missed[turn] = 0;
        moved(piece);
    }

    private void rolled(int value) {
        streak = value == 6 ? streak + 1 : 0;
        events.add("D" + value);
        boolean limit = isLimit();
        if (limit && rules.sixLimitRule() != SixLimitRule.PLAY_LAST) {
            if (rules.sixLimitRule() == SixLimitRule.REVERT_TURN) {
                revert();
            }
            pass();
        } else if (!legal(value).isEmpty()) {
            roll = value;
        } else if (limit) {
            pass();
        } else if (rules.sixWithoutMove() == SixWithoutMove.ROLL_AGAIN
                && rules.extraRollOn().contains(value)) {
            return; // the roll that was just lost is the one that was earned
        } else if (owed > 0) {
            owed--;
        } else {
            pass();
        }
    }

    private boolean isLimit() {
        return rules.sixLimit() > 0 && streak >= rules.sixLimit();
    }

    private void revert() {
        for (int seat = 0; seat < 4; seat++) {
            for (int piece = 0; piece < 4; piece++) {
                if (progress[seat][piece] != progressAtTurnStart[seat][piece]) {
                    put(seat, piece, progressAtTurnStart[seat][piece]);
                }
            }
        }
        System.arraycopy(capturesAtTurnStart, 0, captures, 0, 4);
    }

    private void put(int seat, int piece, int p) {
        progress[seat][piece] = p;
        events.add("M" + seat + "." + piece + ">" + p);
    }

    private void moved(int piece) {
        int value = roll;
        int t = target(progress[turn][piece], value);
        roll = 0;
        put(turn, piece, t);
        int captured = t <= 51 && !isSafe(absolute(turn, t)) ? capture(absolute(turn, t)) : 0;
        captures[turn] += captured;
        if (t == HOME && atHome(turn) >= rules.tokensToWin()) {
            status[turn] = "FINISHED";
            finishOrder.add(turn);
            if (rules.endCondition() == EndCondition.FIRST_WINNER || active().size() <= 1) {
                end();
            } else {
                pass();
            }
            return;
        }
        int reasons = 0;
        reasons += rules.extraRollOn().contains(value) ? 1 : 0;
        reasons += captured > 0 && rules.extraRollOnCapture() ? 1 : 0;
        reasons += t == HOME && rules.extraRollOnHome() ? 1 : 0;
        if (value == 6 && isLimit()) {
            pass(); // only PLAY_LAST comes here
            return;
        }
        owed += rules.bonusStacking() == BonusStacking.SINGLE ? Math.min(1, reasons) : reasons;
        if (owed == 0) {
            pass();
            return;
        }
        owed--;
        if (rules.announceExtraRoll()) {
            events.add("T" + turn);
        }
    }

    private int capture(int square) {
        int count = 0;
        for (int seat = 0; seat < 4; seat++) {
            List<Integer> there = seat == turn ? List.of() : on(seat, square);
            boolean stand = there.size() > 1
                    && rules.stackRule() != StackRule.CAPTURE_ALL
                    && rules.stackRule() != StackRule.CAPTURE_ONE;
            for (int piece : there) {
                if (!stand && !(rules.stackRule() == StackRule.CAPTURE_ONE && count > 0)) {
                    put(seat, piece, YARD);
                    count++;
                }
            }
        }
        return count;
    }

    private int atHome(int seat) {
        return (int) Arrays.stream(progress[seat]).filter(p -> p == HOME).count();
    }

    private List<Integer> active() {
        return IntStream.range(0, 4)
                .filter(seat -> status[seat].equals("ACTIVE"))
                .boxed()
                .toList();
    }

    /** Section 8.1. */
    void timeout(int value) {
        missed[turn]++;
        if (rules.maxMissedTurns() > 0 && missed[turn] >= rules.maxMissedTurns()) {
            leave(turn);
        } else if (rules.onTimeout() == OnTimeout.SKIP) {
            pass();
        } else {
            if (roll == 0) {
                rolled(value);
            }
            if (roll > 0) {
                int best = -1;
                for (int piece = 0; piece < 4; piece++) {
                    boolean movable = verdict(piece, roll).equals("LEGAL");
                    if (movable && (best < 0 || progress[turn][piece] > progress[turn][best])) {
                        best = piece;
                    }
                }
                moved(best);
            }
        }
    }

    /** Section 8.2. */
    void leave(int seat) {
        if (status[seat].equals("FINISHED")) {
            return;
        }
        status[seat] = "LEFT";
        leaveOrder.add(seat);
        if (rules.leaverPieces() == LeaverPieces.REMOVE) {
            for (int piece = 0; piece < 4; piece++) {
                if (progress[seat][piece] != YARD && progress[seat][piece] != HOME) {
                    put(seat, piece, YARD);
                }
            }
            progressAtTurnStart[seat] = progress[seat].clone();
        }
        if (active().size() <= 1) {
            end();
        } else if (seat == turn) {
            pass();
        }
    }

    /** Whether a seat may still leave, as a word of section 5 or LEAVES. */
    String mayLeave(int seat) {
        return status[seat].equals("LEFT") ? "ALREADY_LEFT" : status[seat].equals("EMPTY") ? "UNKNOWN_SEAT" : "LEAVES";
    }

    private void pass() {
        int next = turn;
        do {
            next = (next + 1) % 4;
        } while (!status[next].equals("ACTIVE"));
        beginTurn(next);
        events.add("T" + turn);
    }

    private void beginTurn(int seat) {
        turn = seat;
        roll = 0;
        streak = 0;
        owed = 0;
        for (int s = 0; s < 4; s++) {
            progressAtTurnStart[s] = progress[s].clone();
        }
        capturesAtTurnStart = captures.clone();
    }

    /** Section 6. */
    private void end() {
        int origin = finishOrder.isEmpty() ? turn : finishOrder.getFirst();
        List<Integer> order = new ArrayList<>(finishOrder);
        active().stream()
                .sorted(Comparator.<Integer>comparingInt(seat -> -atHome(seat))
                        .thenComparingInt(seat -> -Arrays.stream(progress[seat]).sum())
                        .thenComparingInt(seat -> (seat - origin + 4) % 4))
                .forEach(order::add);
        order.addAll(leaveOrder.reversed());
        ranking = List.copyOf(order);
        ended = true;
        roll = 0;
        events.add("E" + ranking.getFirst());
    }
}
