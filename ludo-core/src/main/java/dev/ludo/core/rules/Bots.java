package dev.ludo.core.rules;

import dev.ludo.core.model.LegalMove;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The choices behind {@link BotPolicy}. */
final class Bots {
    private static final int REACH = 6;

    private Bots() {}

    static LegalMove random(Game game, RandomGenerator random) {
        List<LegalMove> moves = movesOf(game);
        return moves.get(random.nextInt(moves.size()));
    }

    static LegalMove greedy(Game game) {
        return movesOf(game).stream().max(greed(game)).orElseThrow();
    }

    static LegalMove careful(Game game) {
        return movesOf(game).stream()
                .max(Comparator.<LegalMove>comparingInt(move -> -danger(after(game, move), game.state.turn()))
                        .thenComparing(greed(game)))
                .orElseThrow();
    }

    private static List<LegalMove> movesOf(Game game) {
        if (game.legalMoves().isEmpty()) {
            throw new IllegalArgumentException("game must await a move, was: " + game);
        }
        return game.legalMoves();
    }

    /** Of equal moves that of the lowest piece is the greatest, so that the choice does not depend on the list's order. */
    private static Comparator<LegalMove> greed(Game game) {
        int seat = game.state.turn();
        return Comparator.<LegalMove>comparingInt(
                        move -> after(game, move).state.standing().captures().at(seat))
                .thenComparing(move -> move.targetPosition().isHome())
                .thenComparingInt(move -> game.progress(move.pieceId()))
                .thenComparingInt(move -> -move.pieceId().index());
    }

    private static Game after(Game game, LegalMove move) {
        return game.move(game.state.seating().player(game.state.turn()), move.pieceId())
                .game();
    }

    /** The way, in steps, that a seat would lose if each of its pieces that one roll can reach were captured. */
    private static int danger(Game game, int seat) {
        int danger = 0;
        for (int piece = 0; piece < 4; piece++) {
            int progress = Row.progress(game.state.rows().at(seat), piece);
            if (progress > Board.YARD && progress <= Board.LAST_TRACK && isInReach(game, seat, progress)) {
                danger += progress;
            }
        }
        return danger;
    }

    private static boolean isInReach(Game game, int seat, int progress) {
        int square = Board.square(seat, progress);
        if (game.rules().safeSquares().contains(square)) {
            return false;
        }
        for (int other = 0; other < 4; other++) {
            if (other != seat
                    && game.state.standing().isActive(other)
                    && reaches(game.state.rows().at(other), other, square)) {
                return true;
            }
        }
        return false;
    }

    private static boolean reaches(int row, int seat, int square) {
        int there = Board.progressAt(seat, square);
        if (there == Board.NEVER) {
            return false;
        }
        for (int piece = 0; piece < 4; piece++) {
            int from = Row.progress(row, piece);
            if (from == Board.YARD ? there == Board.START : from < there && there <= from + REACH) {
                return true;
            }
        }
        return false;
    }
}
