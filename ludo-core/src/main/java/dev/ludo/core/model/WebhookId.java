package dev.ludo.core.model;

/**
 * The identity of a webhook subscription, an opaque string. It is not the {@code webhook-id} of a delivery.
 *
 * @param value 1 to 128 characters without white space
 */
public record WebhookId(String value) {
    /** Checks the form. */
    public WebhookId {
        Check.id(value, "webhookId");
    }

    /**
     * The identity with this text.
     *
     * @param value 1 to 128 characters without white space
     * @return the value
     * @throws IllegalArgumentException for anything else
     */
    public static WebhookId of(String value) {
        return new WebhookId(value);
    }

    /** The bare text, as it stands on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
