package dev.ludo.server.guard;

import io.helidon.http.RequestException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the web server reads a connection through. A request's head is let through when it is whole and beyond doubt, its body
 * as it comes, and all of it only in time. Read by the connection's thread alone; {@link #isIdle} is safe from any.
 *
 * <p>What is refused is thrown as a {@link RequestException}, which the web server answers and then closes the connection.
 */
final class HttpGate implements Supplier<byte @Nullable []> {
    /** Where bytes come from. */
    interface Source {
        /** What a read in vain gives, as opposed to null at the end. */
        byte[] NOTHING_YET = new byte[0];

        /** Reads what begins a request, {@code null} at the end or when that has not come by this time. */
        byte @Nullable [] first(long until);

        /** Reads what there is, {@code null} at the end, {@link #NOTHING_YET} when the time is over; 0 nanoseconds wait for ever. */
        byte @Nullable [] read(long nanos);
    }

    private enum Part {
        HEAD,
        BODY,
        CHUNKS,
        SOCKET
    }

    private static final byte[] NONE = {};

    private final Source source;
    private final WireLimits limits;
    private final Supplier<Duration> longestWait;
    private final LongSupplier nanoTime;

    private volatile Part part = Part.HEAD;
    private byte[] pending = NONE;
    private int from;
    private boolean first = true;
    private long bodyLeft;
    private long deadline;
    private Chunks chunks = new Chunks();
    private volatile boolean idle;
    private volatile long idleSince;

    HttpGate(Source source, WireLimits limits, Supplier<Duration> longestWait, LongSupplier nanoTime) {
        this.source = source;
        this.limits = limits;
        this.longestWait = longestWait;
        this.nanoTime = nanoTime;
    }

    /** From now on it is no HTTP any more, and everything passes. */
    void open() {
        part = Part.SOCKET;
    }

    boolean isOpen() {
        return part == Part.SOCKET;
    }

    /** Whether it waits for a request to begin, and has done so for a while. */
    boolean isIdle(Duration atLeast) {
        long since = idleSince;
        return idle && Duration.ofNanos(nanoTime.getAsLong() - since).compareTo(atLeast) >= 0;
    }

    @Override
    public byte @Nullable [] get() {
        return switch (part) {
            case HEAD -> head();
            case BODY -> body();
            case CHUNKS -> chunk();
            case SOCKET -> from < pending.length ? pass(pending.length) : source.read(0);
        };
    }

    private byte @Nullable [] head() {
        long opened = nanoTime.getAsLong();
        if (!begins(opened)) {
            return null;
        }
        deadline = (first ? opened : nanoTime.getAsLong()) + limits.headWithin().toNanos();
        first = false;
        int end = headEnd();
        RequestHead head = RequestHead.read(pending, from, end);
        deadline = nanoTime.getAsLong() + limits.bodyWithin().toNanos();
        bodyLeft = head.length();
        if (head.chunked()) {
            part = Part.CHUNKS;
            chunks = new Chunks();
            return pass(end);
        }
        if (head.old()) {
            byte[] renewed = OldHead.renewed(pending, from, end);
            from = end;
            part = bodyLeft > 0 ? Part.BODY : Part.HEAD;
            return renewed;
        }
        int withBody = (int) Math.min(pending.length - end, bodyLeft);
        bodyLeft -= withBody;
        part = bodyLeft > 0 ? Part.BODY : Part.HEAD;
        return pass(end + withBody);
    }

    // Waits for the first byte of a request; an empty line before one is no request (RFC 9112, section 2.2).
    private boolean begins(long now) {
        Duration usual = first ? limits.headWithin() : limits.idle();
        Duration longest = longestWait.get();
        deadline = now + (usual.compareTo(longest) < 0 ? usual : longest).toNanos();
        idleSince = now;
        while (true) {
            while (pending.length - from >= 2 && pending[from] == '\r' && pending[from + 1] == '\n') {
                from += 2;
            }
            if (pending.length > from && (pending[from] != '\r' || pending.length > from + 1)) {
                return true;
            }
            idle = true;
            byte[] read = source.first(deadline);
            idle = false;
            if (read == null) {
                return false;
            }
            append(read);
        }
    }

    // Finds the empty line, and reads on until it is there.
    private int headEnd() {
        int at = from;
        while (true) {
            for (; at < pending.length; at++) {
                if (pending[at] == '\n') {
                    if (at == from || pending[at - 1] != '\r') {
                        throw BadWire.malformed("a line that does not end with CR and LF");
                    }
                    if (at - from >= 3 && pending[at - 2] == '\n') {
                        return checkedSize(at + 1);
                    }
                }
            }
            checkedSize(pending.length);
            int scanned = at - from;
            append(more());
            at = from + scanned;
        }
    }

    private int checkedSize(int end) {
        if (end - from > limits.headBytes()) {
            throw BadWire.malformed("a request line and headers of more than " + limits.headBytes() + " bytes");
        }
        return end;
    }

    private byte[] body() {
        if (from == pending.length) {
            append(more());
        }
        int length = (int) Math.min(pending.length - from, bodyLeft);
        bodyLeft -= length;
        if (bodyLeft == 0) {
            part = Part.HEAD;
        }
        return pass(from + length);
    }

    private byte[] chunk() {
        while (true) {
            if (from == pending.length) {
                append(more());
            }
            byte[] out = chunks.take(pending, from, pending.length);
            from = chunks.takenTo();
            if (chunks.over()) {
                part = Part.HEAD;
            }
            if (out.length > 0) {
                return out;
            }
        }
    }

    private byte[] more() {
        byte[] read = readInTime();
        if (read == null) {
            throw BadWire.malformed("a request that ends early");
        }
        if (read.length == 0) {
            throw BadWire.late("a request that takes too long");
        }
        return read;
    }

    private byte @Nullable [] readInTime() {
        long left = deadline - nanoTime.getAsLong();
        return left > 0 ? source.read(left) : Source.NOTHING_YET;
    }

    private void append(byte[] read) {
        if (from == pending.length) {
            pending = read;
        } else {
            byte[] both = Arrays.copyOfRange(pending, from, pending.length + read.length);
            System.arraycopy(read, 0, both, pending.length - from, read.length);
            pending = both;
        }
        from = 0;
    }

    private byte[] pass(int to) {
        byte[] out = from == 0 && to == pending.length ? pending : Arrays.copyOfRange(pending, from, to);
        from = to;
        if (from == pending.length) {
            pending = NONE;
            from = 0;
        }
        return out;
    }
}
