package dev.ludo.server.worker;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads the inbox on a thread of its own, from where a ledger stands, and looks again and again until it is closed. What cannot be
 * done is told once, and tried again at each look. Thread-safe.
 */
final class InboxReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InboxReader.class.getName());

    /** What is done at each look. */
    @FunctionalInterface
    interface Look {
        /** Reads on. */
        void at(InboxTail tail) throws IOException;
    }

    private final Path folder;
    private final Ledger ledger;
    private final String purpose;
    private final Look look;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private volatile String trouble = "";

    /**
     * Reads nothing yet.
     *
     * @param folder where the inbox is
     * @param ledger tells from where on it is read
     * @param purpose what for, for messages and as the thread's name
     * @param look what is done at each look
     */
    InboxReader(Path folder, Ledger ledger, String purpose, Look look) {
        this.folder = folder;
        this.ledger = ledger;
        this.purpose = purpose;
        this.look = look;
        this.thread = Thread.ofPlatform().name("ludo-" + purpose).daemon().unstarted(this::read);
    }

    void start() {
        thread.start();
    }

    private void read() {
        try (InboxTail tail = new InboxTail(folder, ledger.readTo())) {
            do {
                try {
                    look.at(tail);
                    trouble = "";
                } catch (IOException | RuntimeException e) {
                    if (trouble.isEmpty()) { // once, and not at each look
                        LOG.log(Level.ERROR, "the worker cannot go on to " + purpose, e);
                    }
                    trouble = String.valueOf(e.getMessage());
                }
            } while (!end.await(Pace.POLL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a segment of the inbox could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does but the end of the process
        }
    }

    /** Why it cannot go on now; empty if it can. */
    String trouble() {
        return trouble;
    }

    /** Whether it is to end, so that a look had better not go on. */
    boolean isEnding() {
        return end.getCount() == 0;
    }

    /** Ends it after the look that is under way. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
