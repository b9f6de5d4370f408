package dev.ludo.server.inbox;

import dev.ludo.server.files.SyncedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * Takes players out of one closed segment, by a copy that takes its place. The copy is as long and as old, and each record stands
 * where it stood; one that names a player is {@linkplain InboxEntry#isForgotten() forgotten}. An end that is no whole record stays
 * as it is, unless a player's id is in it: then zeros stand there. For one thread.
 */
final class Redaction {
    private static final String SUFFIX = ".forgetting";

    private static final int PIECE = 1024 * 1024;

    // More than an id takes, so that one that lies across the border of two pieces is whole in one of them.
    private static final int OVERLAP = 1024;

    private final Segment segment;
    private final List<ForgetRequest> requests;

    /**
     * Does nothing yet.
     *
     * @param segment what to take players out of
     * @param requests which players
     */
    Redaction(Segment segment, List<ForgetRequest> requests) {
        this.segment = segment;
        this.requests = requests;
    }

    /** Deletes copies that were not finished. */
    static void deleteLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private interface Visitor {
        void record(long at, byte[] record) throws IOException;
    }

    // Returns where the whole records end.
    private long visit(Visitor visitor) throws IOException {
        try (SegmentReader reader = new SegmentReader(segment, 0)) {
            long at = reader.offset();
            for (Optional<byte[]> record = reader.next(); record.isPresent(); record = reader.next()) {
                if (isNamed(at, record.get())) {
                    visitor.record(at, record.get());
                }
                at = reader.offset();
            }
            return at;
        }
    }

    private boolean isNamed(long at, byte[] record) {
        Place place = new Place(segment.number(), at);
        try {
            byte[] body = InboxEntry.decode(record).body();
            return requests.stream().anyMatch(request -> request.isMeant(place, body));
        } catch (IllegalArgumentException e) {
            return false; // nobody reads it either
        }
    }

    /** Makes the copy, and syncs it; empty if nothing in the segment names a player. */
    Optional<Path> copy() throws IOException {
        int[] named = {0};
        long end = visit((at, record) -> named[0]++);
        boolean isEndNamed = isEndNamed(end);
        if (named[0] == 0 && !isEndNamed) {
            return Optional.empty();
        }
        keepRoom();
        Path copy = segment.file().resolveSibling(segment.file().getFileName() + SUFFIX);
        try {
            Files.copy(segment.file(), copy, StandardCopyOption.REPLACE_EXISTING);
            write(copy, isEndNamed ? end : Long.MAX_VALUE);
            return Optional.of(copy);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy); // a disk may be full
            throw e;
        }
    }

    private void write(Path copy, long zerosFrom) throws IOException {
        FileTime written = Files.getLastModifiedTime(segment.file());
        try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            ByteBuffer frame = ByteBuffer.allocate(Segment.RECORD_HEADER + Segment.MAX_RECORD);
            visit((at, record) -> {
                Segment.frame(InboxEntry.forgotten(record), frame.clear());
                SyncedFile.writeWhole(out.position(at), frame.flip());
            });
            for (long at = zerosFrom; at < out.size(); at += PIECE) {
                int zeros = (int) Math.min(PIECE, out.size() - at);
                SyncedFile.writeWhole(out.position(at), ByteBuffer.allocate(zeros));
            }
            Files.setLastModifiedTime(copy, written); // by which it is known how old it is
            out.force(true);
        }
    }

    private boolean isEndNamed(long end) throws IOException {
        try (FileChannel in = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
            for (long at = end; at < in.size(); at += PIECE - OVERLAP) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, in.size() - at));
                while (piece.hasRemaining() && in.read(piece, at + piece.position()) >= 0) {
                    // reads on
                }
                if (requests.stream().anyMatch(request -> request.isIn(piece.array()))) {
                    return true;
                }
            }
            return false;
        }
    }

    // What comes needs the last of it more.
    private void keepRoom() throws IOException {
        FileStore disk = Files.getFileStore(segment.file());
        long bytes = Files.size(segment.file());
        if (disk.getUsableSpace() / 2 < bytes) {
            throw new IOException("less than twice the " + bytes + " bytes of " + segment.file() + " are free");
        }
    }
}
