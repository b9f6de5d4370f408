package dev.ludo.testkit;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.rules.Dice;
import dev.ludo.core.rules.RuleSet;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a fake is to be like.
 *
 * @param dice where each game's dice come from, instead of from the seed
 * @param turnTime zero for as long as players like
 * @param epochs names the histories of its rooms, each differently
 * @param attestedOnly whether to leave out what is this project's own design
 */
record FakeSetup(
        String host,
        int port,
        Secret apiKey,
        long seed,
        Optional<Supplier<Dice>> dice,
        Duration turnTime,
        Function<GameMode, RuleSet> rules,
        FakeLimits limits,
        VirtualClock clock,
        Supplier<String> epochs,
        boolean attestedOnly) {
    /** Where it can be reached, as it stands in URIs. */
    String authority(int itsPort) {
        String literal = host.contains(":") && !host.startsWith("[") ? '[' + host + ']' : host;
        return (literal.equals("0.0.0.0") ? "127.0.0.1" : literal) + ':' + itsPort;
    }
}
