package dev.ludo.server.watch;

/** Somebody who watches a room. Called with a hub's lock held, but for {@link #cut} and {@link #end}, and never waits. */
interface Watcher {
    WatcherKind kind();

    /** Takes the bytes of so many messages, which are whole and shared with others; false if there is no room for them. */
    boolean offer(byte[] bytes, int count);

    /** Is told that it reads too slowly, and hears nothing any more. */
    void cut();

    /** Is told that there is nothing more to hear. */
    void end(FeedEnd end);
}
