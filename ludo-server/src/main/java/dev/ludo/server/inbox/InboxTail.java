package dev.ludo.server.inbox;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the inbox in order from a place on, also while another process writes it. For one thread.
 *
 * <p>A segment may be deleted, or replaced by a file in which all records stand where they stood, while it is being read. What is
 * deleted or {@linkplain InboxEntry#isForgotten() forgotten} before it was read is passed over.
 */
public final class InboxTail implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InboxTail.class.getName());

    /**
     * A delivery.
     *
     * @param place where it stands
     * @param entry the delivery
     */
    public record Found(Place place, InboxEntry entry) {}

    private record Open(Segment segment, SegmentReader reader) {}

    private final Path folder;
    private Optional<Open> open = Optional.empty();
    private Place place;

    /**
     * Reads nothing yet.
     *
     * @param folder the data folder
     * @param from where a record begins
     */
    public InboxTail(Path folder, Place from) {
        this.folder = folder;
        this.place = from;
    }

    /**
     * Where an inbox ends. Of the newest segment the lengths of its records are read, of the others nothing.
     *
     * @param folder the data folder
     * @return the place of what is accepted next, or of a record that is being written
     * @throws IOException if the folder cannot be read
     */
    public static Place end(Path folder) throws IOException {
        List<Segment> all = Segment.in(folder);
        if (all.isEmpty()) {
            return Place.BEGINNING;
        }
        try (SegmentReader reader = new SegmentReader(all.getLast(), 0)) {
            reader.skipAll();
            return new Place(all.getLast().number(), reader.offset());
        }
    }

    /**
     * How far it has come.
     *
     * @return where the next delivery will stand, as far as that is known
     */
    public Place place() {
        return place;
    }

    /**
     * Reads on.
     *
     * @return the next delivery; empty as long as there is none
     * @throws IOException if the folder cannot be read
     */
    public Optional<Found> next() throws IOException {
        while (true) {
            if (open.isEmpty() && !openFrom(place.segment())) {
                return Optional.empty();
            }
            Optional<Found> found = read();
            if (found.isPresent()) {
                return found;
            }
            Open current = open.orElseThrow();
            if (after(current.segment().number()).isEmpty()) {
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
                InboxEntry entry = InboxEntry.decode(record.get());
                if (!entry.isForgotten()) {
                    return Optional.of(new Found(at, entry));
                }
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "the record at " + at + " of the inbox is passed over", e);
            }
        }
    }

    private boolean openFrom(long number) throws IOException {
        for (Optional<Segment> segment = after(number - 1); segment.isPresent(); segment = after(number - 1)) {
            if (open(segment.get(), number)) {
                return true;
            }
        }
        return false;
    }

    private boolean open(Segment segment, long wanted) throws IOException {
        SegmentReader reader;
        try {
            reader = new SegmentReader(segment, segment.number() == place.segment() ? place.offset() : 0);
        } catch (NoSuchFileException e) {
            return false; // deleted since it was listed
        }
        if (segment.number() > wanted && wanted > 0) {
            LOG.log(
                    Level.WARNING,
                    "the inbox no longer has its segment {0}; it is read on from {1}",
                    wanted,
                    segment.number());
        }
        place = new Place(segment.number(), reader.offset());
        open = Optional.of(new Open(segment, reader));
        return true;
    }

    private Optional<Segment> after(long number) throws IOException {
        return Segment.in(folder).stream()
                .filter(segment -> segment.number() > number)
                .findFirst();
    }

    /**
     * How far it is behind.
     *
     * @return how many bytes stand behind its place, so far as the segments go
     * @throws IOException if the folder cannot be read
     */
    public long behind() throws IOException {
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

    /**
     * Reads one delivery.
     *
     * @param folder the data folder
     * @param place where it stands
     * @return the delivery; empty if the inbox has deleted it
     * @throws IOException if the folder cannot be read
     */
    public static Optional<InboxEntry> read(Path folder, Place place) throws IOException {
        try (SegmentReader reader = new SegmentReader(Segment.of(folder, place.segment()), place.offset())) {
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
