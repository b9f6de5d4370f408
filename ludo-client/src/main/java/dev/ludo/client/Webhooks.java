package dev.ludo.client;

import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.WebhookId;
import dev.ludo.core.model.WebhookSubscription;
import java.util.List;

/** The calls about webhooks. Thread-safe. All throw {@link dev.ludo.core.error.CallException}. */
public final class Webhooks {
    private final Caller caller;

    Webhooks(Caller caller) {
        this.caller = caller;
    }

    /**
     * Asks the API to deliver events.
     *
     * @param webhook where, and which
     * @return the subscription with its secret, which no later answer shows
     */
    public WebhookSubscription create(NewWebhook webhook) {
        return caller.call(ApiRequest.post("/webhooks").body(webhook), WebhookSubscription.class);
    }

    /**
     * What is delivered now.
     *
     * @return the subscriptions, without their secrets
     */
    public List<WebhookSubscription> list() {
        return caller.list(ApiRequest.get("/webhooks"), WebhookSubscription.class);
    }

    /**
     * Ends a delivery. Doing so again after an answer got lost is a {@code NOT_FOUND}.
     *
     * @param id which
     */
    public void delete(WebhookId id) {
        caller.run(ApiRequest.delete("/webhooks/{id}", id));
    }
}
