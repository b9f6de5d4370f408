package dev.ludo.server.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads one segment from its beginning or from a place in it, also while it is being written. For one thread. */
public final class SegmentReader implements AutoCloseable {
    private final FileChannel in;
    private long offset;

    /**
     * Opens a segment.
     *
     * @param segment which
     * @param offset where a record begins, 0 for the first
     * @throws IOException if it cannot be read
     */
    public SegmentReader(Segment segment, long offset) throws IOException {
        this.in = FileChannel.open(segment.file(), StandardOpenOption.READ);
        this.offset = Math.max(offset, Segment.FILE_HEADER);
    }

    /**
     * Where the next record begins.
     *
     * @return the place, in bytes from the beginning of the file
     */
    public long offset() {
        return offset;
    }

    /**
     * What follows that is no whole record. More may come while the segment is the newest; once a newer one is there, the segment
     * ends here.
     *
     * @return how many bytes
     * @throws IOException if that cannot be told
     */
    public long rest() throws IOException {
        return Math.max(0, in.size() - offset);
    }

    /**
     * Reads on.
     *
     * @return the next whole record; empty where there is none yet, or none any more
     * @throws IOException if the file cannot be read
     */
    public Optional<byte[]> next() throws IOException {
        Optional<ByteBuffer> header = header();
        if (header.isEmpty()) {
            return Optional.empty();
        }
        int length = header.get().getInt();
        int checksum = header.get().getInt();
        ByteBuffer record = ByteBuffer.allocate(length);
        if (!fill(record, offset + Segment.RECORD_HEADER) || Segment.checksum(record.array()) != checksum) {
            return Optional.empty();
        }
        offset += Segment.RECORD_HEADER + length;
        return Optional.of(record.array());
    }

    /** Goes to where no record follows that is all there, by the records' lengths alone. */
    void skipAll() throws IOException {
        for (Optional<ByteBuffer> header = header(); header.isPresent(); header = header()) {
            int size = Segment.RECORD_HEADER + header.get().getInt();
            if (rest() < size) {
                return;
            }
            offset += size;
        }
    }

    private Optional<ByteBuffer> header() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Segment.RECORD_HEADER);
        if ((offset == Segment.FILE_HEADER && !isJournal()) || !fill(header, offset)) {
            return Optional.empty();
        }
        int length = header.getInt(0);
        return length < 1 || length > Segment.MAX_RECORD ? Optional.empty() : Optional.of(header);
    }

    private boolean isJournal() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Segment.FILE_HEADER);
        return fill(header, 0) && Segment.begins(header);
    }

    private boolean fill(ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer, from + buffer.position()) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
