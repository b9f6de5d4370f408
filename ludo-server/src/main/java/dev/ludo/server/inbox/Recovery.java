package dev.ludo.server.inbox;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** Finds what the segments of an earlier process hold, and names what cannot be read. */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());

    private final Instant now;
    private final RecentIds known;

    /**
     * Nothing yet.
     *
     * @param now the time
     * @param known takes the ids
     */
    Recovery(Instant now, RecentIds known) {
        this.now = now;
        this.known = known;
    }

    void read(Segment segment) throws IOException {
        if (Files.getLastModifiedTime(segment.file()).toInstant().isBefore(known.since(now))) {
            return;
        }
        sync(segment);
        try (SegmentReader reader = new SegmentReader(segment, 0)) {
            for (Optional<byte[]> record = reader.next(); record.isPresent(); record = reader.next()) {
                remember(segment, record.get());
            }
            if (reader.rest() > 0) {
                LOG.log(
                        Level.WARNING,
                        "the inbox drops {0} bytes of {1} from {2} on, which are no whole record: they were never accepted"
                                + " unless the disk has lost something",
                        reader.rest(),
                        segment.file(),
                        reader.offset());
            }
        }
    }

    // What a killed process has written but not synced would be called accepted from now on.
    private static void sync(Segment segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    private void remember(Segment segment, byte[] record) {
        InboxEntry entry;
        try {
            entry = InboxEntry.decode(record);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the inbox passes over a record of " + segment.file(), e);
            return;
        }
        known.add(Fingerprint.of(entry.id()), entry.acceptedAt(), now);
    }
}
