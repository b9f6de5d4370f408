package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookId;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.core.webhook.WebhookEvent;
import dev.ludo.core.webhook.WebhookSigner;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Who wants to be told of what by webhook, and the telling. Guarded by the world's lock; what is posted is posted outside
 * of it.
 *
 * <p>Each webhook gets one delivery at a time, in the order of the events. One that fails waits for its next attempt while
 * those after it go on; its waits count from the attempt before, so that moving the clock early loses nothing.
 */
final class Webhooks {
    /** The waits before each further attempt; after the last, a delivery is given up. */
    static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    private static final int MOST = 100;

    /** How many deliveries of one webhook may wait; past it the oldest are lost. */
    private static final int MOST_WAITING = 1_000;

    private static final int ATTEMPTS_KEPT = 1_000;

    private record Delivery(String id, String type, String body, int attempt) {
        Delivery again() {
            return new Delivery(id, type, body, attempt + 1);
        }
    }

    private static final class Receiver {
        private final WebhookSubscription subscription;
        private final WebhookSigner signer;
        private final Deque<Delivery> ready = new ArrayDeque<>();
        private boolean busy;
        private boolean gone;

        private Receiver(WebhookSubscription subscription, WebhookSigner signer) {
            this.subscription = subscription;
            this.signer = signer;
        }
    }

    private final Map<WebhookId, Receiver> receivers = new LinkedHashMap<>();
    private final Deque<WebhookAttempt> attempts = new ArrayDeque<>();
    private final Ids ids;
    private final Agenda agenda;
    private final Courier courier;
    private final VirtualClock clock;

    Webhooks(Ids ids, Agenda agenda, Courier courier, VirtualClock clock) {
        this.ids = ids;
        this.agenda = agenda;
        this.courier = courier;
        this.clock = clock;
    }

    /** Subscribes; only this answer has the secret. */
    WebhookSubscription subscribe(NewWebhook wish) {
        if (receivers.size() == MOST) {
            throw ApiFailure.of(ErrorCode.UNAVAILABLE, "there are " + MOST + " webhooks, and this fake takes no more");
        }
        WebhookSubscription subscription =
                new WebhookSubscription(ids.webhook(), wish.url(), wish.events(), Optional.of(ids.webhookSecret()));
        WebhookSigner signer =
                new WebhookSigner(List.of(subscription.secret().orElseThrow()), clock.withZone(ZoneOffset.UTC));
        receivers.put(subscription.id(), new Receiver(subscription, signer));
        return subscription;
    }

    List<WebhookSubscription> all() {
        return receivers.values().stream()
                .map(receiver -> receiver.subscription)
                .toList();
    }

    /** Ends a subscription, with all that waits to be delivered there. */
    void delete(String id) {
        Receiver receiver = receivers.values().stream()
                .filter(any -> any.subscription.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiFailure.of(ErrorCode.NOT_FOUND, "there is no webhook " + id));
        receivers.remove(receiver.subscription.id());
        receiver.gone = true;
        receiver.ready.clear();
    }

    /** Tells all who want to know of an event. */
    void tell(WebhookEventType type, Function<Instant, WebhookEvent> happened) {
        List<Receiver> wanting = receivers.values().stream()
                .filter(receiver -> receiver.subscription.events().contains(type))
                .toList();
        if (wanting.isEmpty()) {
            return;
        }
        String body = WebhookCodec.write(happened.apply(clock.instant()));
        wanting.forEach(receiver -> enqueue(receiver, new Delivery(ids.delivery(), type.word(), body, 1)));
    }

    private void enqueue(Receiver receiver, Delivery delivery) {
        if (receiver.gone) {
            return;
        }
        if (receiver.ready.size() == MOST_WAITING) {
            receiver.ready.remove();
        }
        receiver.ready.add(delivery);
        deliver(receiver);
    }

    private void deliver(Receiver receiver) {
        if (receiver.busy || receiver.ready.isEmpty()) {
            return;
        }
        receiver.busy = true;
        Delivery delivery = receiver.ready.remove();
        Instant begun = clock.instant();
        courier.post(
                new Courier.Letter(
                        receiver.subscription.url(),
                        receiver.signer
                                .sign(delivery.id, delivery.body.getBytes(UTF_8))
                                .asMap(),
                        delivery.body),
                status -> agenda.now(() -> answered(receiver, delivery, begun, status)));
    }

    private void answered(Receiver receiver, Delivery delivery, Instant begun, OptionalInt status) {
        receiver.busy = false;
        if (attempts.size() == ATTEMPTS_KEPT) {
            attempts.remove();
        }
        attempts.add(new WebhookAttempt(
                receiver.subscription.id(), delivery.id, delivery.type, delivery.attempt, begun, status));
        boolean taken = status.isPresent() && status.getAsInt() / 100 == 2;
        if (!taken && delivery.attempt <= WAITS.size()) {
            Instant next = begun.plus(WAITS.get(delivery.attempt - 1));
            agenda.slot().plan(next, () -> enqueue(receiver, delivery.again()));
        }
        deliver(receiver);
    }

    /** The last attempts that have been answered or have failed. */
    List<WebhookAttempt> attempts() {
        return List.copyOf(attempts);
    }
}
