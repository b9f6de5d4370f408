package dev.ludo.core.model;

/**
 * An enum constant that stands on the wire as one lower-case word.
 *
 * <p>Every such enum has a constant {@code UNKNOWN} for words that this version does not know, so that a newer API never
 * makes a message unreadable. It is written as {@code unknown}, which no API says, so that whatever was read can be written
 * and read again. Requests refuse it.
 */
public sealed interface Word
        permits Color, GameMode, GameStatus, MoveCause, RoomRole, RoomStatus, TurnPhase, TurnReason, WebhookEventType {

    /**
     * The word on the wire.
     *
     * @return the word, never empty
     */
    String word();

    /**
     * The constant that a word stands for.
     *
     * @param <E> the enum
     * @param type the enum's class
     * @param word the word as it came, in its exact case
     * @return the constant, or the constant named {@code UNKNOWN} for any other word
     */
    static <E extends Enum<E> & Word> E of(Class<E> type, String word) {
        E unknown = null;
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals("UNKNOWN")) {
                unknown = constant;
            } else if (constant.word().equals(word)) {
                return constant;
            }
        }
        if (unknown == null) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no constant UNKNOWN");
        }
        return unknown;
    }
}
