package dev.ludo.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Told;
import dev.ludo.server.Wire;
import dev.ludo.server.webhook.WebhookConfig;
import dev.ludo.testkit.FakeLudo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators find out why webhooks do not get in, and strangers do not fill the log. */
class RejectedWebhooksTest {
    private static final String BODY = "{}";

    @TempDir
    Path folder;

    private static Secret secret(String letter) {
        return Secret.of(
                "whsec_" + Base64.getEncoder().encodeToString(letter.repeat(32).getBytes(UTF_8)));
    }

    private static void deliver(Wire wire, Secret secret, Clock clock) {
        var headers = new WebhookSigner(List.of(secret), clock)
                .sign("msg_1", BODY.getBytes(UTF_8))
                .asMap();
        wire.post(
                "/webhooks/ludo",
                BODY,
                headers.entrySet().stream()
                        .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                        .toArray(String[]::new));
    }

    @Test
    void theReasonIsLoggedOnceForAll() {
        WebhookConfig webhooks = new WebhookConfig(List.of(secret("a")), Optional.empty(), folder, WebhookConfig.KEPT);
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));
        try (FakeLudo api = FakeLudo.start();
                LudoServer proxy = LudoServer.start(ProxyTest.config(api).withWebhooks(webhooks));
                Wire wire = new Wire(proxy.uri());
                Told told = new Told(WebhookEndpoint.class)) {
            for (int i = 0; i < 3; i++) {
                deliver(wire, secret("a"), ahead);
                deliver(wire, secret("b"), Clock.systemUTC());
            }
            List<String> lines = told.lines("WARNING request ");
            assertThat(lines, hasSize(2));
            assertThat(lines.get(0), containsString(" is no webhook of the API, TOO_NEW: the delivery was made "));
            assertThat(lines.get(1), containsString(" is no webhook of the API, WRONG_SIGNATURE: "));
        }
    }
}
