package dev.ludo.core.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One of the sixteen pieces of a board, such as {@code red-0}.
 *
 * <p>{@link #of} hands out shared instances.
 *
 * @param color whose piece it is, never {@link Color#UNKNOWN}
 * @param index 0 to 3
 */
public record PieceId(Color color, int index) {
    private static final List<PieceId> ALL = IntStream.range(0, 16)
            .mapToObj(i -> new PieceId(Color.ofSeat(i / 4), i % 4))
            .toList();

    /** Checks the range. */
    public PieceId {
        if (Check.present(color, "color") == Color.UNKNOWN) {
            throw new IllegalArgumentException("color must be one that plays, was unknown");
        }
        Check.range(index, 0, 3, "index");
    }

    /**
     * A piece by colour and number.
     *
     * @param color whose piece, not {@link Color#UNKNOWN}
     * @param index 0 to 3
     * @return the shared instance
     * @throws IllegalArgumentException if there is no such piece
     */
    public static PieceId of(Color color, int index) {
        if (color == Color.UNKNOWN || index < 0 || index > 3) {
            return new PieceId(color, index); // which says what is wrong
        }
        return ALL.get(color.seat() * 4 + index);
    }

    /**
     * A piece by its name on the wire.
     *
     * @param text such as {@code red-0}
     * @return the shared instance
     * @throws IllegalArgumentException if the text is no piece's name
     */
    public static PieceId parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "pieceId must be red, green, yellow or blue, a dash and 0 to 3, was \"" + text + '"'));
    }

    /**
     * A piece by its name on the wire, if it is one.
     *
     * @param text any text
     * @return the shared instance, or empty
     */
    public static Optional<PieceId> tryParse(String text) {
        int dash = text.length() - 2;
        if (dash < 3 || text.charAt(dash) != '-') {
            return Optional.empty();
        }
        int index = text.charAt(dash + 1) - '0';
        for (int seat = 0; seat < 4; seat++) {
            String word = Color.ofSeat(seat).word();
            if (word.length() == dash && text.startsWith(word) && index >= 0 && index <= 3) {
                return Optional.of(ALL.get(seat * 4 + index));
            }
        }
        return Optional.empty();
    }

    /** The name on the wire, such as {@code red-0}. */
    @Override
    public String toString() {
        return color.word() + '-' + index;
    }
}
