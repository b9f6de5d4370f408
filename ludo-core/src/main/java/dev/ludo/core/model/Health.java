package dev.ludo.core.model;

/**
 * What an API says of itself.
 *
 * @param status {@code ok} while all is well
 */
public record Health(String status) {
    /** Checks what must be there. */
    public Health {
        Check.present(status, "status");
    }

    /**
     * Whether all is well.
     *
     * @return whether the status is {@code ok}
     */
    public boolean isOk() {
        return status.equals("ok");
    }
}
