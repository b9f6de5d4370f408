package dev.ludo.testkit;

import dev.ludo.core.model.Secret;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a fake is to be like.
 *
 * @param epochs names the histories of its rooms, each differently
 */
record FakeSetup(
        String host,
        int port,
        Secret apiKey,
        long seed,
        Duration turnTime,
        int rateLimit,
        VirtualClock clock,
        Supplier<String> epochs) {}
