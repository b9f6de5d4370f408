package dev.ludo.core.rules;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The geometry of the board, and shared instances of what is said about it again and again. */
final class Board {
    static final int YARD = 0;
    static final int START = 1;
    /** The last progress on the track; the home column follows. */
    static final int LAST_TRACK = 51;

    static final int HOME = 57;

    /** What {@link #progressAt} gives for the one square that a seat never steps on. */
    static final int NEVER = 52;

    private static final List<Optional<Position>> POSITIONS = IntStream.rangeClosed(-1, 57)
            .mapToObj(value -> Optional.of(Position.of(value)))
            .toList();
    private static final List<Optional<PieceId>> PIECES = IntStream.range(0, 16)
            .mapToObj(i -> Optional.of(PieceId.of(Color.ofSeat(i / 4), i % 4)))
            .toList();
    private static final List<LegalMove> MOVES = IntStream.range(0, 16 * 58)
            .mapToObj(i -> new LegalMove(piece(i / 58 / 4, i / 58 % 4), position(i / 58 / 4, i % 58)))
            .toList();

    private Board() {}

    /** The track square on which a seat's piece stands at a progress of 1 to 51. */
    static int square(int seat, int progress) {
        return (13 * seat + progress - 1) % 52;
    }

    /** The progress at which a seat's piece stands on a track square, 1 to 51 or {@link #NEVER}. */
    static int progressAt(int seat, int square) {
        int steps = square - 13 * seat;
        return (steps < 0 ? steps + 52 : steps) + 1;
    }

    static Position position(int seat, int progress) {
        return somePosition(seat, progress).orElseThrow();
    }

    static Optional<Position> somePosition(int seat, int progress) {
        int value = progress == YARD ? -1 : progress > LAST_TRACK ? progress : square(seat, progress);
        return POSITIONS.get(value + 1);
    }

    static PieceId piece(int seat, int index) {
        return somePiece(seat, index).orElseThrow();
    }

    static Optional<PieceId> somePiece(int seat, int index) {
        return PIECES.get(4 * seat + index);
    }

    static LegalMove legalMove(int seat, int index, int target) {
        return MOVES.get((4 * seat + index) * 58 + target);
    }
}
