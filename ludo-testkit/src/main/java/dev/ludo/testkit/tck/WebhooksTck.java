package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckFeature.LOCAL_DELIVERY;
import static dev.ludo.testkit.tck.TckFeature.WEBHOOKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.GameMode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** Subscriptions to webhooks, and what is delivered and how it is signed. Sections 1 and 3 of the contract. */
public abstract class WebhooksTck extends TckSuite {
    private static final String URL = "https://hooks.example/ludo";

    private final List<String> subscribed = new ArrayList<>();

    /** For subclasses. */
    protected WebhooksTck() {}

    @AfterEach
    void unsubscribeAll() {
        subscribed.forEach(id -> http().call("DELETE", "/webhooks/" + id, BodyPublishers.noBody()));
    }

    private Reply post(String url, String... events) {
        return http().post("/webhooks", LudoJson.write(Map.of("url", url, "events", List.of(events))));
    }

    private Json subscribe(String url, String... events) {
        Json subscription = post(url, events).data(201);
        subscribed.add(subscription.text("id"));
        return subscription;
    }

    private List<String> listed() {
        return http().get("/webhooks").list(200).stream()
                .map(found -> found.text("id"))
                .toList();
    }

    @TckCase(value = "1: POST /webhooks", needs = WEBHOOKS)
    void whoSubscribesGetsASecretThisOnce() {
        Json made = subscribe(URL, "game.started", "game.ended");
        assertEquals(URL, made.text("url"));
        assertEquals(new TreeSet<>(List.of("game.started", "game.ended")), new TreeSet<>(made.texts("events")));
        assertTrue(made.text("secret").startsWith("whsec_"), "secret must begin with whsec_");
        Json found = http().get("/webhooks").list(200).stream()
                .filter(each -> each.text("id").equals(made.text("id")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("GET /webhooks must list what was made"));
        assertEquals(URL, found.text("url"));
        found.assertAbsent("secret");
    }

    @TckCase(value = "1: DELETE /webhooks/{id}", needs = WEBHOOKS)
    void aSubscriptionCanBeEnded() {
        String id = subscribe(URL, "room.created").text("id");
        Reply deleted = http().call("DELETE", "/webhooks/" + id, BodyPublishers.noBody())
                .expect(204);
        assertEquals(0, deleted.http().body().length, "a 204 has no body");
        assertEquals(false, listed().contains(id));
        http().call("DELETE", "/webhooks/" + id, BodyPublishers.noBody()).failure(404, "NOT_FOUND");
    }

    @TckCase(value = "1: POST /webhooks, form", needs = WEBHOOKS)
    void aSubscriptionNeedsAnAddressAndKnownEvents() {
        http().post("/webhooks", "{}").invalid("events", "url");
        for (String url : List.of("ftp://hooks.example/ludo", "hooks.example", "", "file:///etc/passwd")) {
            post(url, "room.created").invalid("url");
        }
        post(URL, "room.painted").invalid("events");
        post(URL).invalid("events");
    }

    @TckCase(
            value = "3: POST <url>, signed",
            needs = {WEBHOOKS, LOCAL_DELIVERY})
    void whatHappensIsDeliveredAndSigned() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start(target().deadline())) {
            String secret = subscribe(
                            receiver.url(),
                            "room.created",
                            "player.joined",
                            "game.started",
                            "game.ended",
                            "room.closed")
                    .text("secret");
            Table table = playing(2, GameMode.CLASSIC);
            table.tryLeave(table.seat(0)).data(200);
            table.tryLeave(table.seat(1)).data(200);
            String code = table.code().value();
            Json created = receiver.await("room.created", secret, data -> isRoom(data, code));
            created.time("timestamp");
            Json joined = receiver.await("player.joined", secret, data -> isRoom(data.object("room"), code));
            assertTrue(
                    table.seats().stream()
                            .anyMatch(seat -> seat.playerId().value().equals(playerId(joined))),
                    "player.joined must name who joined");
            receiver.await("game.started", secret, data -> data.text("roomCode").equals(code));
            Json ended = receiver.await(
                    "game.ended", secret, data -> data.text("roomCode").equals(code));
            assertEquals(
                    List.of(
                            table.seat(1).playerId().value(),
                            table.seat(0).playerId().value()),
                    ended.object("data").texts("ranking"));
            receiver.await("room.closed", secret, data -> isRoom(data, code));
        }
    }

    private static String playerId(Json joined) {
        return joined.object("data").object("player").text("playerId");
    }

    private static boolean isRoom(Json room, String code) {
        return room.text("code").equals(code);
    }

    @TckCase(
            value = "3: POST <url>, the events subscribed to",
            needs = {WEBHOOKS, LOCAL_DELIVERY})
    void onlyWhatWasSubscribedToIsDelivered() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.start(target().deadline())) {
            String secret = subscribe(receiver.url(), "room.closed").text("secret");
            Table table = playing(2, GameMode.CLASSIC);
            table.seats().forEach(seat -> table.tryLeave(seat).data(200));
            receiver.await(
                    "room.closed", secret, data -> isRoom(data, table.code().value()));
            assertEquals(List.of("room.closed"), receiver.types());
        }
    }
}
