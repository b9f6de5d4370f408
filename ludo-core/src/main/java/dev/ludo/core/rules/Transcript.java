package dev.ludo.core.rules;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays games again that were recorded as steps of a roll and the move that was made by it, if one was.
 *
 * <p>All of it goes through {@link Game}. What is added is that a roll and its move must belong together, and that pieces
 * have the names under which they were recorded.
 */
public final class Transcript {
    private Transcript() {}

    /**
     * Rolls and, if a piece is named, moves it.
     *
     * @param game the game before the step
     * @param who who rolled
     * @param value the die
     * @param pieceId the piece that was moved, as it was recorded; empty if none was
     * @param target where it was moved to, if that was recorded
     * @return the game after both, with the events of both
     * @throws RefusedException as {@link Game#roll} and {@link #move} do, and also with {@link Refusal#MISSING_MOVE} if no
     *     piece is named although one can move, and {@link Refusal#UNEXPECTED_MOVE} if one is named although none can
     */
    public static Step play(Game game, PlayerId who, int value, Optional<String> pieceId, Optional<Position> target) {
        Step rolled = game.roll(who, value);
        List<?> moves = rolled.game().legalMoves();
        if (pieceId.isEmpty()) {
            if (!moves.isEmpty()) {
                throw Referee.illegal(
                        Refusal.MISSING_MOVE, who + " rolled " + value + " and must make one of the moves " + moves);
            }
            return rolled;
        }
        String name = pieceId.get();
        if (moves.isEmpty()) {
            throw Referee.illegal(
                    Refusal.UNEXPECTED_MOVE,
                    who + " may not move " + name + ": nothing can move by the " + value + " rolled");
        }
        Step moved = move(rolled.game(), who, name, target);
        List<RoomEvent> events = new ArrayList<>(rolled.events());
        events.addAll(moved.events());
        return new Step(moved.game(), events);
    }

    /**
     * Moves a piece by the die that awaits its move.
     *
     * @param game the game before the move
     * @param who who moved
     * @param pieceId the piece, as it was recorded
     * @param target where it was moved to, if that was recorded
     * @return the game after the move
     * @throws RefusedException as {@link Game#move(PlayerId, PieceId, Position)} does, with {@link Refusal#UNKNOWN_PIECE}
     *     also if the name is no piece's
     */
    public static Step move(Game game, PlayerId who, String pieceId, Optional<Position> target) {
        Referee.checkMoveDue(game.state, who);
        PieceId piece = PieceId.tryParse(pieceId).orElseThrow(() -> Referee.unknownPiece(who, pieceId));
        return target.isPresent() ? game.move(who, piece, target.get()) : game.move(who, piece);
    }
}
