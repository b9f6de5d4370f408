package dev.ludo.server.worker;

import dev.ludo.server.inbox.FileInbox;
import dev.ludo.server.inbox.Fingerprint;
import dev.ludo.server.inbox.InboxEntry;
import dev.ludo.server.inbox.InboxReader;
import dev.ludo.server.inbox.InboxTail;
import dev.ludo.server.inbox.InboxTail.Found;
import dev.ludo.server.inbox.Place;
import dev.ludo.server.inbox.RecentIds;
import dev.ludo.server.throttle.Seldom;
import dev.ludo.server.worker.Attempts.End;
import dev.ludo.server.worker.Attempts.GivenUp;
import dev.ludo.server.worker.Attempts.Taken;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Passes the inbox on to one target, in order per room: each room has a lane, in which a delivery is tried until it is taken or
 * given up, and then the next one is. So neither a room nor a target holds up another. Thread-safe.
 */
final class Forwarder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Forwarder.class.getName());

    // Deliveries of one target that are open; past it, or past its share of the memory, the rest waits in the inbox.
    private static final int MOST_OPEN = 20_000;

    // Attempts of one target that are under way.
    private static final int AT_ONCE = 32;

    private static final int COMMIT_AFTER = 256;

    private enum Hitch {
        DISK,
        FULL
    }

    private final ForwardTarget target;
    private final Path folder;
    private final Ledger ledger;
    private final DeadLetters deadLetters;
    private final Attempts attempts;
    private final Share share;
    private final Pace pace;
    private final Lanes lanes;
    private final InboxReader reader;
    private final RecentIds seen = new RecentIds(FileInbox.IDS_KEPT);
    private final Seldom<Hitch> hitches;
    private volatile long behind;
    private volatile boolean pauses;

    Forwarder(
            ForwardTarget target,
            Path folder,
            Ledger ledger,
            DeadLetters deadLetters,
            Poster poster,
            Share share,
            Pace pace) {
        this.target = target;
        this.folder = folder;
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.attempts = new Attempts(target, poster, pace, ledger::size);
        this.share = share;
        this.pace = pace;
        this.hitches = pace.seldom();
        this.lanes = new Lanes("ludo-forward-" + target.name(), AT_ONCE, pace);
        this.reader = new InboxReader(folder, ledger::readTo, "forward to " + target.name(), Pace.POLL, this::readOn);
    }

    String name() {
        return target.name();
    }

    /** How it goes. */
    TargetState state() {
        return new TargetState(name(), ledger.size(), behind, pauses, ledger.oldest(), attempts.counts());
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
            if (entry.isPresent()) {
                forward(open, EventRoom.of(entry.get().body()), entry.get().body().length);
            } else {
                buryDeleted(open, open.failures());
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
                take(found.get(), tail.place());
            }
            if (!more) {
                ledger.movedTo(tail.place());
            }
            behind = tail.behind();
            ledger.commit();
            tellWhetherItPauses();
        }
    }

    // What the inbox refused may stand there nevertheless, where the disk failed in between; then its sender has come
    // again. What breaks off here is read again, and must not be taken for such a repetition then.
    private void take(Found found, Place next) {
        InboxEntry entry = found.entry();
        Fingerprint fingerprint = Fingerprint.of(entry.id());
        if (seen.contains(fingerprint, entry.acceptedAt())) {
            ledger.movedTo(next);
            return;
        }
        Ledger.Open open = new Ledger.Open(found.place(), entry.id(), entry.acceptedAt(), Failures.NONE);
        String room = EventRoom.of(entry.body());
        ledger.begun(found.place(), entry, next);
        forward(open, room, entry.body().length);
        seen.add(fingerprint, entry.acceptedAt(), entry.acceptedAt());
    }

    private boolean hasRoom() {
        return ledger.size() < MOST_OPEN && !share.isUsedUp();
    }

    private void tellWhetherItPauses() {
        pauses = !hasRoom();
        if (pauses && hitches.mayTell(Hitch.FULL)) {
            LOG.log(
                    Level.WARNING,
                    "{0} events wait for {1}, and no more are read for it until it takes some; they stay in the inbox",
                    ledger.size(),
                    name());
        }
    }

    private void forward(Ledger.Open open, String room, int bytes) {
        int note = Share.note(open.id(), room);
        share.opened(note);
        lanes.add(room, new FromInbox(open, note, bytes));
    }

    /** Tries a dead letter again, behind what waits for its room. */
    void again(DeadLetter dead) {
        lanes.add(dead.room(), new Replay(dead.id(), dead.body().length()));
    }

    /** An event that stands in the inbox. */
    private final class FromInbox extends Delivery {
        private final Ledger.Open open;
        private final int note;

        private FromInbox(Ledger.Open open, int note, int bytes) {
            super(attempts, share, bytes, open.failures());
            this.open = open;
            this.note = note;
        }

        @Override
        Optional<Letter> read() throws IOException {
            Optional<InboxEntry> entry = InboxTail.read(folder, open.place());
            if (entry.isPresent() && !entry.get().isForgotten()) {
                return entry.map(Letter::of);
            }
            if (entry.isPresent()) {
                // A ledger of before was put back, or a worker without this target did not wait for it.
                LOG.log(
                        Level.WARNING,
                        "{0} named a player who is forgotten; whether {1} has had it is not known",
                        open.id(),
                        name());
                ledger.finished(open.place());
            } else {
                buryDeleted(open, failures());
            }
            share.closed(note);
            return Optional.empty();
        }

        @Override
        void failed() {
            ledger.failed(open.place(), failures());
        }

        @Override
        void ended(Letter letter, End end) throws IOException {
            if (end instanceof GivenUp givenUp) {
                deadLetters.add(dead(letter, givenUp), open.place());
            }
            ledger.finished(open.place());
            share.closed(note);
        }

        @Override
        void stuck(IOException why) {
            tellOfDisk(why);
        }
    }

    /** A dead letter that is tried again. */
    private final class Replay extends Delivery {
        private final String id;

        private Replay(String id, int bytes) {
            super(attempts, share, bytes, Failures.NONE);
            this.id = id;
        }

        @Override
        Optional<Letter> read() throws IOException {
            return deadLetters.find(name(), id).map(Letter::of);
        }

        @Override
        void failed() {} // its day begins anew where the worker does

        @Override
        void ended(Letter letter, End end) throws IOException {
            switch (end) {
                case Taken taken -> deadLetters.taken(name(), id);
                case GivenUp givenUp -> deadLetters.addAgain(dead(letter, givenUp));
            }
        }

        @Override
        void stuck(IOException why) {
            tellOfDisk(why);
        }
    }

    private void buryDeleted(Ledger.Open open, Failures failures) throws IOException {
        Instant now = pace.clock().instant();
        deadLetters.add(DeadLetter.deleted(open.id(), name(), open.acceptedAt(), now, failures), open.place());
        ledger.finished(open.place());
    }

    private DeadLetter dead(Letter letter, GivenUp end) {
        LOG.log(
                Level.WARNING,
                "{0} is given up for {1} after {2} attempts: {3}",
                letter.id(),
                name(),
                end.attempts(),
                end.reason());
        return DeadLetter.of(letter, name(), pace.clock().instant(), end);
    }

    private void tellOfDisk(IOException why) {
        if (hitches.mayTell(Hitch.DISK)) {
            LOG.log(Level.ERROR, "what is for " + name() + " waits for the disk of " + folder, why);
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
