package dev.ludo.testkit;

import dev.ludo.core.event.RoomEvent.RoomClosed;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.webhook.WebhookEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;

/** The way of a room from waiting to forgotten, and who is told of it by webhook. Guarded by the world's lock. */
final class RoomLife {
    /** How long a room waits for its game to be started. */
    static final Duration UNSTARTED = Duration.ofMinutes(30);

    /** How long a room stays after its game. */
    static final Duration ENDED = Duration.ofSeconds(60);

    /** How long a closed room can still be read. */
    static final Duration CLOSED = Duration.ofMinutes(10);

    private final Registry registry;
    private final Players players;
    private final History history;
    private final Webhooks webhooks;
    private final InstantSource clock;

    RoomLife(Registry registry, Players players, History history, Webhooks webhooks, InstantSource clock) {
        this.registry = registry;
        this.players = players;
        this.history = history;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    void opened(FakeRoom room) {
        room.life.plan(clock.instant().plus(UNSTARTED), () -> close(room, "nobody started the game"));
        webhooks.tell(WebhookEventType.ROOM_CREATED, at -> new WebhookEvent.RoomCreated(at, room.room()));
    }

    /** A seat was taken. */
    void joined(FakeRoom room, PlayerId who) {
        webhooks.tell(
                WebhookEventType.PLAYER_JOINED,
                at -> new WebhookEvent.PlayerJoined(
                        at, room.room(), room.room().player(who).orElseThrow()));
    }

    void started(FakeRoom room) {
        room.status(RoomStatus.PLAYING);
        room.life.cancel();
        history.begin(room);
        webhooks.tell(
                WebhookEventType.GAME_STARTED,
                at -> new WebhookEvent.GameStarted(at, room.game().summary(room)));
    }

    void ended(FakeRoom room) {
        room.status(RoomStatus.ENDED);
        room.turnEnd.cancel();
        room.botStep.cancel();
        history.end(room);
        webhooks.tell(
                WebhookEventType.GAME_ENDED,
                at -> new WebhookEvent.GameEnded(
                        at, room.game().summary(room), room.game().game().ranking()));
        room.life.plan(clock.instant().plus(ENDED), () -> close(room, "the game is over"));
    }

    /** A seat was given up. An ended room closes with its last one. */
    void left(FakeRoom room) {
        if (room.status() == RoomStatus.ENDED && room.seats().isEmpty()) {
            close(room, "everybody has left");
        }
    }

    private void close(FakeRoom room, String reason) {
        room.status(RoomStatus.CLOSED);
        room.log().append(new RoomClosed(Optional.of(reason)));
        room.audience().dismiss(reason);
        webhooks.tell(WebhookEventType.ROOM_CLOSED, at -> new WebhookEvent.RoomClosed(at, room.room()));
        room.life.plan(clock.instant().plus(CLOSED), () -> forget(room));
    }

    // Bots come into being with their room and go with it.
    private void forget(FakeRoom room) {
        Collection<PlayerId> all = new LinkedHashSet<>();
        room.seats().forEach(seat -> all.add(seat.playerId()));
        room.anyGame().ifPresent(game -> all.addAll(game.game().players()));
        all.stream().filter(players::isBot).forEach(bot -> {
            players.forget(bot);
            history.forget(bot);
        });
        registry.forget(room);
    }
}
