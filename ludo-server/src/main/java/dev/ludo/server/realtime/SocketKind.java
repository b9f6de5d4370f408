package dev.ludo.server.realtime;

import java.util.Locale;

/** What a socket is for. */
public enum SocketKind {
    /** Nobody has joined yet. */
    NEW,
    /** A player's. */
    PLAYER,
    /** One that only watches. */
    SPECTATOR,
    /** No socket, but an answer that goes on for as long as somebody watches. */
    STREAM;

    /**
     * Its word in metrics and the log.
     *
     * @return the name in small letters
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
