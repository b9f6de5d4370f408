package dev.ludo.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Wire.Answer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Delivers webhooks as the API does. */
public final class Sender {
    private Sender() {}

    /** The headers of a webhook that is signed at a time, each followed by its value. */
    public static String[] headers(Secret by, Clock clock, String id, String body) {
        List<String> headers = new ArrayList<>();
        new WebhookSigner(List.of(by), clock)
                .sign(id, body.getBytes(UTF_8))
                .asMap()
                .forEach((name, value) -> headers.addAll(List.of(name, value)));
        return headers.toArray(String[]::new);
    }

    /** Delivers a webhook that is signed now. */
    public static Answer deliver(Wire to, Secret by, String id, String body) {
        return to.post("/webhooks/ludo", body, headers(by, Clock.systemUTC(), id, body));
    }
}
