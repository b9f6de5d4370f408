package dev.ludo.server.cache;

import java.util.Map;

/** What a message from a room makes old of what was read there before. */
public enum Touched {
    /** Nothing: it is an answer that tells no news. */
    NOTHING,

    /** How the game stands. */
    GAME,

    /** The room, with its game and the lists that it is in; so does whatever is not known. */
    ROOM,

    /** All that and the ratings, since its game is over. */
    RATINGS;

    private static final Map<String, Touched> KNOWN = Map.of(
            "game:dice-rolled", GAME,
            "game:piece-moved", GAME,
            "game:turn-change", GAME,
            "game:player-finished", GAME,
            "game:state", GAME,
            "ack", GAME,
            "pong", NOTHING,
            "error", NOTHING,
            "game:ended", RATINGS,
            "room:closed", RATINGS);

    /**
     * By the message's type.
     *
     * @param type such as {@code game:dice-rolled}
     * @return what it touches
     */
    public static Touched by(String type) {
        return KNOWN.getOrDefault(type, ROOM);
    }

    /**
     * For who reads types as bytes.
     *
     * @return what is touched by each type that touches something else than the {@link #ROOM}
     */
    public static Map<String, Touched> known() {
        return KNOWN;
    }
}
