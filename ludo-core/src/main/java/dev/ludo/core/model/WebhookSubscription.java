package dev.ludo.core.model;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A webhook that the API delivers to.
 *
 * @param id by which it is deleted
 * @param url where it delivers
 * @param events what it tells of; those that this version does not know are {@link WebhookEventType#UNKNOWN}
 * @param secret by which deliveries are signed, {@code whsec_} and base64; only in the answer to the call that made the
 *     webhook, so keep it then
 */
public record WebhookSubscription(
        WebhookId id,
        URI url,
        List<WebhookEventType> events,
        @JsonbTypeAdapter(Secret.OnWireIfThere.class) Optional<Secret> secret) {

    /** Checks what must be there; an absent list is an empty one. */
    public WebhookSubscription {
        Check.present(id, "id");
        Check.webUrl(url, "url");
        events = Check.list(events);
    }

    /**
     * This subscription as every later answer shows it.
     *
     * @return the same without its secret
     */
    public WebhookSubscription withoutSecret() {
        return new WebhookSubscription(id, url, events, Optional.empty());
    }
}
