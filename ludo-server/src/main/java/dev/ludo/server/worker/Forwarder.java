package dev.ludo.server.worker;

import dev.ludo.server.inbox.FileInbox;
import dev.ludo.server.inbox.Fingerprint;
import dev.ludo.server.inbox.InboxEntry;
import dev.ludo.server.inbox.InboxReader;
import dev.ludo.server.inbox.InboxTail;
import dev.ludo.server.inbox.InboxTail.Found;
import dev.ludo.server.inbox.Place;
import dev.ludo.server.inbox.RecentIds;
import dev.ludo.server.worker.Attempts.End;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes the inbox on to one target, in order per room: each room has a lane, in which a delivery is tried until it is taken or
 * given up, and then the next one is. So neither a room nor a target holds up another. Thread-safe.
 */
final class Forwarder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());

    // Deliveries of one target that are open; past it the rest waits in the inbox.
    private static final int MOST_OPEN = 20_000;

    // Bytes of theirs that are held.
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private static final int COMMIT_AFTER = 256;
    private static final Duration DISK_AGAIN = Duration.ofSeconds(1);

    /** What is written down where a delivery ends. */
    private interface Note {
        void write() throws IOException;
    }

    /** Where a delivery comes that was given up. */
    private interface Grave {
        void take(DeadLetter dead) throws IOException;
    }

    private final ForwardTarget target;
    private final Path folder;
    private final Ledger ledger;
    private final DeadLetters deadLetters;
    private final Attempts attempts;
    private final Pace pace;
    private final Lanes lanes;
    private final InboxReader reader;
    private final AtomicLong bytes = new AtomicLong();
    private final RecentIds seen = new RecentIds(FileInbox.IDS_KEPT);
    private volatile long behind;

    Forwarder(ForwardTarget target, Path folder, Ledger ledger, DeadLetters deadLetters, Attempts attempts, Pace pace) {
        this.target = target;
        this.folder = folder;
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.attempts = attempts;
        this.pace = pace;
        this.lanes = new Lanes("ludo-forward-" + target.name());
        this.reader = new InboxReader(folder, ledger::readTo, "forward to " + target.name(), Pace.POLL, this::readOn);
    }

    String name() {
        return target.name();
    }

    /** How it goes. */
    TargetState state() {
        return new TargetState(name(), ledger.size(), behind, ledger.oldest(), attempts.counts());
    }

    /** The first segment of the inbox of which something is not passed on yet. */
    long firstSegment() {
        return ledger.firstSegment();
    }

    /** Why it cannot go on now; empty if it can. */
    String trouble() {
        return reader.trouble();
    }

    /** Begins with what an earlier process has left open, and then goes on where it stopped reading. */
    void start() throws IOException {
        for (Ledger.Open open : ledger.open()) {
            if (deadLetters.has(name(), open.id(), open.acceptedAt())) {
                ledger.finished(open.place()); // given up, and killed before that was noted here
                continue;
            }
            Optional<InboxEntry> entry = InboxTail.read(folder, open.place());
            if (entry.isPresent() && entry.get().isForgotten()) {
                // A ledger of before was put back, or a worker without this target did not wait for it.
                LOG.log(
                        Level.WARNING,
                        "{0} named a player who is forgotten; whether {1} has had it is not known",
                        open.id(),
                        name());
                ledger.finished(open.place());
            } else if (entry.isPresent()) {
                forward(open.place(), Letter.of(entry.get()), open.failures());
            } else {
                deadLetters.add(
                        new DeadLetter(
                                open.id(),
                                name(),
                                "",
                                open.acceptedAt(),
                                pace.clock().instant(),
                                open.failures().attempts(),
                                "the inbox had deleted it before it was taken",
                                ""),
                        open.place());
                ledger.finished(open.place());
            }
        }
        for (DeadLetter letter : deadLetters.underWay(name())) {
            again(letter);
        }
        reader.start();
    }

    private void readOn(InboxTail tail) throws IOException {
        boolean more = true;
        while (more && !reader.isEnding()) {
            more = false;
            for (int i = 0; i < COMMIT_AFTER && hasRoom(); i++) {
                Optional<Found> found = tail.next();
                if (found.isEmpty()) {
                    break;
                }
                more = true;
                InboxEntry entry = found.get().entry();
                if (isRepeated(entry)) {
                    ledger.movedTo(tail.place());
                    continue;
                }
                ledger.begun(found.get().place(), entry, tail.place());
                forward(found.get().place(), Letter.of(entry), Failures.NONE);
            }
            if (!more) {
                ledger.movedTo(tail.place());
            }
            behind = tail.behind();
            ledger.commit();
        }
    }

    // What the inbox refused may stand there nevertheless, where the disk failed in between; then its sender has come
    // again.
    private boolean isRepeated(InboxEntry entry) {
        Fingerprint fingerprint = Fingerprint.of(entry.id());
        boolean repeated = seen.contains(fingerprint, entry.acceptedAt());
        if (!repeated) {
            seen.add(fingerprint, entry.acceptedAt(), entry.acceptedAt());
        }
        return repeated;
    }

    private boolean hasRoom() {
        return ledger.size() < MOST_OPEN && bytes.get() < MOST_BYTES;
    }

    private void forward(Place place, Letter letter, Failures before) {
        bytes.addAndGet(letter.body().length);
        lanes.add(letter.room(), () -> {
            try {
                End ended = attempts.deliver(letter, before, failures -> ledger.failed(place, failures));
                if (ended instanceof End.GivenUp givenUp) {
                    bury(letter, givenUp, dead -> deadLetters.add(dead, place));
                }
                ledger.finished(place);
            } finally {
                bytes.addAndGet(-letter.body().length);
            }
        });
    }

    /** Tries a dead letter again, behind what waits for its room. */
    void again(DeadLetter dead) {
        Letter letter = Letter.of(dead);
        lanes.add(letter.room(), () -> {
            switch (attempts.deliver(letter, Failures.NONE, failures -> {})) {
                case End.Taken taken -> insist(() -> deadLetters.taken(name(), letter.id()));
                case End.GivenUp givenUp -> bury(letter, givenUp, deadLetters::addAgain);
            }
        });
    }

    private void bury(Letter letter, End.GivenUp ended, Grave grave) throws InterruptedException {
        LOG.log(
                Level.WARNING,
                "{0} is given up for {1} after {2} attempts: {3}",
                letter.id(),
                name(),
                ended.attempts(),
                ended.reason());
        DeadLetter dead = DeadLetter.of(letter, name(), pace.clock().instant(), ended);
        insist(() -> grave.take(dead));
    }

    // What has ended must be written down before the lane goes on, however long the disk takes.
    private void insist(Note note) throws InterruptedException {
        while (true) {
            try {
                note.write();
                return;
            } catch (IOException e) {
                LOG.log(Level.ERROR, "the worker cannot write to " + folder, e);
                pace.sleeper().sleep(DISK_AGAIN);
            }
        }
    }

    /** Breaks off what is under way, which the next process does again. */
    @Override
    public void close() throws IOException {
        reader.close();
        lanes.close();
        ledger.close();
    }
}
