package dev.ludo.server.guard;

import java.util.concurrent.Semaphore;

/** How many calls may be served at the same time. Nobody waits for a place. Thread-safe. */
public final class Places {
    private final int all;
    private final Semaphore free;

    /**
     * Has places.
     *
     * @param all how many, at least 1
     */
    public Places(int all) {
        this.all = all;
        this.free = new Semaphore(all);
    }

    /**
     * Takes a place, which must be given back.
     *
     * @return whether there was one
     */
    public boolean take() {
        return free.tryAcquire();
    }

    /** Gives a place back. */
    public void giveBack() {
        free.release();
    }

    int taken() {
        return all - free.availablePermits();
    }
}
