package dev.ludo.core.model;

import java.util.List;

/** A player's colour. Clockwise round the board they are red, green, yellow and blue. */
public enum Color implements Word {
    /** Seat 0, starts on track square 0. */
    RED("red", 0),
    /** Seat 1, starts on track square 13. */
    GREEN("green", 1),
    /** Seat 2, starts on track square 26. */
    YELLOW("yellow", 2),
    /** Seat 3, starts on track square 39. */
    BLUE("blue", 3),
    /** A word that this version does not know. It has no seat and no pieces. */
    UNKNOWN("unknown", -1);

    /** The four colours that play, by seat. */
    public static final List<Color> SEATS = List.of(RED, GREEN, YELLOW, BLUE);

    private final String word;
    private final int seat;

    Color(String word, int seat) {
        this.word = word;
        this.seat = seat;
    }

    /**
     * The colour of a seat.
     *
     * @param seat 0 to 3
     * @return its colour
     * @throws IndexOutOfBoundsException if there is no such seat
     */
    public static Color ofSeat(int seat) {
        return SEATS.get(seat);
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * The seat of this colour.
     *
     * @return 0 to 3
     * @throws IllegalStateException for {@link #UNKNOWN}
     */
    public int seat() {
        if (this == UNKNOWN) {
            throw new IllegalStateException("an unknown colour has no seat");
        }
        return seat;
    }
}
