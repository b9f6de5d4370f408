package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Sender;
import dev.ludo.server.Wire;
import dev.ludo.server.webhook.WebhookConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Delivers webhooks, good ones and others. */
final class WebhookAnswers {
    private static final String OPERATION = "POST /webhooks/ludo";

    private final DocumentedCalls calls;
    private final Path folder;
    private final Secret secret = WebhookSigner.newSecret(new Random(1));
    private final Secret another = WebhookSigner.newSecret(new Random(2));

    WebhookAnswers(DocumentedCalls calls, Path folder) {
        this.calls = calls;
        this.folder = folder;
    }

    void all() {
        WebhookConfig webhooks = new WebhookConfig(List.of(secret), Optional.empty(), folder, WebhookConfig.KEPT);
        URI nobody = URI.create("http://127.0.0.1:9/v1");
        try (LudoServer proxy = LudoServer.start(ProxyTest.config(nobody).withWebhooks(webhooks));
                Wire wire = new Wire(proxy.uri())) {
            Clock now = Clock.systemUTC();
            assertThat(deliver(wire, secret, now, "{}"), is(204));
            assertThat(deliver(wire, secret, now, "{}"), is(204));
            assertThat(deliver(wire, another, now, "{}"), is(401));
            assertThat(deliver(wire, secret, Clock.offset(now, Duration.ofHours(-1)), "{}"), is(400));
            assertThat(deliver(wire, secret, now, "x".repeat(256 * 1024 + 1)), is(413));
        }
    }

    private int deliver(Wire wire, Secret by, Clock clock, String body) {
        return calls.call(wire, OPERATION, "/webhooks/ludo", body, Sender.headers(by, clock, "msg_1", body))
                .status();
    }
}
