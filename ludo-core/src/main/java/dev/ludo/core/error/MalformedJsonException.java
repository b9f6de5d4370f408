package dev.ludo.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A text from outside is not the JSON that was asked for. */
public final class MalformedJsonException extends LudoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Kind {
        /** No JSON at all: syntax, an early end, invalid UTF-8, a duplicate key, something after the end. */
        SYNTAX,
        /** Deeper than 64 levels. */
        TOO_DEEP,
        /** More bytes than allowed. */
        TOO_LARGE,
        /** JSON, but a field is missing or of the wrong type, form or range. */
        SHAPE
    }

    /** The kind. */
    private final Kind kind;

    /**
     * Says what is wrong.
     *
     * @param kind what sort of defect
     * @param message the defect in words
     * @param cause what noticed it, if anything
     */
    public MalformedJsonException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * What sort of defect it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }
}
