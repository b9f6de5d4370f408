package dev.ludo.core.webhook;

import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomPlayer;
import dev.ludo.core.model.WebhookEventType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Something that the API tells by webhook. What a newer API sends arrives as {@link UnknownWebhookEvent}.
 *
 * <p>Deliveries may come twice and out of order: {@link #timestamp} says when it happened, and the delivery's
 * {@code webhook-id} which of them are the same.
 */
public sealed interface WebhookEvent {

    /**
     * When it happened.
     *
     * @return the time of the event itself, not that of the delivery
     */
    Instant timestamp();

    /**
     * The type as it stands on the wire.
     *
     * @return such as {@code game.ended}
     */
    default String type() {
        return switch (this) {
            case RoomCreated e -> WebhookEventType.ROOM_CREATED.word();
            case RoomClosed e -> WebhookEventType.ROOM_CLOSED.word();
            case PlayerJoined e -> WebhookEventType.PLAYER_JOINED.word();
            case GameStarted e -> WebhookEventType.GAME_STARTED.word();
            case GameEnded e -> WebhookEventType.GAME_ENDED.word();
            case UnknownWebhookEvent e -> e.type();
        };
    }

    /**
     * A room was made.
     *
     * @param timestamp when
     * @param room the room
     */
    record RoomCreated(Instant timestamp, Room room) implements WebhookEvent {
        /** Checks what must be there. */
        public RoomCreated {
            Objects.requireNonNull(timestamp, "timestamp is missing");
            Objects.requireNonNull(room, "room is missing");
        }
    }

    /**
     * A room closed for good.
     *
     * @param timestamp when
     * @param room the room as it was at the end
     */
    record RoomClosed(Instant timestamp, Room room) implements WebhookEvent {
        /** Checks what must be there. */
        public RoomClosed {
            Objects.requireNonNull(timestamp, "timestamp is missing");
            Objects.requireNonNull(room, "room is missing");
        }
    }

    /**
     * A player took a seat.
     *
     * @param timestamp when
     * @param room the room, with the player in it
     * @param player the player as seated
     */
    record PlayerJoined(Instant timestamp, Room room, RoomPlayer player) implements WebhookEvent {
        /** Checks what must be there. */
        public PlayerJoined {
            Objects.requireNonNull(timestamp, "timestamp is missing");
            Objects.requireNonNull(room, "room is missing");
            Objects.requireNonNull(player, "player is missing");
        }
    }

    /**
     * A game began.
     *
     * @param timestamp when
     * @param game who plays what
     */
    record GameStarted(Instant timestamp, GameSummary game) implements WebhookEvent {
        /** Checks what must be there. */
        public GameStarted {
            Objects.requireNonNull(timestamp, "timestamp is missing");
            Objects.requireNonNull(game, "game is missing");
        }
    }

    /**
     * A game is over.
     *
     * @param timestamp when
     * @param game who played, and who won
     * @param ranking all players by place, the winner first; empty if the API does not say
     */
    record GameEnded(Instant timestamp, GameSummary game, List<PlayerId> ranking) implements WebhookEvent {
        /** Checks what must be there, and copies the list. */
        public GameEnded {
            Objects.requireNonNull(timestamp, "timestamp is missing");
            Objects.requireNonNull(game, "game is missing");
            ranking = List.copyOf(ranking);
        }
    }

    /**
     * An event of a type that this version does not know. Nothing of it is lost.
     *
     * @param timestamp when it happened
     * @param type the type as it came
     * @param raw the whole body as JSON text
     */
    record UnknownWebhookEvent(Instant timestamp, String type, String raw) implements WebhookEvent {
        /** Checks what must be there. */
        public UnknownWebhookEvent {
            Objects.requireNonNull(timestamp, "timestamp is missing");
            Objects.requireNonNull(type, "type is missing");
            Objects.requireNonNull(raw, "raw is missing");
        }
    }
}
