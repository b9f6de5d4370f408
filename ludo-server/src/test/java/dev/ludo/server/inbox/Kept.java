package dev.ludo.server.inbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an inbox has kept. */
public final class Kept {
    private Kept() {}

    /** All that a folder's segments hold, in order. */
    public static List<InboxEntry> in(Path folder) throws IOException {
        List<InboxEntry> found = new ArrayList<>();
        for (Segment segment : Segment.in(folder)) {
            try (SegmentReader reader = new SegmentReader(segment, 0)) {
                for (var record = reader.next(); record.isPresent(); record = reader.next()) {
                    found.add(InboxEntry.decode(record.get()));
                }
            }
        }
        return found;
    }
}
