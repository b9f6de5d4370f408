package dev.ludo.testkit.fault;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to a connection: a value, without effect until it is given to a proxy or to one of its
 * connections. Each concerns the bytes that flow {@linkplain #toward() toward} one side; those that flow the other way pass.
 *
 * <p>Counts of bytes begin when the fault is given to the connection, or with its first byte if the fault was there before.
 * Durations are real time.
 */
public sealed interface LineFault {
    /** Which way bytes flow. */
    enum Toward {
        /** From the server to the client: answers, and messages of the server. */
        CLIENT,
        /** From the client to the server: requests, and messages of the client. */
        SERVER
    }

    /**
     * Which bytes it concerns.
     *
     * @return their direction
     */
    Toward toward();

    /**
     * Resets the connections of both sides (TCP RST) after so many bytes toward one: a cut in the middle of a body or frame.
     *
     * @param toward whose bytes are counted
     * @param afterBytes not negative; 0 resets at once
     */
    record Reset(Toward toward, long afterBytes) implements LineFault {
        /** Checks the number. */
        public Reset {
            atLeast(0, "afterBytes", afterBytes);
        }
    }

    /**
     * Ends the connections of both sides in good order (TCP FIN) after so many bytes toward one; what comes later is lost.
     *
     * @param toward whose bytes are counted
     * @param afterBytes not negative; 0 ends it at once
     */
    record Finish(Toward toward, long afterBytes) implements LineFault {
        /** Checks the number. */
        public Finish {
            atLeast(0, "afterBytes", afterBytes);
        }
    }

    /**
     * Stops taking what flows toward one side, after so many bytes: the sender's network fills, then its writes block. It all
     * arrives once the line is healed.
     *
     * @param toward which side gets nothing
     * @param afterBytes not negative
     */
    record Stall(Toward toward, long afterBytes) implements LineFault {
        /** Checks the number. */
        public Stall {
            atLeast(0, "afterBytes", afterBytes);
        }
    }

    /**
     * Takes what flows toward one side, after so many bytes, and throws it away, even the end of the connection: the sender
     * sees nothing wrong. In both directions it is a half-open connection, as when a cable is pulled.
     *
     * @param toward which side gets nothing
     * @param afterBytes not negative
     */
    record BlackHole(Toward toward, long afterBytes) implements LineFault {
        /** Checks the number. */
        public BlackHole {
            atLeast(0, "afterBytes", afterBytes);
        }
    }

    /**
     * Lets every piece that flows toward one side arrive later.
     *
     * @param toward which side waits
     * @param by not negative
     */
    record Delay(Toward toward, Duration by) implements LineFault {
        /** Checks the duration. */
        public Delay {
            if (by.isNegative()) {
                throw new IllegalArgumentException("by must not be negative, was " + by);
            }
        }
    }

    /**
     * Lets no more than so many bytes a second through toward one side.
     *
     * @param toward which side waits
     * @param bytesPerSecond at least 1
     */
    record Bandwidth(Toward toward, long bytesPerSecond) implements LineFault {
        /** Checks the number. */
        public Bandwidth {
            atLeast(1, "bytesPerSecond", bytesPerSecond);
        }
    }

    /**
     * A reset in the middle of what the client receives.
     *
     * @param afterBytes how many bytes still reach the client
     * @return the fault
     */
    static LineFault resetAfter(long afterBytes) {
        return new Reset(Toward.CLIENT, afterBytes);
    }

    /**
     * An end in the middle of what the client receives.
     *
     * @param afterBytes how many bytes still reach the client
     * @return the fault
     */
    static LineFault finishAfter(long afterBytes) {
        return new Finish(Toward.CLIENT, afterBytes);
    }

    /**
     * Silence in the middle of what the client receives; the connection stays open.
     *
     * @param afterBytes how many bytes still reach the client
     * @return the fault
     */
    static LineFault stallAfter(long afterBytes) {
        return new Stall(Toward.CLIENT, afterBytes);
    }

    /**
     * Bytes on their way to one side vanish from now on.
     *
     * @param toward which side gets nothing
     * @return the fault
     */
    static LineFault blackHole(Toward toward) {
        return new BlackHole(toward, 0);
    }

    /**
     * What the client receives comes late.
     *
     * @param by how late; not negative
     * @return the fault
     */
    static LineFault delay(Duration by) {
        return new Delay(Toward.CLIENT, by);
    }

    /**
     * What the client receives comes slowly.
     *
     * @param bytesPerSecond at least 1
     * @return the fault
     */
    static LineFault bandwidth(long bytesPerSecond) {
        return new Bandwidth(Toward.CLIENT, bytesPerSecond);
    }

    private static void atLeast(long least, String name, long value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
    }
}
