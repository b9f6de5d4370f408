package dev.ludo.server.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Writes to a peer, and knows for how long a write has waited for it to read. One thread writes; any may ask. */
final class StallWatch implements DataWriter {
    private final DataWriter out;
    private final LongSupplier nanoTime;
    private volatile boolean writing;
    private volatile long since;

    StallWatch(DataWriter out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    /** For how long the present write has waited, zero if there is none. */
    Duration stalled() {
        long began = since;
        return writing ? Duration.ofNanos(Math.max(nanoTime.getAsLong() - began, 0)) : Duration.ZERO;
    }

    private void write(Runnable write) {
        since = nanoTime.getAsLong();
        writing = true;
        try {
            write.run();
        } finally {
            writing = false;
        }
    }

    @Override
    public void write(BufferData... buffers) {
        write(() -> out.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        write(() -> out.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        write(() -> out.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        write(() -> out.writeNow(buffer));
    }

    @Override
    public void flush() {
        write(out::flush);
    }

    @Override
    public void close() {
        out.close();
    }
}
