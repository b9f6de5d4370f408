package dev.ludo.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what comes about by itself. */
final class Eventually {
    private Eventually() {}

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat("within 20 s: " + what, System.nanoTime() - end < 0, is(true));
            Thread.onSpinWait();
        }
    }
}
