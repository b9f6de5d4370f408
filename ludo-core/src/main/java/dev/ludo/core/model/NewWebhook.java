package dev.ludo.core.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * What webhook is asked for.
 *
 * @param url where to deliver: http or https, with a host, without user-info and fragment
 * @param events what to tell of, at least one, each once, none of them {@link WebhookEventType#UNKNOWN}
 */
public record NewWebhook(URI url, List<WebhookEventType> events) {
    /** Checks the forms; an event named twice is named once. */
    public NewWebhook {
        Check.webUrl(url, "url");
        events = Check.list(events).stream().distinct().toList();
        if (events.isEmpty()) {
            throw new IllegalArgumentException("events must name at least one event, was " + events);
        }
        if (events.contains(WebhookEventType.UNKNOWN)) {
            throw new IllegalArgumentException("events must be such as this version knows, was " + events);
        }
    }

    /**
     * A webhook for some events.
     *
     * @param url where to deliver
     * @param events what to tell of
     * @return the request
     * @throws IllegalArgumentException if the URL is not one to deliver to, or no event is named
     */
    public static NewWebhook to(URI url, WebhookEventType... events) {
        return new NewWebhook(url, List.of(events));
    }

    /**
     * An address to deliver to.
     *
     * @param text the address
     * @return it, checked
     * @throws IllegalArgumentException if the text is no URL to deliver to
     */
    public static URI address(String text) {
        try {
            return Check.webUrl(new URI(text), "url");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url must be a URL, but " + e.getReason(), e);
        }
    }
}
