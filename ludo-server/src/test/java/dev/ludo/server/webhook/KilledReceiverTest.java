package dev.ludo.server.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.KilledProxy;
import dev.ludo.server.inbox.InboxEntry;
import dev.ludo.server.inbox.Kept;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that is killed while webhooks are delivered to it: what it took is in the inbox once, and nothing else is. */
class KilledReceiverTest {
    private static final long SEED = 20261128;
    private static final int EVENTS = Boolean.getBoolean("ludo.soak") ? 5_000 : 500;
    private static final int KILLS = Boolean.getBoolean("ludo.soak") ? 5 : 1;

    @TempDir
    Path folder;

    @Test
    void whatItTookIsInTheInboxOnceAndNothingElseIs() throws Exception {
        Random random = new Random(SEED);
        Secret secret = WebhookSigner.newSecret(random);
        Path data = folder.resolve("data");
        Map<String, String> settings = Map.of(
                "LUDO_API_KEY",
                "lk_test_demo",
                "LUDO_API_BASE_URL",
                "http://127.0.0.1:9/v1",
                "LUDO_WEBHOOK_SECRETS",
                secret.reveal(),
                "LUDO_DATA_DIR",
                data.toString());
        Set<String> accepted;
        try (KilledProxy proxy = new KilledProxy(folder, settings);
                DeliveryStorm storm = new DeliveryStorm(proxy, secret, SEED, EVENTS, KilledReceiverTest::body)) {
            proxy.start();
            Future<?> sending = storm.start();
            for (int kill = 0; kill < KILLS; kill++) {
                int part = storm.size() / (KILLS + 1);
                storm.awaitAnswers(part / 2 + random.nextInt(part / 2));
                proxy.kill();
                proxy.start();
            }
            DeliveryStorm.await(sending);
            assertThat("seed " + SEED, storm.wrong(), is(Set.of()));
            accepted = storm.accepted();
            proxy.kill();
        }
        List<String> kept = new ArrayList<>();
        for (InboxEntry entry : Kept.in(data)) {
            kept.add(entry.id());
            int number = Integer.parseInt(entry.id().substring("msg_".length()));
            assertThat(entry.id(), new String(entry.body(), java.nio.charset.StandardCharsets.UTF_8), is(body(number)));
        }
        assertThat("each once, seed " + SEED, kept.size(), is(new HashSet<>(kept).size()));
        assertThat("seed " + SEED, new HashSet<>(kept), is(accepted));
    }

    private static String body(int number) {
        return "{\"type\":\"room.moved\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"n\":" + number + ",\"x\":\""
                + "y".repeat(number % 700) + "\"}}";
    }
}
