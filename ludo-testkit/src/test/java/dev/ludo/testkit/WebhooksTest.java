package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.core.webhook.WebhookEvent;
import dev.ludo.core.webhook.WebhookEvent.GameEnded;
import dev.ludo.core.webhook.WebhookEvent.GameStarted;
import dev.ludo.core.webhook.WebhookEvent.PlayerJoined;
import dev.ludo.core.webhook.WebhookEvent.RoomClosed;
import dev.ludo.core.webhook.WebhookEvent.RoomCreated;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksTest extends WithFake {
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    private WebhookSubscription subscribe(String... events) {
        String body = "{\"url\":\"" + receiver.url() + "\",\"events\":[\"" + String.join("\",\"", events) + "\"]}";
        Api.Reply reply = api.post("webhooks", body);
        assertThat(reply.status(), is(201));
        return reply.as(WebhookSubscription.class);
    }

    private WebhookEvent next() {
        return WebhookCodec.read(receiver.next().body().getBytes(UTF_8));
    }

    @Test
    void theSecretIsShownOnceAndASubscriptionEnds() throws InterruptedException {
        WebhookSubscription made = subscribe("room.created", "room.closed", "room.created");
        assertThat(made.secret().orElseThrow().reveal(), matchesRegex("whsec_[A-Za-z0-9+/]{43}="));
        assertThat(made.events(), is(List.of(WebhookEventType.ROOM_CREATED, WebhookEventType.ROOM_CLOSED)));
        assertThat(
                LudoJson.readList(api.get("webhooks").list(), WebhookSubscription.class),
                is(List.of(made.withoutSecret())));
        assertThat(api.get("webhooks").text().contains("whsec_"), is(false));
        assertThat(api.call("DELETE", "webhooks/" + made.id(), "").status(), is(204));
        assertThat(api.call("DELETE", "webhooks/" + made.id(), "").outcome(), is("404 NOT_FOUND"));
        assertThat(api.get("webhooks").list().size(), is(0));
        ludo.openRoom();
        WebhookSubscription other = subscribe("room.created");
        Room room = ludo.openRoom();
        assertThat(next(), is(new RoomCreated(START, room)));
        assertThat(
                ludo.awaitWebhookAttempts(1, SOON).stream()
                        .map(WebhookAttempt::subscription)
                        .toList(),
                is(List.of(other.id())));
    }

    @Test
    void theControlApiShowsASubscriptionWithoutItsSecret() {
        WebhookSubscription made = subscribe("room.created");
        String state = api.control("GET", "state", "").text();
        assertThat(state.contains(made.id().value()), is(true));
        assertThat(state.contains(made.secret().orElseThrow().reveal()), is(false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | url, events",
                "{'url':'http://localhost/','events':[]} | events",
                "{'url':'http://localhost/','events':'room.created'} | events",
                "{'url':'http://localhost/','events':['room.created','room.opened']} | events",
                "{'url':7,'events':['room.created']} | url",
                "{'url':'/hook','events':['room.created']} | url",
                "{'url':'ftp://localhost/','events':['room.created']} | url",
                "{'url':'file:///etc/passwd','events':['room.created']} | url",
                "{'url':'http://me:secret@localhost/','events':['room.created']} | url"
            })
    void aBadFieldIsNamed(String body, String fields) {
        Api.Reply reply = api.post("webhooks", body.replace('\'', '"'));
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(String.join(", ", reply.fields()), is(fields));
    }

    @Test
    void everythingThatHappensIsToldInItsOrder() {
        subscribe("room.created", "room.closed", "player.joined", "game.started", "game.ended");
        Room room = api.open(2, "ranked");
        assertThat(next(), is(new RoomCreated(START, room)));
        Api.Seated ann = api.seat(room, "Ann");
        Room withAnn = api.room(room);
        assertThat(next(), is(new PlayerJoined(START, withAnn, withAnn.players().getFirst())));
        Api.Seated bob = api.seat(room, "Bob");
        PlayerJoined second = (PlayerJoined) next();
        assertThat(second.player().playerId(), is(bob.playerId()));
        assertThat(second.room().playerCount(), is(2));
        GameStarted started = (GameStarted) next();
        assertThat(started.game().gameId(), is(api.room(room).gameId().orElseThrow()));
        assertThat(started.game().status(), is(GameStatus.PLAYING));
        ludo.advance(Duration.ofSeconds(7));
        api.post("rooms/" + room.code() + "/leave", "", ann.header()).data();
        GameEnded ended = (GameEnded) next();
        assertThat(ended.timestamp(), is(START.plusSeconds(7)));
        assertThat(ended.ranking(), is(List.of(bob.playerId(), ann.playerId())));
        assertThat(ended.game().winnerId(), is(Optional.of(bob.playerId())));
        assertThat(ended.game().endedAt(), is(Optional.of(START.plusSeconds(7))));
        ludo.advance(Duration.ofSeconds(60));
        RoomClosed closed = (RoomClosed) next();
        assertThat(closed.room().status(), is(RoomStatus.CLOSED));
        assertThat(receiver.isQuiet(), is(true));
    }

    @Test
    void onlyWhatWasAskedForIsDelivered() {
        subscribe("game.ended");
        Table table = ludo.gameAt(GameAt.players(2));
        api.post("rooms/" + table.room().code() + "/leave", "", "X-Player-Token", token(table, Color.RED))
                .data();
        assertThat(next().type(), is("game.ended"));
        assertThat(receiver.isQuiet(), is(true));
    }

    private static String token(Table table, Color color) {
        return table.player(color).playerToken().reveal();
    }

    @Test
    void aDeliveryIsSignedAsTheStandardSays() throws GeneralSecurityException {
        WebhookSubscription made = subscribe("room.created");
        ludo.openRoom(2, GameMode.QUICK);
        Receiver.Delivery delivery = receiver.next();
        assertThat(delivery.path(), is("/hook"));
        assertThat(delivery.contentType(), is("application/json"));
        assertThat(delivery.id(), matchesRegex("msg_[a-z0-9]{24}"));
        assertThat(delivery.timestamp(), is(Long.toString(START.getEpochSecond())));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getDecoder().decode(made.secret().orElseThrow().reveal().substring("whsec_".length())),
                "HmacSHA256"));
        String signed = delivery.id() + '.' + delivery.timestamp() + '.' + delivery.body();
        assertThat(
                delivery.signature(),
                is("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)))));
    }

    @Test
    void whatFailsIsTriedAgainOnTheFakesClockUntilItIsTaken() throws InterruptedException {
        receiver.answers(500, 404, 302);
        subscribe("room.created");
        ludo.openRoom();
        List<Receiver.Delivery> all = new ArrayList<>(List.of(receiver.next()));
        for (Duration wait : List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30))) {
            ludo.awaitWebhookAttempts(all.size(), SOON);
            ludo.advance(wait.minusMillis(1));
            assertThat(ludo.webhookAttempts().size(), is(all.size()));
            ludo.advance(Duration.ofMillis(1));
            all.add(receiver.next());
        }
        assertThat(
                "a redirect is not followed",
                all.stream().map(Receiver.Delivery::path).distinct().toList(),
                is(List.of("/hook")));
        assertThat(all.stream().map(Receiver.Delivery::id).distinct().count(), is(1L));
        assertThat(all.stream().map(Receiver.Delivery::body).distinct().count(), is(1L));
        assertThat(
                "the time is that of the attempt",
                all.stream()
                        .map(delivery -> Long.parseLong(delivery.timestamp()) - START.getEpochSecond())
                        .toList(),
                is(List.of(0L, 5L, 305L, 2105L)));
        List<WebhookAttempt> attempts = ludo.awaitWebhookAttempts(4, SOON);
        assertThat(
                attempts.stream().map(WebhookAttempt::status).toList(),
                is(List.of(OptionalInt.of(500), OptionalInt.of(404), OptionalInt.of(302), OptionalInt.of(204))));
        assertThat(attempts.stream().map(WebhookAttempt::number).toList(), is(List.of(1, 2, 3, 4)));
        ludo.advance(Duration.ofDays(3));
        assertThat("what was taken is not sent again", receiver.isQuiet(), is(true));
    }

    @Test
    void afterEightAttemptsADeliveryIsGivenUp() throws InterruptedException, IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        ludo.subscribe(NewWebhook.to(URI.create("http://127.0.0.1:" + port + "/"), WebhookEventType.ROOM_CREATED));
        ludo.openRoom();
        for (int i = 1; i <= 7; i++) {
            ludo.awaitWebhookAttempts(i, SOON);
            ludo.advance(Duration.ofHours(10));
        }
        List<WebhookAttempt> attempts = ludo.awaitWebhookAttempts(8, SOON);
        assertThat(attempts.getLast().status(), is(OptionalInt.empty()));
        ludo.advance(Duration.ofDays(30));
        ludo.subscribe(NewWebhook.to(receiver.url(), WebhookEventType.ROOM_CREATED));
        ludo.openRoom();
        receiver.next();
        assertThat(
                ludo.webhookAttempts().stream()
                        .filter(attempt ->
                                attempt.deliveryId().equals(attempts.getFirst().deliveryId()))
                        .count(),
                is(8L));
    }

    @Test
    void oneThatFailsHoldsUpNoOther() throws InterruptedException {
        receiver.answers(503);
        subscribe("room.created");
        Room first = ludo.openRoom();
        Room second = ludo.openRoom();
        assertThat(next(), is(new RoomCreated(START, first)));
        assertThat(next(), is(new RoomCreated(START, second)));
        ludo.awaitWebhookAttempts(2, SOON);
        ludo.advance(Duration.ofSeconds(5));
        assertThat(next(), is(new RoomCreated(START, first)));
    }

    @Test
    void aSubscriptionThatHasEndedGetsNoMoreAttempts() throws InterruptedException {
        receiver.answers(500);
        WebhookSubscription made = subscribe("room.created");
        ludo.openRoom();
        ludo.awaitWebhookAttempts(1, SOON);
        receiver.next();
        api.call("DELETE", "webhooks/" + made.id(), "");
        ludo.advance(Duration.ofDays(1));
        subscribe("room.created");
        Room room = ludo.openRoom();
        assertThat(((RoomCreated) next()).room().code(), is(room.code()));
        assertThat(receiver.isQuiet(), is(true));
    }

    @Test
    void aResetForgetsThem() {
        subscribe("room.created");
        ludo.reset();
        assertThat(api.get("webhooks").list().size(), is(0));
        ludo.openRoom();
        subscribe("room.closed");
        ludo.openRoom();
        ludo.advance(Duration.ofMinutes(30));
        assertThat(next().type(), is("room.closed"));
    }

    @Test
    void aReceiverThatNeverAnswersDoesNotKeepTheFakeFromClosing() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ludo.subscribe(NewWebhook.to(
                    URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/"), WebhookEventType.ROOM_CREATED));
            ludo.openRoom();
            try (var connection = deaf.accept()) {
                connection.setSoTimeout(20_000);
                String begun = "POST / HTTP/1.1";
                InputStream sent = connection.getInputStream();
                assertThat(new String(sent.readNBytes(begun.length()), UTF_8), is(begun));
                ludo.close();
                sent.readAllBytes(); // ends long before the sender's own patience does
            }
        }
    }

    @Test
    void thereIsABoundOnSubscriptions() {
        for (int i = 0; i < 100; i++) {
            ludo.subscribe(NewWebhook.to(receiver.url(), WebhookEventType.ROOM_CREATED));
        }
        assertThrows(
                IllegalStateException.class,
                () -> ludo.subscribe(NewWebhook.to(receiver.url(), WebhookEventType.ROOM_CREATED)));
        assertThat(
                api.post("webhooks", "{\"url\":\"" + receiver.url() + "\",\"events\":[\"room.created\"]}")
                        .outcome(),
                is("503 UNAVAILABLE"));
    }
}
