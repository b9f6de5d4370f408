package dev.ludo.server.webhook;

import dev.ludo.server.throttle.Trouble;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Learns the secret of a subscription that another process which shares the folder has made. It looks when it is told to, but once
 * a second at most, since any stranger's delivery tells it to. Thread-safe.
 */
public final class SubscriptionNews {
    private static final Logger LOG = System.getLogger(SubscriptionNews.class.getName());

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Subscriptions subscriptions;
    private final ActiveSecrets secrets;
    private final LongSupplier nanoTime;
    private final ReentrantLock looks = new ReentrantLock();
    private long lookedAt;
    private final Trouble trouble = new Trouble();

    /**
     * Has not looked yet.
     *
     * @param subscriptions the subscription of the data folder
     * @param secrets learn the secret
     * @param nanoTime tells when to look again
     */
    public SubscriptionNews(Subscriptions subscriptions, ActiveSecrets secrets, LongSupplier nanoTime) {
        this.subscriptions = subscriptions;
        this.secrets = secrets;
        this.nanoTime = nanoTime;
        this.lookedAt = nanoTime.getAsLong() - PAUSE_NANOS;
    }

    /** Looks, unless it has just done so; waits for a look that is under way. */
    void look() {
        looks.lock();
        try {
            if (nanoTime.getAsLong() - lookedAt >= PAUSE_NANOS) {
                lookedAt = nanoTime.getAsLong();
                subscriptions.secret().ifPresent(secrets::add);
                trouble.end();
            }
        } catch (IOException | IllegalArgumentException e) {
            if (trouble.begin(e)) { // once, and not at each look
                LOG.log(Level.WARNING, "the secret of the subscription cannot be read", e);
            }
        } finally {
            looks.unlock();
        }
    }
}
