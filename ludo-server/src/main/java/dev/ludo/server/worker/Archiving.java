package dev.ludo.server.worker;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.webhook.WebhookEvent.GameEnded;
import dev.ludo.server.inbox.InboxEntry;
import dev.ludo.server.inbox.InboxReader;
import dev.ludo.server.inbox.InboxTail;
import dev.ludo.server.inbox.InboxTail.Found;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Reads the inbox for the archive, and obeys requests once all that was accepted before them is archived. One thread does it. */
final class Archiving implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Archiving.class.getName());

    private static final int TOGETHER = 256;

    private final Ledger ledger;
    private final Archiver archiver;
    private final Requests requests;
    private final Clock clock;
    private final LongSupplier firstUnread;
    private final Optional<Unread> unread;
    private final List<FinishedGame> waiting = new ArrayList<>();
    private final InboxReader reader;
    private List<Path> asked = List.of();
    private Optional<LocalDate> deletedOn = Optional.empty();

    /**
     * Reads nothing yet.
     *
     * @param firstUnread the first segment of the inbox that others need
     * @param unread is told the first that is needed at all; nobody is where it is empty
     */
    Archiving(
            Path folder,
            Ledger ledger,
            Archiver archiver,
            Requests requests,
            LongSupplier firstUnread,
            Optional<Unread> unread,
            Clock clock) {
        this.ledger = ledger;
        this.archiver = archiver;
        this.requests = requests;
        this.firstUnread = firstUnread;
        this.unread = unread;
        this.clock = clock;
        this.reader = new InboxReader(folder, ledger::readTo, "archive", Pace.POLL, this::look);
    }

    void start() {
        reader.start();
    }

    private void look(InboxTail tail) throws IOException {
        readAll(tail);
        deleteOld();
        if (unread.isPresent()) {
            unread.get().write(Math.min(ledger.firstSegment(), firstUnread.getAsLong()));
        }
        if (!reader.isEnding()) { // then not all may be archived
            requests.obey(asked);
            asked = requests.open(); // obeyed by the next look, when all that was accepted before them is archived
        }
    }

    /** Why it cannot go on now; empty if it can. */
    String trouble() {
        return reader.trouble().isEmpty() ? requests.trouble() : reader.trouble();
    }

    /** Archives until there is nothing more. */
    void readAll(InboxTail tail) throws IOException {
        boolean more = true;
        while (more && !reader.isEnding()) {
            more = false;
            for (int i = 0; i < TOGETHER; i++) {
                Optional<Found> found = waiting.size() < TOGETHER ? tail.next() : Optional.empty();
                if (found.isEmpty()) {
                    break;
                }
                more = true;
                game(found.get().entry()).ifPresent(waiting::add);
            }
            archiver.add(waiting); // where that fails they go on waiting
            waiting.clear();
            ledger.movedTo(tail.place());
            ledger.commit();
        }
    }

    private static Optional<FinishedGame> game(InboxEntry entry) {
        try {
            return WebhookCodec.read(entry.body()) instanceof GameEnded ended
                    ? Optional.of(FinishedGame.of(ended))
                    : Optional.empty();
        } catch (MalformedJsonException e) {
            LOG.log(Level.WARNING, "the event {0} cannot be read: {1}", entry.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private void deleteOld() throws IOException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!deletedOn.equals(Optional.of(today))) {
            archiver.deleteOld();
            deletedOn = Optional.of(today);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        ledger.close();
        archiver.close();
    }
}
