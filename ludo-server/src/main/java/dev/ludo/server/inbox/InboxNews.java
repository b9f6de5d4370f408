package dev.ludo.server.inbox;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Hears of what another process accepts into the inbox of a folder, by reading it from its end on, until this process holds the
 * inbox itself and has read all that the former holder left. Thread-safe.
 *
 * <p>Something may be heard twice, or although its sender was told to come again. Nothing is missed but what is deleted, or
 * {@linkplain InboxEntry#isForgotten() forgotten}, before it could be read.
 */
public final class InboxNews implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InboxNews.class.getName());

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final BooleanSupplier held;
    private final Consumer<InboxEntry> heard;
    private final InboxReader reader;
    private Place heardTo; // known to the reader's thread alone

    /**
     * Hears of what is accepted from now on, but tells nothing yet.
     *
     * @param folder the data folder
     * @param held whether this process holds the inbox
     * @param heard takes each delivery, in order, on a thread of this object's own
     */
    public InboxNews(Path folder, BooleanSupplier held, Consumer<InboxEntry> heard) {
        this.held = held;
        this.heard = heard;
        this.heardTo = end(folder);
        this.reader = new InboxReader(folder, () -> heardTo, "hear of webhooks", PAUSE, this::look);
    }

    private static Place end(Path folder) {
        try {
            return InboxTail.end(folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "where the inbox in " + folder + " ends cannot be told; all of it is read", e);
            return Place.BEGINNING;
        }
    }

    /**
     * Begins to tell.
     *
     * @return this
     */
    public InboxNews start() {
        reader.start();
        return this;
    }

    private void look(InboxTail tail) throws IOException {
        boolean isLast = held.getAsBoolean(); // asked before: then all that the former holder has written can be read
        for (Optional<InboxTail.Found> next = tail.next(); next.isPresent() && !reader.isEnding(); next = tail.next()) {
            heard.accept(next.get().entry());
            heardTo = tail.place();
        }
        if (isLast) {
            reader.end();
        }
    }

    /**
     * Whether it can hear.
     *
     * @return why it cannot now; empty if it can, or needs to no more
     */
    public String trouble() {
        return reader.trouble();
    }

    @Override
    public void close() {
        reader.close();
    }
}
