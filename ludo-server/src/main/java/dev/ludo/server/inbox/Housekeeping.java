package dev.ludo.server.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What becomes of segments that are closed: they are deleted when they are old, and others take their place. Thread-safe. */
final class Housekeeping {
    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

    private final Path folder;
    private final Journal.Limits limits;
    private final Clock clock;
    private final ReentrantLock files = new ReentrantLock();

    /**
     * Does nothing yet.
     *
     * @param folder where the segments are
     * @param limits how much there may be
     * @param clock tells how old a segment is
     */
    Housekeeping(Path folder, Journal.Limits limits, Clock clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * The number of the oldest segment that whoever acts upon deliveries still needs.
     *
     * @throws UncheckedIOException if it cannot be told
     */
    long firstUnread() {
        return limits.firstUnread().getAsLong();
    }

    /** Deletes what is older than it is kept and was read; not the newest segment. */
    void deleteOld() {
        files.lock();
        try {
            Instant oldest = clock.instant().minus(limits.kept());
            long firstUnread = firstUnread();
            List<Segment> all = Segment.in(folder);
            for (Segment segment : all.subList(0, Math.max(0, all.size() - 1))) {
                if (!Files.getLastModifiedTime(segment.file()).toInstant().isBefore(oldest)) {
                    continue;
                }
                if (segment.number() >= firstUnread) {
                    LOG.log(
                            Level.WARNING,
                            "the inbox keeps {0}, which is older than {1}, because no worker has read it yet",
                            segment.file(),
                            limits.kept());
                    return;
                }
                Files.delete(segment.file());
                LOG.log(Level.INFO, "the inbox deleted {0}, which is older than {1}", segment.file(), limits.kept());
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "the inbox could not delete what is old in " + folder, e); // the next time
        } finally {
            files.unlock();
        }
    }

    /** Puts a synced file in the place of a segment, unless that was deleted meanwhile. A crash may undo it until the folder is synced. */
    void replace(Segment segment, Path fresh) throws IOException {
        files.lock();
        try {
            if (Files.exists(segment.file())) {
                Files.move(fresh, segment.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(fresh);
            }
        } finally {
            files.unlock();
        }
    }
}
