package dev.ludo.core.model;

/**
 * A game's identity, an opaque string.
 *
 * @param value 1 to 128 characters without white space
 */
public record GameId(String value) {
    /** Checks the form. */
    public GameId {
        Check.id(value, "gameId");
    }

    /**
     * The identity with this text.
     *
     * @param value 1 to 128 characters without white space
     * @return the value
     * @throws IllegalArgumentException for anything else
     */
    public static GameId of(String value) {
        return new GameId(value);
    }

    /** The bare text, as it stands on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
