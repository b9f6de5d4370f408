package dev.ludo.server.inbox;

import dev.ludo.server.throttle.GrowingPause;
import dev.ludo.server.throttle.Trouble;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads the inbox on a thread of its own, from a place on, and looks again and again until it ends. What cannot be done is told
 * once, and tried again after pauses that grow. Thread-safe.
 */
public final class InboxReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InboxReader.class.getName());

    // Whoever waits for what is read waits no longer than that once the disk is well again.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** What is done at each look. */
    @FunctionalInterface
    public interface Look {
        /**
         * Reads on.
         *
         * @param tail what is read
         * @throws IOException if that cannot be done now
         */
        void at(InboxTail tail) throws IOException;
    }

    private final Path folder;
    private final Supplier<Place> from;
    private final String purpose;
    private final GrowingPause pause;
    private final Look look;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private Optional<InboxTail> tail = Optional.empty(); // known to the thread alone
    private int failed; // known to it alone too
    private final Trouble trouble = new Trouble();

    /**
     * Reads nothing yet.
     *
     * @param folder where the inbox is
     * @param from tells from where on it is read, once it starts, and again where a look fails in a way that is not foreseen
     * @param purpose what for, for messages and as the thread's name
     * @param pause how long it waits between two looks; twice as long after each that failed, up to 5 s
     * @param look what is done at each look
     */
    public InboxReader(Path folder, Supplier<Place> from, String purpose, Duration pause, Look look) {
        this.folder = folder;
        this.from = from;
        this.purpose = purpose;
        this.pause = new GrowingPause(pause, LONGEST_PAUSE);
        this.look = look;
        this.thread = Thread.ofPlatform().name("ludo-" + purpose).daemon().unstarted(this::read);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    private void read() {
        boolean ended = false;
        while (!ended) {
            try {
                look();
                ended = end.await(pause.after(failed).toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does but the end of the process
                ended = true;
            } catch (Throwable e) { // so little memory is left that it could not be told
                trouble.begin(e);
            }
        }
        letGo();
    }

    private void look() {
        try {
            InboxTail current = tail.orElseGet(() -> new InboxTail(folder, from.get()));
            tail = Optional.of(current);
            look.at(current);
            trouble.end();
            failed = 0;
        } catch (IOException | RuntimeException e) {
            tell(e);
        } catch (Throwable e) { // such as that memory runs out
            letGo(); // how far the tail has come is anybody's guess
            tell(e);
        }
    }

    private void letGo() {
        try {
            if (tail.isPresent()) {
                tail.get().close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a segment of the inbox could not be closed", e);
        } finally {
            tail = Optional.empty();
        }
    }

    private void tell(Throwable failure) {
        failed++;
        if (trouble.begin(failure)) { // once, and not at each look
            LOG.log(Level.ERROR, "the inbox in " + folder + " cannot be read to " + purpose, failure);
        }
    }

    /**
     * Whether it can do what it is to.
     *
     * @return why it cannot go on now; empty if it can
     */
    public String trouble() {
        return trouble.reason();
    }

    /**
     * Whether a look had better not go on.
     *
     * @return whether it is to end
     */
    public boolean isEnding() {
        return end.getCount() == 0;
    }

    /** Has it end after the look that is under way, and does not wait for that. */
    void end() {
        end.countDown();
    }

    /** Ends it after the look that is under way. */
    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
