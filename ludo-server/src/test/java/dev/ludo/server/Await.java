package dev.ludo.server;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process brings about. */
public final class Await {
    /** Whether it has come about. */
    public interface Condition {
        /** Asks. */
        boolean holds() throws Exception;
    }

    private Await() {}

    /** Waits until it has; for at most 20 s. */
    public static void until(String what, Condition condition) throws Exception {
        until(what, 20, condition);
    }

    /** Waits until it has; for at most so many seconds. */
    public static void until(String what, int seconds, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                fail("it did not come about that " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
