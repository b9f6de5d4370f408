package dev.ludo.server.worker;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one target may take of the heap. All targets together have an eighth of it for notes of what is open, and another for bodies
 * of attempts that are under way; both are divided evenly, so that a target that is down takes nothing from the others. Thread-safe.
 */
final class Share {
    private static final int PART = 8;

    // What a delivery that is open takes beside its id and its room: here, in its lane and in the ledger.
    private static final int NOTE = 640;

    // A record is read into one array, and its body copied out of it.
    private static final int COPIES = 2;

    private static final int UNIT = 1024;

    private final long most;
    private final AtomicLong noted = new AtomicLong();
    private final int units;
    private final Semaphore free;

    Share(long most) {
        this.most = most;
        this.units = Math.clamp(most / UNIT, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(units, true);
    }

    /** An even part of what there is. */
    static Share of(int targets) {
        return new Share(Runtime.getRuntime().maxMemory() / PART / targets);
    }

    /** What a delivery with such an id and room takes, in bytes. */
    static int note(String id, String room) {
        return NOTE + id.length() + room.length();
    }

    /** Whether nothing more may be opened now. */
    boolean isUsedUp() {
        return noted.get() >= most;
    }

    void opened(int bytes) {
        noted.addAndGet(bytes);
    }

    void closed(int bytes) {
        noted.addAndGet(-bytes);
    }

    /** Waits until there is room for a body of so many bytes, or for it alone. */
    void takeBody(int bytes) throws InterruptedException {
        free.acquire(unitsOf(bytes));
    }

    void giveBody(int bytes) {
        free.release(unitsOf(bytes));
    }

    private int unitsOf(int bytes) {
        return Math.min(units, 1 + (int) ((long) COPIES * bytes / UNIT));
    }
}
