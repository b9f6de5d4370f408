package dev.ludo.core.model;

/**
 * A player's identity, an opaque string such as {@code plr_1a2b3c4d}.
 *
 * @param value 1 to 128 characters without white space
 */
public record PlayerId(String value) {
    /** Checks the form. */
    public PlayerId {
        Check.id(value, "playerId");
    }

    /**
     * The identity with this text.
     *
     * @param value 1 to 128 characters without white space
     * @return the value
     * @throws IllegalArgumentException for anything else
     */
    public static PlayerId of(String value) {
        return new PlayerId(value);
    }

    /** The bare text, as it stands on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
