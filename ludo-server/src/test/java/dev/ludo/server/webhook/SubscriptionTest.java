package dev.ludo.server.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.LudoClient;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.CallException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.server.Await;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Sender;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.StubUpstream.Gate;
import dev.ludo.server.Told;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API is asked once to deliver, whatever happens in between, and is asked to end it by nobody but the operator. */
class SubscriptionTest {
    private static final URI PUBLIC = URI.create("https://play.example.com");
    private static final URI RECEIVER = URI.create("https://play.example.com/webhooks/ludo");
    private static final String BODY = "{\"type\":\"room.moved\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{}}";

    @TempDir
    Path folder;

    private FakeLudo api;
    private LudoClient client;

    @BeforeEach
    void start() {
        api = FakeLudo.start();
        client = client(api.baseUri());
    }

    private LudoClient client(URI base) {
        return LudoClient.builder()
                .baseUri(base)
                .apiKey(api.apiKey().reveal())
                .retry(RetryConfig.NONE)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    private LudoServer proxy(URI base) {
        return LudoServer.start(ProxyTest.config(api)
                .withApi(base, api.apiKey())
                .withWebhooks(new WebhookConfig(List.of(), Optional.of(PUBLIC), folder, WebhookConfig.KEPT)));
    }

    private Secret subscribe() throws IOException, InterruptedException {
        List<Secret> told = new ArrayList<>();
        new Subscriptions(folder, client).subscribe(RECEIVER, told::add);
        return told.getLast();
    }

    private Path file() {
        return folder.resolve("subscription.json");
    }

    private WebhookSubscription kept() throws IOException {
        return LudoJson.read(Files.readAllBytes(file()), WebhookSubscription.class);
    }

    private static Answer deliver(Wire wire, String id, Secret secret) {
        return Sender.deliver(wire, secret, id, BODY);
    }

    @Test
    void theApiIsAskedForEverythingOnceAndTheNextProcessUsesWhatIsKept() throws Exception {
        subscribe();
        WebhookSubscription first = kept();
        assertThat(first.url(), is(RECEIVER));
        assertThat(first.events().size(), is(5));
        subscribe();
        assertThat(kept(), is(first));
        assertThat(client.webhooks().list(), is(List.of(first.withoutSecret())));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())), is("rw-------"));
    }

    @Test
    void aProxyTakesWhatTheApiSignsForItAlsoWhileTheApiIsAway() throws Exception {
        Secret secret = subscribe();
        api.faults().add(FaultRule.before(Fault.reset()).on(FaultMatch.path("/v1/webhooks")));
        try (LudoServer proxy = proxy(api.baseUri());
                Wire wire = new Wire(proxy.uri())) {
            Instant deadline = Instant.now().plusSeconds(20);
            Answer answer = deliver(wire, "msg_1", secret);
            while (answer.status() == 503 && Instant.now().isBefore(deadline)) { // until the file is read
                answer = deliver(wire, "msg_1", secret);
            }
            assertThat(answer.status(), is(204));
        }
    }

    @Test
    void aProxyThatRunsTakesWhatIsSignedForASubscriptionThatAnotherHasMade() throws Exception {
        Secret first = subscribe();
        try (LudoServer proxy = proxy(api.baseUri());
                Wire wire = new Wire(proxy.uri())) {
            assertThat(deliver(wire, "msg_1", first).status(), is(204));
            client.webhooks().delete(kept().id());
            LudoServer another = proxy(api.baseUri());
            try {
                Await.until(
                        "it has subscribed anew",
                        () -> Files.exists(file()) && !kept().secret().equals(Optional.of(first)));
            } finally {
                another.close();
            }
            Secret second = kept().secret().orElseThrow();
            Await.until(
                    "it looks for another secret",
                    () -> deliver(wire, "msg_2", second).status() == 204);
            assertThat("what was signed before", deliver(wire, "msg_3", first).status(), is(204));
            assertThat(
                    deliver(wire, "msg_4", Secret.of("whsec_" + "a".repeat(40))).status(), is(401));
        }
    }

    @Test
    void strangersHaveTheFileReadOnceASecondAtMost() throws Exception {
        AtomicLong nanoTime = new AtomicLong();
        ActiveSecrets secrets = new ActiveSecrets(List.of(), Clock.systemUTC());
        SubscriptionNews news = new SubscriptionNews(new Subscriptions(folder, client), secrets, nanoTime::get);
        news.look();
        subscribe();
        news.look();
        assertThat(secrets.verifier().isPresent(), is(false));
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        news.look();
        assertThat(secrets.verifier().isPresent(), is(true));
    }

    @Test
    void whyTheSecretCannotBeReadIsToldOnce() throws Exception {
        AtomicLong nanoTime = new AtomicLong();
        ActiveSecrets secrets = new ActiveSecrets(List.of(), Clock.systemUTC());
        SubscriptionNews news = new SubscriptionNews(new Subscriptions(folder, client), secrets, nanoTime::get);
        Files.writeString(file(), "{");
        try (Told told = new Told(SubscriptionNews.class)) {
            for (int i = 0; i < 3; i++) {
                news.look();
                nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
            }
            assertThat(told.lines("WARNING ").size(), is(1));
        }
        Files.delete(file());
        subscribe();
        news.look();
        assertThat(secrets.verifier().isPresent(), is(true));
    }

    @Test
    void aDeliveryThatComesBeforeTheSecretIsKnownIsToComeAgain() throws Exception {
        try (StubUpstream slow = new StubUpstream()) {
            Gate gate = slow.holds();
            try (LudoServer proxy = proxy(slow.uri());
                    Wire wire = new Wire(proxy.uri())) {
                gate.awaitCall();
                Answer answer = deliver(wire, "msg_1", Secret.of("whsec_" + "a".repeat(40)));
                assertThat(answer.status() + " " + answer.code(), is("503 UNAVAILABLE"));
                assertThat(answer.header("Retry-After").isPresent(), is(true));
            } finally {
                gate.open();
            }
        }
    }

    @Test
    void severalProcessesShareOneSubscription() throws Exception {
        CountDownLatch together = new CountDownLatch(1);
        List<Future<Secret>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    together.await();
                    return subscribe();
                }));
            }
            together.countDown();
            for (Future<Secret> secret : all) {
                assertThat(secret.get(), is(kept().secret().orElseThrow()));
            }
        }
        assertThat(client.webhooks().list().size(), is(1));
    }

    @Test
    void aProcessThatEndsBeforeItHasTheAnswerLeavesNoOtherSubscriptionBehind() throws Exception {
        api.faults().add(FaultRule.after(Fault.drop()).on(FaultMatch.call("POST", "/v1/webhooks")));
        assertThrows(CallException.class, this::subscribe);
        assertThat(Files.exists(file()), is(false));
        assertThat(client.webhooks().list().size(), is(1));
        subscribe();
        assertThat(client.webhooks().list(), is(List.of(kept().withoutSecret())));
    }

    @Test
    void aSubscriptionThatTheApiDoesNotKnowAnyMoreIsMadeAnew() throws Exception {
        Secret first = subscribe();
        client.webhooks().delete(kept().id());
        Secret second = subscribe();
        assertThat(second, is(not(first)));
        assertThat(client.webhooks().list(), is(List.of(kept().withoutSecret())));
    }

    @Test
    void itEndsWhereTheOperatorSaysSo() throws Exception {
        Subscriptions subscriptions = new Subscriptions(folder, client);
        assertThat(subscriptions.unsubscribe(), is(Optional.empty()));
        subscribe();
        WebhookSubscription kept = kept();
        assertThat(subscriptions.unsubscribe(), is(Optional.of(kept.withoutSecret())));
        assertThat(client.webhooks().list(), is(List.of()));
        assertThat(Files.exists(file()), is(false));
        subscribe();
        client.webhooks().delete(kept().id());
        assertThat(subscriptions.unsubscribe().isPresent(), is(true));
        assertThat(Files.exists(file()), is(false));
    }

    @Test
    void anApiThatFailsIsAskedAgainAfterLongerAndLongerPauses() throws Exception {
        try (StubUpstream failing = new StubUpstream();
                LudoClient asks = client(failing.uri())) {
            failing.answers(500, "");
            List<Long> seconds = new ArrayList<>(); // the subscriber's until it has ended
            Subscriber subscriber = new Subscriber(
                    new Subscriptions(folder, asks),
                    RECEIVER,
                    new ActiveSecrets(List.of(), Clock.systemUTC()),
                    pause -> {
                        seconds.add(pause.toSeconds());
                        if (seconds.size() == 10) {
                            failing.answers(404, "{\"success\":false,\"error\":\"no\",\"code\":\"NOT_FOUND\"}");
                        }
                    });
            subscriber.join(); // an API that knows no webhooks is left alone
            assertThat(seconds, is(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L)));
        }
    }

    @Test
    void aSecretThatIsNoneIsToldAndAskedForAgain() throws Exception {
        try (StubUpstream odd = new StubUpstream();
                LudoClient asks = client(odd.uri());
                Told told = new Told(Subscriber.class)) {
            odd.answers(201, subscription("no-secret-at-all"));
            List<Long> seconds = new ArrayList<>(); // the subscriber's until it has ended
            ActiveSecrets secrets = new ActiveSecrets(List.of(), Clock.systemUTC());
            Subscriber subscriber = new Subscriber(new Subscriptions(folder, asks), RECEIVER, secrets, pause -> {
                seconds.add(pause.toSeconds());
                if (seconds.size() == 3) {
                    odd.answers(201, subscription("whsec_" + "a".repeat(40)));
                }
            });
            subscriber.join();
            assertThat(seconds, is(List.of(1L, 2L, 4L)));
            assertThat(
                    told.lines("WARNING the API does not deliver webhooks to " + RECEIVER + " yet")
                            .size(),
                    is(3));
            assertThat(secrets.verifier().isPresent(), is(true));
            assertThat(kept().secret().isPresent(), is(true));
        }
    }

    private static String subscription(String secret) {
        return "{\"success\":true,\"data\":{\"id\":\"wh_1\",\"url\":\"" + RECEIVER
                + "\",\"events\":[\"room.created\"],\"secret\":\"" + secret + "\"}}";
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndLeftAlone() throws Exception {
        Files.writeString(file(), "{");
        IOException refused = assertThrows(IOException.class, this::subscribe);
        assertThat(String.valueOf(refused.getMessage()), containsString("subscription.json"));
        assertThat(Files.readString(file()), is("{"));
        assertThat(client.webhooks().list(), is(List.of()));
    }
}
