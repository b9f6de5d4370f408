package dev.ludo.server.watch;

import java.util.Locale;

/** How somebody watches. */
public enum WatcherKind {
    /** By a socket. */
    SOCKET,
    /** By a stream of events. */
    STREAM;

    /**
     * Its word in metrics.
     *
     * @return the name in small letters
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
