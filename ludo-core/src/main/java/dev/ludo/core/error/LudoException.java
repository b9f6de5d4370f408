package dev.ludo.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The root of everything that this library throws on purpose. Unchecked; the children say what to do. */
public abstract class LudoException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * For the children.
     *
     * @param message what failed, on what, and what now
     * @param cause what brought it about, if anything
     */
    protected LudoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
