package dev.ludo.server.inbox;

/**
 * Where deliveries are kept between being accepted and being acted upon. Thread-safe.
 *
 * <p>A port: the process's own journal stands behind it, and a shared stream can.
 */
public interface WebhookInbox extends AutoCloseable {
    /** What became of a delivery. */
    enum Outcome {
        /** It is kept, and survives the end of this process. */
        ACCEPTED,
        /** Its id was accepted within the last 96 h, so that it changes nothing. */
        REPEATED
    }

    /**
     * Keeps a delivery. Returns once it would survive a crash.
     *
     * @param id its {@code webhook-id}
     * @param body its body as it came
     * @return what became of it
     * @throws InboxUnavailableException if it cannot be kept now; its sender is to try again
     */
    Outcome accept(String id, byte[] body);

    /** Lets go of what it holds, after what it is keeping is kept. */
    @Override
    void close();
}
