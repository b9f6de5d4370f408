package dev.ludo.server.webhook;

import dev.ludo.client.resilience.Sleeper;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.RejectedException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;

/** Subscribes in the background, as often as it takes: a proxy serves also while its API does not answer. */
public final class Subscriber implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Subscriber.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Subscriptions subscriptions;
    private final URI url;
    private final ActiveSecrets secrets;
    private final Sleeper sleeper;
    private final Thread thread;

    /**
     * Begins.
     *
     * @param subscriptions the subscription of the data folder
     * @param url where the API is to deliver
     * @param secrets learn the secret
     * @param sleeper waits between attempts
     */
    public Subscriber(Subscriptions subscriptions, URI url, ActiveSecrets secrets, Sleeper sleeper) {
        this.subscriptions = subscriptions;
        this.url = url;
        this.secrets = secrets;
        this.sleeper = sleeper;
        this.thread = Thread.ofVirtual().name("ludo-subscriber").start(this::run);
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isSettled()) {
                sleeper.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private boolean isSettled() throws InterruptedException {
        try {
            subscriptions.subscribe(url, secrets::add);
            return true;
        } catch (RejectedException e) {
            if (isFinal(e)) {
                LOG.log(Level.ERROR, "the API does not deliver webhooks to " + url, e);
                return true;
            }
            LOG.log(Level.WARNING, "the API does not deliver webhooks to " + url + " yet", e);
        } catch (CallException | IOException | IllegalArgumentException e) { // the last for a secret that is none
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            LOG.log(Level.WARNING, "the API does not deliver webhooks to " + url + " yet", e);
        }
        return false;
    }

    // To ask again helps where the API is busy or broken, and not where it understood and will not.
    private static boolean isFinal(RejectedException e) {
        return e.status() < 500 && e.status() != 408 && e.status() != 429;
    }

    // For a test that waits for the end.
    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
