package dev.ludo.core.model;

import java.util.Locale;

/**
 * The code by which players find a room, such as {@code K7Q2MX}.
 *
 * @param value 4 to 12 ASCII letters and digits; letters are kept in upper case
 */
public record RoomCode(String value) {
    /** Checks the form and turns letters into upper case. */
    public RoomCode {
        if (!isValid(value)) {
            throw new IllegalArgumentException("roomCode must be 4 to 12 letters and digits, was \"" + value + '"');
        }
        value = value.toUpperCase(Locale.ROOT);
    }

    /**
     * The code with this text.
     *
     * @param value 4 to 12 ASCII letters and digits in any case
     * @return the value
     * @throws IllegalArgumentException for anything else
     */
    public static RoomCode of(String value) {
        return new RoomCode(value);
    }

    /**
     * Whether a text has the form of a room code.
     *
     * @param value any text
     * @return whether {@link #of} would take it
     */
    public static boolean isValid(String value) {
        return value.length() >= 4
                && value.length() <= 12
                && value.chars()
                        .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    }

    /** The bare text, as it stands on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
