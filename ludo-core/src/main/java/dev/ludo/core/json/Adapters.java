package dev.ludo.core.json;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomRole;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookId;
import dev.ludo.core.model.Word;
import jakarta.json.bind.adapter.JsonbAdapter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How values that are one word or one number on the wire are bound. The binding library reads the types off each class, so
 * each needs one of its own; a JSON {@code null} becomes an absent value.
 */
final class Adapters {
    private Adapters() {}

    static JsonbAdapter<?, ?>[] all() {
        return new JsonbAdapter<?, ?>[] {
            new OfColor(),
            new OfGameMode(),
            new OfGameStatus(),
            new OfMoveCause(),
            new OfRoomRole(),
            new OfRoomStatus(),
            new OfTurnPhase(),
            new OfTurnReason(),
            new OfWebhookEventType(),
            new OfGameId(),
            new OfPlayerId(),
            new OfPlayerName(),
            new OfRoomCode(),
            new OfWebhookId(),
            new OfPieceId(),
            new OfPosition(),
            new OfInstant(),
            new OfSecret()
        };
    }

    abstract static class OfWord<E extends Enum<E> & Word> implements JsonbAdapter<E, String> {
        private final Class<E> type;

        OfWord(Class<E> type) {
            this.type = type;
        }

        @Override
        public String adaptToJson(E value) {
            return value.word();
        }

        @Override
        public @Nullable E adaptFromJson(@Nullable String word) {
            return word == null ? null : Word.of(type, word);
        }
    }

    static final class OfColor extends OfWord<Color> {
        OfColor() {
            super(Color.class);
        }
    }

    static final class OfGameMode extends OfWord<GameMode> {
        OfGameMode() {
            super(GameMode.class);
        }
    }

    static final class OfGameStatus extends OfWord<GameStatus> {
        OfGameStatus() {
            super(GameStatus.class);
        }
    }

    static final class OfMoveCause extends OfWord<MoveCause> {
        OfMoveCause() {
            super(MoveCause.class);
        }
    }

    static final class OfRoomRole extends OfWord<RoomRole> {
        OfRoomRole() {
            super(RoomRole.class);
        }
    }

    static final class OfRoomStatus extends OfWord<RoomStatus> {
        OfRoomStatus() {
            super(RoomStatus.class);
        }
    }

    static final class OfTurnPhase extends OfWord<TurnPhase> {
        OfTurnPhase() {
            super(TurnPhase.class);
        }
    }

    static final class OfTurnReason extends OfWord<TurnReason> {
        OfTurnReason() {
            super(TurnReason.class);
        }
    }

    static final class OfWebhookEventType extends OfWord<WebhookEventType> {
        OfWebhookEventType() {
            super(WebhookEventType.class);
        }
    }

    static final class OfGameId implements JsonbAdapter<GameId, String> {
        @Override
        public String adaptToJson(GameId value) {
            return value.toString();
        }

        @Override
        public @Nullable GameId adaptFromJson(@Nullable String text) {
            return text == null ? null : GameId.of(text);
        }
    }

    static final class OfPlayerId implements JsonbAdapter<PlayerId, String> {
        @Override
        public String adaptToJson(PlayerId value) {
            return value.toString();
        }

        @Override
        public @Nullable PlayerId adaptFromJson(@Nullable String text) {
            return text == null ? null : PlayerId.of(text);
        }
    }

    static final class OfPlayerName implements JsonbAdapter<PlayerName, String> {
        @Override
        public String adaptToJson(PlayerName value) {
            return value.toString();
        }

        @Override
        public @Nullable PlayerName adaptFromJson(@Nullable String text) {
            return text == null ? null : PlayerName.of(text);
        }
    }

    static final class OfRoomCode implements JsonbAdapter<RoomCode, String> {
        @Override
        public String adaptToJson(RoomCode value) {
            return value.toString();
        }

        @Override
        public @Nullable RoomCode adaptFromJson(@Nullable String text) {
            return text == null ? null : RoomCode.of(text);
        }
    }

    static final class OfWebhookId implements JsonbAdapter<WebhookId, String> {
        @Override
        public String adaptToJson(WebhookId value) {
            return value.toString();
        }

        @Override
        public @Nullable WebhookId adaptFromJson(@Nullable String text) {
            return text == null ? null : WebhookId.of(text);
        }
    }

    static final class OfPieceId implements JsonbAdapter<PieceId, String> {
        @Override
        public String adaptToJson(PieceId value) {
            return value.toString();
        }

        @Override
        public @Nullable PieceId adaptFromJson(@Nullable String text) {
            return text == null ? null : PieceId.parse(text);
        }
    }

    static final class OfPosition implements JsonbAdapter<Position, Integer> {
        @Override
        public Integer adaptToJson(Position value) {
            return value.value();
        }

        @Override
        public @Nullable Position adaptFromJson(@Nullable Integer value) {
            return value == null ? null : Position.of(value);
        }
    }

    static final class OfInstant implements JsonbAdapter<Instant, String> {
        @Override
        public String adaptToJson(Instant value) {
            return Times.print(value);
        }

        @Override
        public @Nullable Instant adaptFromJson(@Nullable String text) {
            return text == null ? null : LudoJson.instant(text, "a time");
        }
    }

    /** Stops a secret from being bound by accident; a component that is meant to hold one says so by {@link Secret.OnWire}. */
    static final class OfSecret implements JsonbAdapter<Secret, String> {
        @Override
        public String adaptToJson(Secret value) {
            throw new IllegalArgumentException("a secret is not written by accident");
        }

        @Override
        public Secret adaptFromJson(String text) {
            throw new IllegalArgumentException("a secret is not read by accident");
        }
    }
}
