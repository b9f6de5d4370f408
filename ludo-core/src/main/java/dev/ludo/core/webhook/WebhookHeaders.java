package dev.ludo.core.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The three headers of a signed delivery.
 *
 * @param id {@code webhook-id}: the same for every attempt to deliver one event
 * @param timestamp {@code webhook-timestamp}: when this attempt was made, in Unix seconds
 * @param signature {@code webhook-signature}: one or more signatures with a space between them
 */
public record WebhookHeaders(String id, long timestamp, String signature) {
    /** The header with the delivery's identity. */
    public static final String ID = "webhook-id";

    /** The header with the time of the attempt. */
    public static final String TIMESTAMP = "webhook-timestamp";

    /** The header with the signatures. */
    public static final String SIGNATURE = "webhook-signature";

    static final String NO_ID = "webhook-id must be visible ASCII characters without a full stop";

    /** Whether it can be an identity. A full stop would let one signature stand for two ways to take the text apart. */
    static boolean isId(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c < 127 && c != '.');
    }

    /**
     * The headers by their names.
     *
     * @return the three, in the order in which they are listed here
     */
    public Map<String, String> asMap() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, Long.toString(timestamp));
        headers.put(SIGNATURE, signature);
        return headers;
    }
}
