package dev.ludo.server.inbox;

import dev.ludo.server.throttle.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The inbox of a folder that several processes share. One of them holds it; the others accept nothing, and a delivery to one of them
 * makes it try again, so that it takes over when the holder ends. Thread-safe.
 */
public final class StandbyInbox implements WebhookInbox {
    /** Opens the inbox that is shared. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens it.
         *
         * @return the inbox
         * @throws IOException if that cannot be, an {@link InboxInUseException} if another process holds it
         */
        FileInbox open() throws IOException;
    }

    private static final Logger LOG = System.getLogger(StandbyInbox.class.getName());

    // To try costs little, but not so little that any stranger's delivery should do it.
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path folder;
    private final Opening opening;
    private final LongSupplier nanoTime;
    private final ReentrantLock opens = new ReentrantLock();
    private volatile Optional<FileInbox> held = Optional.empty();
    private volatile boolean closed;
    private long triedAt;
    private final Trouble trouble = new Trouble();

    /**
     * Takes the inbox, unless another process has it.
     *
     * @param folder where it is, for messages
     * @param opening opens it
     * @param nanoTime tells when to try again
     * @throws UncheckedIOException if the folder cannot be used
     */
    public StandbyInbox(Path folder, Opening opening, LongSupplier nanoTime) {
        this.folder = folder;
        this.opening = opening;
        this.nanoTime = nanoTime;
        try {
            if (!open()) {
                LOG.log(
                        Level.WARNING,
                        "another process holds the inbox in {0}; this one takes over when it ends",
                        folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean open() throws IOException {
        triedAt = nanoTime.getAsLong();
        try {
            held = Optional.of(opening.open());
            trouble.end();
            return true;
        } catch (InboxInUseException e) {
            trouble.end();
            return false;
        }
    }

    @Override
    public Outcome accept(String id, byte[] body) {
        return held.or(this::takeOver)
                .orElseThrow(() -> new InboxUnavailableException("another process holds the inbox"))
                .accept(id, body);
    }

    // Others do not wait for the one that tries: it may have much to read.
    private Optional<FileInbox> takeOver() {
        if (!opens.tryLock()) {
            return Optional.empty();
        }
        try {
            if (!closed && held.isEmpty() && nanoTime.getAsLong() - triedAt >= PAUSE_NANOS && open()) {
                LOG.log(Level.INFO, "this process has taken over the inbox in {0}", folder);
            }
            return held;
        } catch (IOException e) {
            if (trouble.begin(e)) { // once, and not at each delivery
                LOG.log(Level.ERROR, "this process cannot take over the inbox in " + folder + " yet", e);
            }
            throw new InboxUnavailableException("the inbox cannot be opened", e);
        } finally {
            opens.unlock();
        }
    }

    /**
     * The inbox, if this process holds it.
     *
     * @return the inbox, which stays this object's to close
     */
    public Optional<FileInbox> held() {
        return held;
    }

    @Override
    public void close() {
        opens.lock();
        try {
            closed = true;
            held.ifPresent(FileInbox::close);
        } finally {
            opens.unlock();
        }
    }
}
