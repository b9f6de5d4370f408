package dev.ludo.server;

import java.io.Serial;

/** A setting is missing or cannot be used. The message is one sentence that names it, fit to be all that is printed. */
public final class BadSettingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Names the setting.
     *
     * @param message one sentence
     */
    public BadSettingException(String message) {
        super(message);
    }
}
