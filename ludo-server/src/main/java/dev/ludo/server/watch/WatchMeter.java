package dev.ludo.server.watch;

/** Is told of those who watch rooms. Thread-safe, and does not block. */
public interface WatchMeter {
    /** Tells nobody. */
    WatchMeter NONE = new WatchMeter() {};

    /**
     * Somebody came back who had watched before.
     *
     * @param kind how they watch
     * @param resumed whether they were told what they had missed, not the state instead
     */
    default void cameBack(WatcherKind kind, boolean resumed) {}

    /**
     * Somebody read too slowly, and was let go.
     *
     * @param kind how they watched
     */
    default void cut(WatcherKind kind) {}
}
