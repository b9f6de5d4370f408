package dev.ludo.server.inbox;

import dev.ludo.server.files.SyncedFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Appends records to segments and syncs them: one thread writes all that wait in one go, and syncs once for them (group
 * commit). Thread-safe.
 *
 * <p>When a write or a sync fails, or memory runs out, the records of that go are refused, and the segment is left as it is: what its disk then
 * holds of it is anybody's guess. The next go begins a new segment.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Journal.class.getName());

    /**
     * How much there may be.
     *
     * @param segmentBytes how large a segment is when the next one begins
     * @param waiting how many records may wait to be written
     * @param kept how long ago a segment was last written when it is deleted
     * @param firstUnread the number of the oldest segment that is not deleted however old it is
     * @param quiet for how long nothing has come when it is looked for what is old
     */
    record Limits(long segmentBytes, int waiting, Duration kept, LongSupplier firstUnread, Duration quiet) {}

    // So that what is old is not kept for what is new beside it.
    private static final Duration SEGMENT_AGE = Duration.ofDays(1);

    // A disk that takes so long is as good as failing.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_TOGETHER = 1_024;
    private static final int BUFFER = 1024 * 1024;

    private static final class Waiting {
        private final byte[] record;
        private final CompletableFuture<Void> kept = new CompletableFuture<>();

        private Waiting(byte[] record) {
            this.record = record;
        }
    }

    // What ends the writer.
    private static final Waiting END = new Waiting(new byte[0]);

    // What has the writer see whether the next segment is to begin.
    private static final Waiting NEXT = new Waiting(new byte[0]);

    private final Path folder;
    private final Limits limits;
    private final Housekeeping housekeeping;
    private final Clock clock;
    private final BlockingQueue<Waiting> queue;
    private final Deque<Waiting> together = new ArrayDeque<>(MOST_TOGETHER); // so that to take one needs no memory
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Thread writer;
    private long number;
    private Optional<FileChannel> out = Optional.empty();
    private Instant begun = Instant.MIN;
    private boolean failing;
    private boolean ended;
    private volatile boolean closed;
    private volatile long closedUpTo;

    /**
     * A journal that goes on after the segments that are there.
     *
     * @param folder where its segments are
     * @param lastNumber the number of the newest segment, 0 if there is none
     * @param limits how much there may be
     * @param housekeeping deletes what is old
     * @param clock tells how old a segment is
     */
    Journal(Path folder, long lastNumber, Limits limits, Housekeeping housekeeping, Clock clock) {
        this.folder = folder;
        this.number = lastNumber;
        this.limits = limits;
        this.housekeeping = housekeeping;
        this.clock = clock;
        this.queue = new ArrayBlockingQueue<>(limits.waiting());
        this.writer = Thread.ofPlatform().name("ludo-inbox").daemon().start(this::write);
    }

    /** How many records wait to be written. */
    int waiting() {
        return (int) queue.stream().filter(any -> any != NEXT && any != END).count();
    }

    /** How large the segments are together, in bytes; 0 while that cannot be told. */
    long bytes() {
        try {
            long all = 0;
            for (Segment segment : Segment.in(folder)) {
                all += Files.size(segment.file());
            }
            return all;
        } catch (IOException e) {
            return 0; // one was deleted meanwhile, or the disk fails, which those who write are told
        }
    }

    /**
     * Appends a record.
     *
     * @return completes once the record would survive a crash, or exceptionally if that cannot be promised
     * @throws InboxUnavailableException if too many wait already, or the journal is closed
     */
    CompletableFuture<Void> append(byte[] record) {
        Waiting waiting = new Waiting(record);
        if (closed || !queue.offer(waiting)) {
            throw new InboxUnavailableException(closed ? "the inbox is closed" : "the inbox is full");
        }
        if (closed && queue.remove(waiting)) {
            throw new InboxUnavailableException("the inbox is closed");
        }
        return waiting.kept;
    }

    /** Begins the next segment soon, if the newest has no higher number: so all up to that number come to be closed. */
    void closeUpTo(long segment) {
        closedUpTo = segment;
        queue.offer(NEXT); // where there is no place, something else has it see
    }

    private void write() {
        Optional<Throwable> failure = Optional.empty();
        while (!ended || !together.isEmpty()) {
            try {
                if (failure.isPresent()) {
                    refuse(failure.get());
                }
                failure = Optional.empty();
                go();
            } catch (InterruptedException e) {
                return; // nobody interrupts this thread but the end of the process
            } catch (Throwable e) { // whatever it is, such as that memory runs out: nobody else can write
                failure = Optional.of(e);
            }
        }
        letGo();
    }

    private void go() throws IOException, InterruptedException {
        if (ended) {
            return;
        }
        Waiting first = queue.poll(limits.quiet.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            tidy();
            return;
        }
        together.add(first);
        queue.drainTo(together, MOST_TOGETHER - 1);
        ended = together.remove(END);
        commit();
        while (!together.isEmpty()) {
            together.removeFirst().kept.complete(null);
        }
        tell(Optional.empty());
    }

    private void refuse(Throwable why) {
        letGo();
        while (!together.isEmpty()) {
            together.removeFirst().kept.completeExceptionally(why);
        }
        tell(Optional.of(why));
    }

    // Once, and not for each delivery: they come again all the time.
    private void tell(Optional<Throwable> failure) {
        boolean before = failing;
        failing = failure.isPresent(); // first: what is told may fail too
        if (failing && !before) {
            LOG.log(Level.ERROR, "webhooks cannot be kept in " + folder, failure.get());
        } else if (before && !failing) {
            LOG.log(Level.INFO, "webhooks are kept in {0} again", folder);
        }
    }

    private void commit() throws IOException {
        if (together.isEmpty()) {
            return;
        }
        FileChannel file = segment();
        together.removeIf(waiting -> waiting == NEXT);
        if (together.isEmpty()) {
            return;
        }
        buffer.clear();
        for (Waiting waiting : together) {
            if (buffer.remaining() < Segment.RECORD_HEADER + waiting.record.length) {
                SyncedFile.writeWhole(file, buffer.flip());
                buffer.clear();
            }
            Segment.frame(waiting.record, buffer);
        }
        SyncedFile.writeWhole(file, buffer.flip());
        file.force(false);
    }

    private FileChannel segment() throws IOException {
        Instant now = clock.instant();
        if (out.isPresent()
                && (out.get().position() >= limits.segmentBytes
                        || now.isAfter(begun.plus(SEGMENT_AGE))
                        || number <= closedUpTo)) {
            letGo();
        }
        if (out.isEmpty()) {
            number++; // also where that fails: the file may be there
            try {
                out = Optional.of(Segment.of(folder, number).create());
                begun = now;
            } finally {
                housekeeping.deleteOld(); // which may be what a full disk waits for
            }
        }
        return out.get();
    }

    // The newest segment stays, so that numbers go on: it has to be followed by another first.
    private void tidy() {
        try {
            if (clock.instant().isAfter(begun.plus(limits.kept))
                    && !Segment.in(folder).isEmpty()) {
                segment();
            } else {
                housekeeping.deleteOld();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the inbox could not begin a segment in " + folder, e); // the next time
        }
    }

    private void letGo() {
        out.ifPresent(file -> {
            try {
                file.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the inbox's segment " + number + " could not be closed", e);
            }
        });
        out = Optional.empty();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = false;
        try {
            if (!queue.offer(END, PATIENCE.toNanos(), TimeUnit.NANOSECONDS) || !writer.join(PATIENCE)) {
                LOG.log(Level.WARNING, "the disk of {0} did not answer in time when the inbox was closed", folder);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
            late.kept.completeExceptionally(new InboxUnavailableException("the inbox is closed"));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
