package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Wire.Answer;
import dev.ludo.server.webhook.WebhookConfig;
import dev.ludo.server.worker.WorkerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told that a worker cannot do what it is to. */
class WorkerTroubleTest {
    private static final Secret SECRET = WebhookSigner.newSecret(new Random(13));

    @TempDir
    Path folder;

    @BeforeEach
    void askForSomethingThatCannotBeAnswered() throws IOException {
        Path requests = Files.createDirectory(folder.resolve("requests"));
        Files.writeString(requests.resolve("0.request"), "replay msg_1");
        Files.createDirectory(requests.resolve("0.answer"));
    }

    private ServerConfig config() {
        return ProxyTest.config(URI.create("http://127.0.0.1:9/v1")).withAddress("127.0.0.1", 0);
    }

    private WorkerConfig worker() {
        return new WorkerConfig(folder, Duration.ofDays(30), List.of(), Optional.empty());
    }

    private static void awaitTrouble(Wire wire) throws Exception {
        Await.until("the metric tells it", () -> wire.get("/metrics").text().contains("\nludo_worker_trouble 1.0"));
    }

    @Test
    void aProxyThatWorksTooGoesOnBeingSentCalls() throws Exception {
        WebhookConfig webhooks = new WebhookConfig(List.of(SECRET), Optional.empty(), folder, WebhookConfig.KEPT);
        try (LudoServer proxy = LudoServer.start(config().withWebhooks(webhooks).withWorker(worker()));
                Wire wire = new Wire(proxy.uri())) {
            awaitTrouble(wire);
            assertThat(wire.get("/health/ready").status(), is(200));
        }
    }

    @Test
    void aWorkerAloneIsUnreadyAndShowsNoPath() throws Exception {
        try (WorkerServer server = WorkerServer.start(config(), worker());
                Wire wire = new Wire(server.uri())) {
            awaitTrouble(wire);
            Answer ready = wire.get("/health/ready");
            assertThat(ready.status(), is(503));
            assertThat(ready.text(), containsString("\"field\":\"worker\""));
            assertThat(ready.text(), not(containsString(folder.toString())));
            assertThat(wire.get("/health/details").text(), containsString("0.request"));
        }
    }
}
