package dev.ludo.testkit.fault;

import java.util.Locale;

/** When a fault strikes. */
public enum Stage {
    /** Before anything is done: a call or message that is hit has no effect. A delay only makes it wait. */
    BEFORE,
    /** After it was done: only the answer suffers. A message of the server has been sent by then. */
    AFTER,
    /** While the body of an answer, or a message of the server, goes out: the first half of a body is out by then. */
    STREAM;

    /**
     * The word for it on the wire.
     *
     * @return such as {@code before}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
