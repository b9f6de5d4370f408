package dev.ludo.core.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a piece stands, as the wire counts: −1 the yard, 0 to 51 the track squares that all colours share, 52 to 56 the
 * owner's home column, 57 home.
 *
 * <p>The rules count <em>progress</em> instead, the way a piece has gone: 0 the yard, 1 its own start square, 51 the last
 * track square before its column, 52 to 57 the same numbers as positions. For the track,
 * {@code position = (13 · seat + progress − 1) mod 52}. {@link #of} hands out shared instances.
 *
 * @param value −1 to 57
 */
public record Position(int value) {
    private static final List<Position> ALL =
            IntStream.rangeClosed(-1, 57).mapToObj(Position::new).toList();

    /** In the yard, not yet on the board. */
    public static final Position YARD = of(-1);

    /** Home: the piece has finished. */
    public static final Position HOME = of(57);

    /** Checks the range. */
    public Position {
        Check.range(value, -1, 57, "position");
    }

    /**
     * A position by its number on the wire.
     *
     * @param value −1 to 57
     * @return the shared instance
     * @throws IllegalArgumentException out of range
     */
    public static Position of(int value) {
        Check.range(value, -1, 57, "position");
        return ALL.get(value + 1);
    }

    /**
     * Where a piece of a colour stands after some way.
     *
     * @param color the piece's colour, not {@link Color#UNKNOWN}
     * @param progress 0 to 57
     * @return the position
     * @throws IllegalArgumentException out of range
     */
    public static Position atProgress(Color color, int progress) {
        Check.range(progress, 0, 57, "progress");
        if (progress == 0) {
            return YARD;
        }
        return progress > 51 ? of(progress) : of((13 * color.seat() + progress - 1) % 52);
    }

    /**
     * How far a piece of a colour has gone when it stands here.
     *
     * @param color the piece's colour, not {@link Color#UNKNOWN}
     * @return 0 to 57
     * @throws IllegalArgumentException if no piece of that colour ever stands here, which is so for the one track square
     *     behind its start
     */
    public int progress(Color color) {
        if (value < 0) {
            return 0;
        }
        if (value > 51) {
            return value;
        }
        int progress = Math.floorMod(value - 13 * color.seat(), 52) + 1;
        if (progress == 52) {
            throw new IllegalArgumentException("a " + color.word() + " piece never stands on track square " + value);
        }
        return progress;
    }

    /**
     * Whether this is a yard.
     *
     * @return whether the value is −1
     */
    public boolean isYard() {
        return value == -1;
    }

    /**
     * Whether this is one of the 52 squares that all colours share.
     *
     * @return whether the value is 0 to 51
     */
    public boolean isTrack() {
        return value >= 0 && value <= 51;
    }

    /**
     * Whether this is in a home column, where nobody else can come.
     *
     * @return whether the value is 52 to 56
     */
    public boolean isColumn() {
        return value >= 52 && value <= 56;
    }

    /**
     * Whether this is home.
     *
     * @return whether the value is 57
     */
    public boolean isHome() {
        return value == 57;
    }

    /** The bare number. */
    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
