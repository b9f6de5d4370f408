package dev.ludo.server.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * All who hear a room, on one thread, so that they take little of a machine that is the proxy's too. How old a broadcast is when
 * somebody has it is counted.
 */
final class Listeners implements AutoCloseable {
    private static final int BUCKET_MICROS = 20;
    private static final int BUCKETS = 500_000; // ten seconds

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final AtomicLongArray ages = new AtomicLongArray(BUCKETS);
    private final List<Watching> all;
    private volatile boolean closed;
    private final Thread thread = Thread.ofPlatform().name("listeners").daemon().unstarted(this::listen);

    Listeners(List<Watching> all) throws IOException {
        this.all = all;
        this.selector = Selector.open();
        for (Watching one : all) {
            one.channel().register(selector, SelectionKey.OP_READ, one);
        }
        thread.start();
    }

    private void listen() {
        try {
            while (!closed) {
                selector.select(this::hear);
            }
        } catch (IOException e) {
            System.err.println("nobody listens any more: " + e.getMessage());
        }
    }

    private void hear(SelectionKey key) {
        Watching one = (Watching) key.attachment();
        try {
            if (one.channel().read(buffer.clear()) < 0) {
                throw new EOFException("it was closed");
            }
            long now = System.nanoTime();
            one.take(buffer.flip(), sent -> count(now - sent));
        } catch (IOException e) {
            // cut, in which case less was delivered than was sent
            key.cancel();
            System.err.println("a watcher ended: " + e.getMessage());
        }
    }

    private void count(long age) {
        ages.incrementAndGet((int) Math.min(BUCKETS - 1, age / 1_000 / BUCKET_MICROS));
    }

    /** Forgets what was counted so far. */
    void reset() {
        for (int i = 0; i < BUCKETS; i++) {
            ages.set(i, 0);
        }
    }

    /** How many were counted by now. */
    Ages seen() {
        long[] seen = new long[BUCKETS];
        long number = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen[i] = ages.get(i);
            number += seen[i];
        }
        return new Ages(seen, number);
    }

    /** What was counted. */
    static final class Ages {
        private final long[] seen;
        private final long number;

        private Ages(long[] seen, long number) {
            this.seen = seen;
            this.number = number;
        }

        long number() {
            return number;
        }

        /** The age in milliseconds that so large a part of all did not exceed. */
        double at(double part) {
            long left = (long) Math.ceil(number * part);
            for (int i = 0; i < seen.length; i++) {
                left -= seen[i];
                if (left <= 0) {
                    return (i + 1) * BUCKET_MICROS / 1e3;
                }
            }
            return Double.NaN;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
        for (Watching one : all) {
            one.close();
        }
    }
}
