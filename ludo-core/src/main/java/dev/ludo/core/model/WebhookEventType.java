package dev.ludo.core.model;

/** What a webhook can tell of. */
public enum WebhookEventType implements Word {
    /** A room was made. */
    ROOM_CREATED("room.created"),
    /** A room closed for good. */
    ROOM_CLOSED("room.closed"),
    /** A player took a seat in a room. */
    PLAYER_JOINED("player.joined"),
    /** A game began. */
    GAME_STARTED("game.started"),
    /** A game is over. */
    GAME_ENDED("game.ended"),
    /** A word that this version does not know. */
    UNKNOWN("unknown");

    private final String word;

    WebhookEventType(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
