package dev.ludo.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookEvent.RoomClosed;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import dev.ludo.server.cache.CacheConfig;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.inbox.ForgetRequest;
import dev.ludo.server.inbox.InboxEntry;
import dev.ludo.server.inbox.Kept;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the proxy says to who delivers webhooks. */
class WebhookReceiverTest {
    private static final Secret SECRET = secret('a');
    private static final String BODY = "{\"type\":\"room.moved\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{}}";

    @TempDir
    Path temporary;

    private Path folder;
    private FakeLudo api;
    private LudoServer proxy;
    private Wire wire;

    private static Secret secret(char letter) {
        return Secret.of("whsec_"
                + Base64.getEncoder()
                        .encodeToString(Character.toString(letter).repeat(32).getBytes(UTF_8)));
    }

    @BeforeEach
    void start() {
        folder = temporary.resolve("data");
        api = FakeLudo.start();
        start(config -> config);
    }

    private void start(UnaryOperator<ServerConfig> change) {
        Duration life = Duration.ofHours(1); // so that nothing gets old while a test runs
        ServerConfig config = ProxyTest.config(api)
                .withCache(CacheConfig.DEFAULT.withLives(life, life, life, life))
                .withWebhooks(
                        new WebhookConfig(List.of(secret('b'), SECRET), Optional.empty(), folder, WebhookConfig.KEPT));
        proxy = LudoServer.start(change.apply(config));
        wire = new Wire(proxy.uri());
    }

    @AfterEach
    void stop() {
        wire.close();
        proxy.close();
        api.close();
    }

    private void restart(UnaryOperator<ServerConfig> change) {
        wire.close();
        proxy.close();
        start(change);
    }

    private Answer deliver(String id, String body) {
        return deliver(id, body, SECRET, Clock.systemUTC(), Map.of());
    }

    private Answer deliver(String id, String body, Secret secret, Clock clock, Map<String, String> instead) {
        Map<String, String> headers = new WebhookSigner(List.of(secret), clock)
                .sign(id, body.getBytes(UTF_8))
                .asMap();
        headers.putAll(instead);
        List<String> all = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                all.addAll(List.of(name, value));
            }
        });
        return wire.post("/webhooks/ludo", body, all.toArray(String[]::new));
    }

    private List<String> kept() throws IOException {
        return Kept.in(folder).stream().map(InboxEntry::id).toList();
    }

    @Test
    void whoIsToBeForgottenIsCountedUntilAllIsPassedOn() throws Exception {
        Files.writeString(folder.resolve("worker.unread"), "1");
        deliver("msg_1", "{\"type\":\"room.moved\",\"data\":{\"player\":\"plr_ann\"}}");
        ForgetRequest.leave(folder, PlayerId.of("plr_ann"));
        Await.until("it is counted", () -> wire.get("/metrics").text().contains("ludo_inbox_forgetting 1.0"));
        assertThat(Kept.in(folder).getFirst().isForgotten(), is(false));
        Files.writeString(folder.resolve("worker.unread"), "2");
        Await.until("it is done", () -> wire.get("/metrics").text().contains("ludo_inbox_forgetting 0.0"));
        assertThat(Kept.in(folder).getFirst().isForgotten(), is(true));
    }

    @Test
    void whatIsAcceptedIsOnTheDiskOnceAndAsItCame() throws IOException {
        String body = BODY + "  \n \u00e4\ud83c\udfb2"; // nothing that any parser would give back
        assertThat(deliver("msg_1", body).status(), is(204));
        assertThat(deliver("msg_2", BODY).status(), is(204));
        assertThat(deliver("msg_1", body).status(), is(204));
        restart(config -> config);
        assertThat(deliver("msg_2", BODY).status(), is(204));
        assertThat(kept(), is(List.of("msg_1", "msg_2")));
        assertThat(new String(Kept.in(folder).getFirst().body(), UTF_8), is(body));
    }

    @Test
    void whatHappensInARoomDropsWhatIsKnownOfIt() {
        Room room = api.openRoom(NewRoom.DEFAULT);
        String path = "/rooms/" + room.code();
        wire.get(path);
        assertThat(wire.get(path).header("Age"), is(Optional.of("0")));
        String event = WebhookCodec.write(new RoomClosed(Clock.systemUTC().instant(), room));
        assertThat(deliver("msg_1", event).status(), is(204));
        assertThat("asked again", wire.get(path).header("Age"), is(Optional.empty()));
        assertThat("kept again", wire.get(path).header("Age"), is(Optional.of("0")));
        assertThat(deliver("msg_1", event).status(), is(204));
        assertThat("a repetition changes nothing", wire.get(path).header("Age"), is(Optional.of("0")));
    }

    @Test
    void anyOfTheActiveSecretsWillDo() throws IOException {
        assertThat(
                deliver("msg_1", BODY, secret('b'), Clock.systemUTC(), Map.of()).status(), is(204));
        Answer answer = deliver("msg_2", BODY, secret('c'), Clock.systemUTC(), Map.of());
        assertThat(answer.status() + " " + answer.code(), is("401 UNAUTHORIZED"));
        assertThat(kept(), is(List.of("msg_1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-330  | 400 MALFORMED_REQUEST | the delivery was made 33",
                "330   | 400 MALFORMED_REQUEST | in the future",
                "-270  | 204 |",
                "270   | 204 |",
            })
    void theTimeOfTheAttemptMayBeFiveMinutesOff(int seconds, String outcome, String says) throws IOException {
        // Seconds may pass until it is looked at.
        Answer answer =
                deliver("msg_1", BODY, SECRET, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)), Map.of());
        String told = answer.status() == 204 ? "204" : answer.status() + " " + answer.code();
        assertThat(told, is(outcome));
        assertThat(kept().size(), is(outcome.equals("204") ? 1 : 0));
        if (says != null) {
            assertThat(answer.text(), containsString(says));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook-id        |       | 400 MALFORMED_REQUEST",
                "webhook-id        | msg.1 | 400 MALFORMED_REQUEST",
                "webhook-timestamp |       | 400 MALFORMED_REQUEST",
                "webhook-timestamp | soon  | 400 MALFORMED_REQUEST",
                "webhook-signature |       | 400 MALFORMED_REQUEST",
                "webhook-signature | v1,YQ | 401 UNAUTHORIZED",
                "webhook-signature | v2,x  | 401 UNAUTHORIZED",
                "webhook-id        | msg_2 | 401 UNAUTHORIZED"
            })
    void whatIsNotGenuineIsRefusedAndNotKept(String header, String value, String outcome) throws IOException {
        Answer answer = deliver(
                "msg_1",
                BODY,
                SECRET,
                Clock.systemUTC(),
                Map.of(header, Optional.ofNullable(value).orElse("")));
        assertThat(answer.status() + " " + answer.code(), is(outcome));
        assertThat(kept(), is(List.of()));
    }

    @Test
    void aBodyMayHave256Kib() throws IOException {
        String most = "{\"x\":\"" + "y".repeat(256 * 1024 - 8) + "\"}";
        assertThat(deliver("msg_1", most).status(), is(204));
        Answer answer = deliver("msg_2", most + " ");
        assertThat(answer.status() + " " + answer.code(), is("413 PAYLOAD_TOO_LARGE"));
        assertThat(kept(), is(List.of("msg_1")));
    }

    @Test
    void aDiskThatFailsIsToldAndTheSenderComesAgain() throws IOException {
        Path hidden = temporary.resolve("hidden");
        Files.move(folder, hidden);
        Answer answer = deliver("msg_1", BODY);
        assertThat(answer.status() + " " + answer.code(), is("503 UNAVAILABLE"));
        assertThat(answer.header("Retry-After"), is(Optional.of("5")));
        assertThat(answer.text(), not(containsString(folder.toString())));
        Files.move(hidden, folder);
        assertThat(deliver("msg_1", BODY).status(), is(204));
        assertThat(kept(), is(List.of("msg_1")));
        assertThat(wire.get("/metrics").text(), containsString("ludo_webhooks_total{outcome=\"unavailable\"} 1.0"));
    }

    @Test
    void ofTwoProxiesWithOneFolderTheSecondTakesOverWhenTheFirstEnds() throws IOException {
        LudoServer first = proxy;
        Wire ofTheFirst = wire;
        start(config -> config);
        try (ofTheFirst) {
            Answer answer = deliver("msg_1", BODY);
            assertThat(answer.status() + " " + answer.code(), is("503 UNAVAILABLE"));
            assertThat(wire.get("/metrics").text(), containsString("ludo_inbox_held 0.0"));
            String metrics = ofTheFirst.get("/metrics").text();
            assertThat(metrics, containsString("ludo_inbox_held 1.0"));
            assertThat(metrics, containsString("\nludo_inbox_bytes 0.0"));
            assertThat(metrics, containsString("\nludo_inbox_waiting 0.0"));
            assertThat(metrics, containsString("\nludo_inbox_ids 0.0"));
        } finally {
            first.close();
        }
        Instant deadline = Instant.now().plusSeconds(20);
        while (deliver("msg_1", BODY).status() == 503 && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait(); // it tries once a second
        }
        assertThat(wire.get("/metrics").text(), containsString("ludo_inbox_held 1.0"));
        assertThat(wire.get("/metrics").text(), not(containsString("ludo_inbox_bytes 0.0")));
        assertThat(wire.get("/metrics").text(), containsString("\nludo_inbox_ids 1.0"));
        assertThat(wire.get("/metrics").text(), not(containsString("ludo_inbox_ids_bytes 0.0")));
        assertThat(kept(), is(List.of("msg_1")));
    }

    @Test
    void deliveriesAreNeitherCountedNorAskedForAToken() throws IOException {
        restart(config -> config.withGuard(GuardConfig.DEFAULT
                .withProxyTokens(List.of(Secret.of("a-proxy-token")))
                .withLimits(1, 10)));
        for (int i = 0; i < 3; i++) {
            assertThat(deliver("msg_" + i, BODY).status(), is(204));
        }
        assertThat(kept().size(), is(3));
    }

    @Test
    void aProxyWithoutSecretsTakesNone() {
        wire.close();
        proxy.close();
        proxy = LudoServer.start(ProxyTest.config(api));
        wire = new Wire(proxy.uri());
        Answer answer = deliver("msg_1", BODY);
        assertThat(answer.status() + " " + answer.code(), is("404 NOT_FOUND"));
        assertThat(answer.text(), containsString("LUDO_WEBHOOK_SECRETS"));
    }
}
