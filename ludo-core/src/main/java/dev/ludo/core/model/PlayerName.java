package dev.ludo.core.model;

/**
 * A name that a player may take.
 *
 * @param value 1 to 32 code points after white space at both ends is cut off, without control characters and without
 *     characters that change the direction of text
 */
public record PlayerName(String value) {
    /** Cuts off white space and checks the form. */
    public PlayerName {
        value = value.strip();
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > 32) {
            throw new IllegalArgumentException("playerName must be 1 to 32 characters, was " + length);
        }
        if (value.codePoints().anyMatch(PlayerName::isForbidden)) {
            throw new IllegalArgumentException("playerName must not contain control or bidirectional characters");
        }
    }

    /**
     * The name with this text.
     *
     * @param value the text, white space at both ends is cut off
     * @return the name
     * @throws IllegalArgumentException if nobody may be called so
     */
    public static PlayerName of(String value) {
        return new PlayerName(value);
    }

    // The bidirectional controls are those of Unicode Standard Annex 9, section 2.
    private static boolean isForbidden(int c) {
        return Character.getType(c) == Character.CONTROL
                || Character.getType(c) == Character.SURROGATE
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** The bare text, as it stands on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
