package dev.ludo.testkit.fault;

/** Refuses what is wrong. */
final class Checks {
    private Checks() {}

    /** The message names the field. */
    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
