package dev.ludo.server.inbox;

import dev.ludo.server.files.FolderLock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * An inbox in a folder of this machine: a journal that is synced before anything counts as accepted. One process at a time
 * holds it, by a lock on {@code inbox.lock} that ends with the process, however that ends.
 */
public final class FileInbox implements WebhookInbox {
    /** For how long an id is remembered; up to {@link RecentIds#SPAN} longer. */
    public static final Duration IDS_KEPT = Duration.ofDays(4);

    private static final String LOCK = "inbox.lock";

    private static final Logger LOG = System.getLogger(FileInbox.class.getName());

    private static final int MOST_WAITING = 10_000;
    private static final long SEGMENT_BYTES = 64L * 1024 * 1024;

    private static final Duration QUIET = Duration.ofHours(1);

    // A disk that takes so long is as good as failing: the sender is told to come again.
    private static final Duration DISK_PATIENCE = Duration.ofSeconds(10);

    private final Clock clock;
    private final FolderLock lock;
    private final Journal journal;
    private final Forgetting forgetting;
    private final ReentrantLock state = new ReentrantLock();
    private final RecentIds accepted;
    private final Map<String, CompletableFuture<Void>> underWay = new HashMap<>();

    private FileInbox(Clock clock, FolderLock lock, Journal journal, Forgetting forgetting, RecentIds accepted) {
        this.clock = clock;
        this.lock = lock;
        this.journal = journal;
        this.forgetting = forgetting;
        this.accepted = accepted;
    }

    /**
     * Opens the inbox in a folder, which is made if it is not there.
     *
     * @param folder the data folder
     * @param kept for how long what was accepted is kept, at least as long as {@link #IDS_KEPT}
     * @param firstUnread the number of the oldest segment that whoever acts upon deliveries still needs; it is kept in any case, and so
     *     are those after it
     * @param clock tells when something is accepted, and how long ago that was
     * @return the inbox
     * @throws InboxInUseException if another process holds it
     * @throws IOException if the folder cannot be used
     * @throws IllegalArgumentException if {@code kept} is too short
     */
    public static FileInbox open(Path folder, Duration kept, LongSupplier firstUnread, Clock clock) throws IOException {
        if (kept.compareTo(IDS_KEPT) < 0) {
            throw new IllegalArgumentException("kept must be at least " + IDS_KEPT + ", was " + kept);
        }
        return open(folder, new Journal.Limits(SEGMENT_BYTES, MOST_WAITING, kept, firstUnread, QUIET), clock);
    }

    static FileInbox open(Path folder, Journal.Limits limits, Clock clock) throws IOException {
        FolderLock lock = FolderLock.take(folder, LOCK)
                .orElseThrow(() -> new InboxInUseException("the inbox in " + folder.toAbsolutePath()
                        + " is in use; another process holds " + folder.resolve(LOCK)));
        try {
            List<Segment> segments = Segment.in(folder);
            Instant now = clock.instant();
            RecentIds accepted = new RecentIds(IDS_KEPT);
            Recovery recovery = new Recovery(now, accepted);
            for (Segment segment : segments) {
                recovery.read(segment);
            }
            long last = segments.isEmpty() ? 0 : segments.getLast().number();
            Redaction.deleteLeftovers(folder);
            Housekeeping housekeeping = new Housekeeping(folder, limits, clock);
            Journal journal = new Journal(folder, last, limits, housekeeping, clock);
            return new FileInbox(clock, lock, journal, new Forgetting(folder, journal, housekeeping), accepted);
        } catch (Throwable e) { // also where memory does not suffice: another process may have more
            lock.close();
            throw e;
        }
    }

    @Override
    public Outcome accept(String id, byte[] body) {
        CompletableFuture<Void> kept;
        Outcome outcome = Outcome.REPEATED;
        Fingerprint fingerprint = Fingerprint.of(id);
        state.lock();
        try {
            if (accepted.contains(fingerprint, clock.instant())) {
                return outcome;
            }
            kept = underWay.get(id);
            if (kept == null) {
                outcome = Outcome.ACCEPTED;
                kept = keep(new InboxEntry(id, clock.instant(), body), fingerprint);
            }
        } finally {
            state.unlock();
        }
        await(kept);
        return outcome;
    }

    // Settled also when nobody waits any more: then the sender comes again, and is told that it is a repetition.
    private CompletableFuture<Void> keep(InboxEntry entry, Fingerprint fingerprint) {
        CompletableFuture<Void> kept = journal.append(entry.encode())
                .whenComplete((done, failure) -> settle(entry, fingerprint, failure == null));
        if (!kept.isDone()) {
            underWay.put(entry.id(), kept);
        }
        return kept;
    }

    private void settle(InboxEntry entry, Fingerprint fingerprint, boolean isKept) {
        state.lock();
        try {
            underWay.remove(entry.id());
            if (isKept) {
                accepted.add(fingerprint, entry.acceptedAt(), clock.instant());
            }
        } finally {
            state.unlock();
        }
    }

    private static void await(CompletableFuture<Void> kept) {
        try {
            kept.get(DISK_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof InboxUnavailableException unavailable
                    ? unavailable
                    : new InboxUnavailableException("the inbox cannot be written", cause);
        } catch (TimeoutException e) {
            throw new InboxUnavailableException("the inbox's disk did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("was interrupted", e);
        }
    }

    /**
     * How many deliveries wait to be written.
     *
     * @return how many
     */
    public int waiting() {
        return journal.waiting();
    }

    /**
     * How large it is on the disk.
     *
     * @return bytes; 0 while the disk does not tell
     */
    public long bytes() {
        return journal.bytes();
    }

    /**
     * How many ids are remembered.
     *
     * @return how many
     */
    public long idsKnown() {
        return ofIds(RecentIds::size);
    }

    /**
     * How much memory the ids take that are remembered.
     *
     * @return bytes
     */
    public long idsBytes() {
        return ofIds(RecentIds::bytes);
    }

    private long ofIds(ToLongFunction<RecentIds> what) {
        state.lock();
        try {
            return what.applyAsLong(accepted);
        } finally {
            state.unlock();
        }
    }

    /**
     * How many requests to take a player out of it are not done yet.
     *
     * @return how many, as of a moment ago
     */
    public int forgetting() {
        return forgetting.open();
    }

    @Override
    public void close() {
        forgetting.close();
        journal.close();
        forgetting.afterwards(this::giveBackLock); // the next holder must not meet it
    }

    private void giveBackLock() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the inbox's lock could not be given back", e);
        }
    }
}
