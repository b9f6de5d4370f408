package dev.ludo.core.rules;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import org.jspecify.annotations.Nullable;

/** Refuses what the rules do not allow, in the order of {@link Refusal}. */
final class Referee {
    private Referee() {}

    static void checkRoll(Game game, PlayerId who, int value) {
        checkTurn(game, who);
        if (game.dice != 0) {
            throw refused(
                    Refusal.WRONG_PHASE,
                    ErrorCode.MOVE_FIRST,
                    who + " may not roll: the " + game.dice + " rolled before awaits its move");
        }
        checkRoll(value);
    }

    static int checkRoll(int value) {
        if (value < 1 || value > 6) {
            throw refused(Refusal.BAD_ROLL, ErrorCode.VALIDATION_FAILED, "a die shows 1 to 6, not " + value);
        }
        return value;
    }

    static void checkMoveDue(Game game, PlayerId who) {
        checkTurn(game, who);
        if (game.dice == 0) {
            throw refused(
                    Refusal.WRONG_PHASE, ErrorCode.ROLL_FIRST, who + " may not move: the die is to be rolled first");
        }
    }

    static void checkMove(Game game, PlayerId who, PieceId piece) {
        checkMoveDue(game, who);
        int seat = piece.color().seat();
        if (game.seating.owner(seat).isEmpty()) {
            throw unknownPiece(who, piece.toString());
        }
        if (seat != game.turn) {
            throw illegal(
                    Refusal.NOT_YOUR_PIECE,
                    who + " may not move " + piece + ": it belongs to " + game.seating.player(seat));
        }
        @Nullable
        Refusal refusal = game.seating.moveRules.refusal(
                game.rows, game.standing.captures().at(seat), seat, piece.index(), game.dice);
        if (refusal != null) {
            throw illegal(
                    refusal,
                    who + " may not move " + piece + " from " + game.position(piece) + " by " + game.dice + ": "
                            + why(refusal));
        }
    }

    static void checkTarget(Game game, PlayerId who, PieceId piece, Position target) {
        int seat = piece.color().seat();
        int to = MoveRules.target(Row.progress(game.rows.at(seat), piece.index()), game.dice);
        Position right = Board.position(seat, to);
        if (!right.equals(target)) {
            throw illegal(
                    Refusal.WRONG_TARGET,
                    who + " may not move " + piece + " to " + target + ": a " + game.dice + " takes it to " + right);
        }
    }

    static void checkRunning(Game game) {
        if (game.isOver()) {
            throw refused(
                    Refusal.GAME_ENDED,
                    ErrorCode.GAME_OVER,
                    "nothing can be done any more: the game has ended with the ranking " + game.ranking());
        }
    }

    static int checkLeave(Game game, PlayerId who) {
        checkRunning(game);
        int seat = game.seating.seat(who);
        if (seat < 0) {
            throw refused(
                    Refusal.UNKNOWN_SEAT,
                    ErrorCode.PLAYER_NOT_FOUND,
                    who + " may not leave: the players of this game are " + game.players());
        }
        if (game.standing.left().contains(who)) {
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

    private static void checkTurn(Game game, PlayerId who) {
        checkRunning(game);
        PlayerId current = game.seating.player(game.turn);
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
