package dev.ludo.server.realtime;

/** Who holds a place among the {@link Sessions} for long. Thread-safe. */
public interface Guest {
    /**
     * What it is for.
     *
     * @return the kind
     */
    SocketKind socketKind();

    /**
     * How many messages have waited for it.
     *
     * @return the most that have waited at once
     */
    int queueHighWater();

    /** Tells it to go, because the proxy does. Does not wait. */
    void drain();
}
