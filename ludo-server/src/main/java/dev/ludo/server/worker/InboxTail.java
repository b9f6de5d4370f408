package dev.ludo.server.worker;

import dev.ludo.server.webhook.InboxEntry;
import dev.ludo.server.webhook.Segment;
import dev.ludo.server.webhook.SegmentReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the inbox in order from a place on, also while another process writes it. For one thread. */
final class InboxTail implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InboxTail.class.getName());

    /**
     * A delivery.
     *
     * @param place where it stands
     * @param entry the delivery
     */
    record Found(Place place, InboxEntry entry) {}

    private record Open(Segment segment, SegmentReader reader) {}

    private final Path folder;
    private Optional<Open> open = Optional.empty();
    private Place place;

    InboxTail(Path folder, Place from) {
        this.folder = folder;
        this.place = from;
    }

    /** Where the next delivery will stand, as far as that is known. */
    Place place() {
        return place;
    }

    /** The next delivery; empty as long as there is none. */
    Optional<Found> next() throws IOException {
        while (true) {
            if (open.isEmpty() && !openFrom(place.segment())) {
                return Optional.empty();
            }
            Optional<Found> found = read();
            if (found.isPresent()) {
                return found;
            }
            Open current = open.orElseThrow();
            if (!after(current.segment().number()).isPresent()) {
                return Optional.empty();
            }
            // Whatever was written here before the next segment began can be seen by now.
            found = read();
            if (found.isPresent()) {
                return found;
            }
            close();
            openFrom(current.segment().number() + 1);
        }
    }

    private Optional<Found> read() throws IOException {
        Open current = open.orElseThrow();
        while (true) {
            Place at = place;
            Optional<byte[]> record = current.reader().next();
            place = new Place(at.segment(), current.reader().offset());
            if (record.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Found(at, InboxEntry.decode(record.get())));
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "the worker passes over the record at " + at + " of the inbox", e);
            }
        }
    }

    private boolean openFrom(long number) throws IOException {
        Optional<Segment> segment = after(number - 1);
        if (segment.isEmpty()) {
            return false;
        }
        long found = segment.get().number();
        if (found > number && number > 0) {
            LOG.log(
                    Level.WARNING,
                    "the inbox no longer has its segment {0}; the worker goes on with {1}",
                    number,
                    found);
        }
        SegmentReader reader = new SegmentReader(segment.get(), found == place.segment() ? place.offset() : 0);
        place = new Place(found, reader.offset());
        open = Optional.of(new Open(segment.get(), reader));
        return true;
    }

    private Optional<Segment> after(long number) throws IOException {
        return Segment.in(folder).stream()
                .filter(segment -> segment.number() > number)
                .findFirst();
    }

    /** How many bytes stand behind the place, so far as the segments go. */
    long behind() throws IOException {
        long bytes = 0;
        for (Segment segment : Segment.in(folder)) {
            if (segment.number() >= place.segment()) {
                try (SegmentReader reader =
                        new SegmentReader(segment, segment.number() == place.segment() ? place.offset() : 0)) {
                    bytes += reader.rest();
                }
            }
        }
        return bytes;
    }

    /** The delivery that stands at a place; empty if the inbox has deleted it. */
    static Optional<InboxEntry> read(Path folder, Place place) throws IOException {
        Optional<Segment> segment = Segment.in(folder).stream()
                .filter(any -> any.number() == place.segment())
                .findFirst();
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        try (SegmentReader reader = new SegmentReader(segment.get(), place.offset())) {
            return reader.next().map(InboxEntry::decode);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().reader().close();
            open = Optional.empty();
        }
    }
}
