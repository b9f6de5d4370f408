package dev.ludo.testkit.fault;

import java.util.Locale;

/** Which way the messages of a socket go, as the server sees it. */
public enum Direction {
    /** From a client to the server. */
    IN,
    /** From the server to a client. */
    OUT;

    /**
     * The word for it on the wire.
     *
     * @return such as {@code in}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
