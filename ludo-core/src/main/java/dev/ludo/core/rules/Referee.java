package dev.ludo.core.rules;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import org.jspecify.annotations.Nullable;

/** Refuses what the rules do not allow, in the order of {@link Refusal}. */
final class Referee {
    private Referee() {}

    static void checkRoll(State state, PlayerId who, int value) {
        checkTurn(state, who);
        if (state.dice() != 0) {
            throw refused(
                    Refusal.WRONG_PHASE,
                    ErrorCode.MOVE_FIRST,
                    who + " may not roll: the " + state.dice() + " rolled before awaits its move");
        }
        checkRoll(value);
    }

    static int checkRoll(int value) {
        if (value < 1 || value > 6) {
            throw refused(Refusal.BAD_ROLL, ErrorCode.VALIDATION_FAILED, "a die shows 1 to 6, not " + value);
        }
        return value;
    }

    static void checkMoveDue(State state, PlayerId who) {
        checkTurn(state, who);
        if (state.dice() == 0) {
            throw refused(
                    Refusal.WRONG_PHASE, ErrorCode.ROLL_FIRST, who + " may not move: the die is to be rolled first");
        }
    }

    static void checkMove(State state, PlayerId who, PieceId piece) {
        checkMoveDue(state, who);
        int seat = piece.color().seat();
        if (state.seating().owner(seat).isEmpty()) {
            throw unknownPiece(who, piece.toString());
        }
        if (seat != state.turn()) {
            throw illegal(
                    Refusal.NOT_YOUR_PIECE,
                    who + " may not move " + piece + ": it belongs to "
                            + state.seating().player(seat));
        }
        @Nullable
        Refusal refusal = state.seating()
                .moveRules
                .refusal(state.rows(), state.standing().captures().at(seat), seat, piece.index(), state.dice());
        if (refusal != null) {
            throw illegal(
                    refusal,
                    who + " may not move " + piece + " from "
                            + Board.position(seat, Row.progress(state.rows().at(seat), piece.index())) + " by "
                            + state.dice() + ": " + why(refusal));
        }
    }

    static void checkTarget(State state, PlayerId who, PieceId piece, Position target) {
        int seat = piece.color().seat();
        int to = MoveRules.target(Row.progress(state.rows().at(seat), piece.index()), state.dice());
        Position right = Board.position(seat, to);
        if (!right.equals(target)) {
            throw illegal(
                    Refusal.WRONG_TARGET,
                    who + " may not move " + piece + " to " + target + ": a " + state.dice() + " takes it to " + right);
        }
    }

    static void checkRunning(State state) {
        if (state.isOver()) {
            throw refused(
                    Refusal.GAME_ENDED,
                    ErrorCode.GAME_OVER,
                    "nothing can be done any more: the game has ended with the ranking " + state.ranking());
        }
    }

    static int checkLeave(State state, PlayerId who) {
        checkRunning(state);
        int seat = state.seating().seat(who);
        if (seat < 0) {
            throw refused(
                    Refusal.UNKNOWN_SEAT,
                    ErrorCode.PLAYER_NOT_FOUND,
                    who + " may not leave: the players of this game are " + state.seating().players);
        }
        if (state.standing().left().contains(who)) {
            throw refused(Refusal.ALREADY_LEFT, ErrorCode.FORBIDDEN, who + " may not leave: they have left before");
        }
        return seat;
    }

    static RefusedException unknownPiece(PlayerId who, String piece) {
        return refused(
                Refusal.UNKNOWN_PIECE,
                ErrorCode.VALIDATION_FAILED,
                who + " may not move " + piece + ": there is no such piece in this game");
    }

    static RefusedException illegal(Refusal refusal, String why) {
        return refused(refusal, ErrorCode.ILLEGAL_MOVE, why);
    }

    private static void checkTurn(State state, PlayerId who) {
        checkRunning(state);
        PlayerId current = state.seating().player(state.turn());
        if (!current.equals(who)) {
            throw refused(
                    Refusal.NOT_YOUR_TURN, ErrorCode.NOT_YOUR_TURN, who + " may not act: it is the turn of " + current);
        }
    }

    private static String why(Refusal refusal) {
        return switch (refusal) {
            case PIECE_HOME -> "it is home";
            case PIECE_IN_YARD -> "this value does not let it out of the yard";
            case OVERSHOOT -> "it would overshoot home";
            case CAPTURE_REQUIRED -> "its owner has to capture before it may leave the track";
            case OWN_STACK -> "another piece of its owner stands there";
            case BLOCKED -> "two pieces of one opponent bar the way";
            default -> throw new IllegalArgumentException("no reason not to move: " + refusal);
        };
    }

    private static RefusedException refused(Refusal refusal, ErrorCode code, String why) {
        return new RefusedException(refusal, code, why);
    }
}
