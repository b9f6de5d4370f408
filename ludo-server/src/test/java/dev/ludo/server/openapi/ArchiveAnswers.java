package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Sender;
import dev.ludo.server.Wire;
import dev.ludo.server.webhook.WebhookConfig;
import dev.ludo.server.worker.WorkerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Has a proxy that works on its webhooks itself told of the end of a game, and asks for that game. */
final class ArchiveAnswers {
    private static final String ENDED = """
            {"type":"game.ended","timestamp":"2026-11-23T10:21:07Z","data":{"gameId":"gam_1","roomCode":"K7Q2MX",
            "gameMode":"ranked","status":"ended","players":[
            {"playerId":"plr_1","playerName":"Ann","color":"red","finishedRank":1},
            {"playerId":"plr_2","playerName":"Ben","color":"yellow"}],
            "winnerId":"plr_1","startedAt":"2026-11-23T10:00:00Z","endedAt":"2026-11-23T10:21:07Z",
            "ranking":["plr_1","plr_2"]}}""";

    private final DocumentedCalls calls;
    private final Path folder;
    private final Secret secret = WebhookSigner.newSecret(new Random(3));

    ArchiveAnswers(DocumentedCalls calls, Path folder) {
        this.calls = calls;
        this.folder = folder;
    }

    void all() throws Exception {
        WebhookConfig webhooks = new WebhookConfig(List.of(secret), Optional.empty(), folder, WebhookConfig.KEPT);
        WorkerConfig worker = new WorkerConfig(folder, Duration.ofDays(30), List.of(), Optional.empty());
        URI nobody = URI.create("http://127.0.0.1:9/v1");
        try (LudoServer proxy = LudoServer.start(
                        ProxyTest.config(nobody).withWebhooks(webhooks).withWorker(worker));
                Wire wire = new Wire(proxy.uri())) {
            assertThat(ask(wire, "GET /games/{gameId}", "/games/gam_1"), is(404));
            assertThat(ask(wire, "GET /rooms/{code}/games", "/rooms/K7Q2MX/games"), is(404));
            assertThat(Sender.deliver(wire, secret, "msg_1", ENDED).status(), is(204));
            Await.until("the game is in the archive", () -> ask(wire, "GET /games/{gameId}", "/games/gam_1") == 200);
            assertThat(ask(wire, "GET /rooms/{code}/games", "/rooms/k7q2mx/games"), is(200));
        }
    }

    private int ask(Wire wire, String operation, String path) {
        return calls.call(wire, operation, path, "").status();
    }
}
