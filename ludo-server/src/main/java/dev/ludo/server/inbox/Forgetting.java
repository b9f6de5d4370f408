package dev.ludo.server.inbox;

import dev.ludo.server.files.SyncedFile;
import dev.ludo.server.throttle.GrowingPause;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes players out of the inbox who are to be forgotten: of each segment once it is closed and everything in it was acted upon.
 * A thread of its own does it, so that nothing that comes waits for it. Thread-safe.
 *
 * <p>Nothing but the request survives the process: the next one goes through all segments again, and finds most of them done.
 */
final class Forgetting implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Forgetting.class.getName());

    static final GrowingPause PAUSE = new GrowingPause(Duration.ofMillis(200), Duration.ofMinutes(1));

    // A disk that takes so long is as good as failing.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Journal journal;
    private final Housekeeping housekeeping;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Map<Path, Long> doneTo = new HashMap<>();
    private final Set<Path> told = new HashSet<>();
    private final Thread thread;
    private volatile int open;
    private int failed;

    /**
     * Looks for requests from now on.
     *
     * @param folder the data folder
     * @param journal writes the segments
     * @param housekeeping replaces them
     */
    Forgetting(Path folder, Journal journal, Housekeeping housekeeping) {
        this.folder = folder;
        this.journal = journal;
        this.housekeeping = housekeeping;
        this.thread = Thread.ofPlatform().name("ludo-inbox-forgetting").daemon().start(this::run);
    }

    /** How many requests are not done yet. */
    int open() {
        return open;
    }

    /** Does something once nothing is touched any more, which may be after {@link #close} where a disk hangs. */
    void afterwards(Runnable what) {
        var unused = ended.thenRun(what); // which tells of its failures itself
    }

    private void run() {
        try {
            do {
                try {
                    look();
                    failed = 0;
                } catch (Throwable e) { // also an Error: nobody else would look again
                    if (failed == 0) { // once, and not at each look
                        LOG.log(Level.ERROR, "the inbox cannot forget a player in " + folder + " yet", e);
                    }
                    failed++;
                }
            } while (!end.await(PAUSE.after(failed).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does but the end of the process
        } finally {
            ended.complete(null);
        }
    }

    private void look() throws IOException {
        ForgetRequest.Found found = ForgetRequest.in(folder);
        tell(found.strays());
        List<ForgetRequest> requests = found.requests();
        open = requests.size() + found.strays().size();
        if (requests.isEmpty()) {
            return;
        }
        List<Segment> segments = Segment.in(folder);
        long newest = segments.isEmpty() ? 0 : segments.getLast().number();
        long upTo = requests.stream()
                .mapToLong(request -> request.upTo().segment())
                .max()
                .orElse(0);
        if (newest <= upTo) {
            journal.closeUpTo(upTo);
        }
        long firstUnread = Math.min(newest, housekeeping.firstUnread());
        for (Segment segment : segments) {
            if (segment.number() >= firstUnread || end.getCount() == 0) {
                break;
            }
            forget(
                    segment,
                    requests.stream().filter(request -> isDue(request, segment)).toList());
        }
        List<ForgetRequest> done = requests.stream()
                .filter(request -> segments.stream().noneMatch(segment -> isDue(request, segment)))
                .toList();
        if (!done.isEmpty()) {
            SyncedFile.syncFolder(folder); // a crash must not bring back what was replaced, with nobody left who asks
        }
        for (ForgetRequest request : done) {
            Files.delete(request.file());
            doneTo.remove(request.file());
            LOG.log(Level.INFO, "a player who is to be forgotten was taken out of the inbox in {0}", folder);
        }
        open = requests.size() - done.size() + found.strays().size();
    }

    // Once, and not at each look.
    private void tell(Map<Path, Exception> strays) {
        told.retainAll(strays.keySet());
        strays.forEach((file, why) -> {
            if (told.add(file)) {
                LOG.log(Level.ERROR, file + " cannot be read as a request to forget a player, and is passed over", why);
            }
        });
    }

    private boolean isDue(ForgetRequest request, Segment segment) {
        return segment.number() <= request.upTo().segment()
                && segment.number() > doneTo.getOrDefault(request.file(), 0L);
    }

    private void forget(Segment segment, List<ForgetRequest> requests) throws IOException {
        if (requests.isEmpty()) {
            return;
        }
        try {
            var copy = new Redaction(segment, requests).copy();
            if (copy.isPresent()) {
                housekeeping.replace(segment, copy.get());
            }
        } catch (NoSuchFileException e) {
            if (Segment.in(folder).contains(segment)) {
                throw e; // the folder was away for a moment
            }
            LOG.log(Level.DEBUG, "{0} was deleted meanwhile", segment.file());
        }
        requests.forEach(request -> doneTo.put(request.file(), segment.number()));
    }

    @Override
    public void close() {
        end.countDown();
        try {
            if (!thread.join(PATIENCE)) {
                LOG.log(Level.WARNING, "the disk of {0} did not answer in time when the inbox was closed", folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
