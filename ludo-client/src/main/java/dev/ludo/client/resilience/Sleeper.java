package dev.ludo.client.resilience;

import java.time.Duration;

/** Lets time pass. {@code Thread::sleep} is the one for real life; tests have others. */
@FunctionalInterface
public interface Sleeper {
    /**
     * Waits.
     *
     * @param howLong not negative
     * @throws InterruptedException if the thread is interrupted; its flag is cleared then
     */
    void sleep(Duration howLong) throws InterruptedException;
}
