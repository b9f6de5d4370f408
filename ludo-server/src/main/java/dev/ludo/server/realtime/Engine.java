package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.client.resilience.Sleeper;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What relayed sockets run on.
 *
 * @param connector opens sockets to the API
 * @param watch looks after the legs
 * @param limits how patient legs are, on both sides
 * @param meter counts
 * @param ended takes each session that is no more
 * @param nanoTime the clock that durations are measured by
 * @param sleeper lets time pass before the API is tried again
 * @param random says how long that is; for threads that share it
 */
public record Engine(
        SocketConnector connector,
        LegWatch watch,
        LegLimits limits,
        SocketMeter meter,
        Consumer<EndedSession> ended,
        LongSupplier nanoTime,
        Sleeper sleeper,
        RandomGenerator random) {}
