package dev.ludo.testkit.junit;

import java.time.DateTimeException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How long what is ending at a test's end may take. */
final class Patience {
    private static final Duration USUAL = Duration.ofSeconds(1);

    private Patience() {}

    /** What JUnit's configuration says, or a second. */
    static Duration of(ExtensionContext context) {
        return context.getConfigurationParameter(LudoExtension.PATIENCE)
                .map(Patience::parse)
                .orElse(USUAL);
    }

    private static Duration parse(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    LudoExtension.PATIENCE + " must be a duration such as PT2S, was \"" + text + '"', e);
        }
    }
}
