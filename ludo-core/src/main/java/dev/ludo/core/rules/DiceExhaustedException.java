package dev.ludo.core.rules;

import dev.ludo.core.error.LudoException;
import java.io.Serial;

/** A scripted die was rolled more often than its script is long. */
public final class DiceExhaustedException extends LudoException {
    @Serial
    private static final long serialVersionUID = 1L;

    DiceExhaustedException(int length) {
        super("the scripted dice are used up: all " + length + " values have been rolled", null);
    }
}
