package dev.ludo.client;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param connect opening a connection, with name lookup, proxy and TLS
 * @param read a silence of the API while its answer is awaited or read
 * @param write a silence of the API while it is sent something
 * @param deadline a call as a whole: its turn, all attempts, the waits between them, reading the answer
 */
public record Timeouts(Duration connect, Duration read, Duration write, Duration deadline) {
    /** 5, 10, 5 and 15 seconds. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(15));

    /** Checks each. */
    public Timeouts {
        positive(connect, "connectTimeout");
        positive(read, "readTimeout");
        positive(write, "writeTimeout");
        positive(deadline, "deadline");
    }

    static Duration positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be above zero, was " + value);
        }
        return value;
    }

    Timeouts withConnect(Duration value) {
        return new Timeouts(value, read, write, deadline);
    }

    Timeouts withRead(Duration value) {
        return new Timeouts(connect, value, write, deadline);
    }

    Timeouts withWrite(Duration value) {
        return new Timeouts(connect, read, value, deadline);
    }

    Timeouts withDeadline(Duration value) {
        return new Timeouts(connect, read, write, value);
    }
}
