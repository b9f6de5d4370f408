package dev.ludo.core.json;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomPlayer;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.Word;
import dev.ludo.core.webhook.WebhookEvent;
import dev.ludo.core.webhook.WebhookEvent.UnknownWebhookEvent;
import dev.ludo.core.webhook.WebhookVerifier;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Webhook events to and from their wire form {@code {"type":…,"timestamp":…,"data":{…}}}. */
public final class WebhookCodec {
    private WebhookCodec() {}

    /**
     * Writes an event.
     *
     * @param event the event
     * @return the body of its delivery, without line breaks
     */
    public static String write(WebhookEvent event) {
        String data = switch (event) {
            case UnknownWebhookEvent unknown -> "";
            case WebhookEvent.RoomCreated created -> LudoJson.write(created.room());
            case WebhookEvent.RoomClosed closed -> LudoJson.write(closed.room());
            case WebhookEvent.PlayerJoined joined ->
                "{\"room\":" + LudoJson.write(joined.room()) + ",\"player\":" + LudoJson.write(joined.player()) + '}';
            case WebhookEvent.GameStarted started -> LudoJson.write(started.game());
            case WebhookEvent.GameEnded ended -> {
                String game = LudoJson.write(ended.game());
                yield game.substring(0, game.length() - 1) + ",\"ranking\":" + LudoJson.write(ended.ranking()) + '}';
            }
        };
        return event instanceof UnknownWebhookEvent unknown
                ? unknown.raw()
                : "{\"type\":\"" + event.type() + "\",\"timestamp\":\"" + event.timestamp() + "\",\"data\":" + data
                        + '}';
    }

    /**
     * Reads an event from the body of a delivery that was {@linkplain WebhookVerifier verified}.
     *
     * @param body at most {@value WebhookVerifier#MAX_BODY} bytes
     * @return the event; one of an unknown type is an {@link UnknownWebhookEvent}
     * @throws MalformedJsonException if it is no JSON object, has no type or no timestamp, or data that does not fit
     */
    public static WebhookEvent read(byte[] body) {
        JsonObject tree = LudoJson.parseObject(body, WebhookVerifier.MAX_BODY);
        if (!(tree.get("type") instanceof JsonString typeText)) {
            throw new MalformedJsonException(Kind.SHAPE, "a webhook event needs a type", null);
        }
        if (!(tree.get("timestamp") instanceof JsonString timestampText)) {
            throw new MalformedJsonException(Kind.SHAPE, "a webhook event needs a timestamp", null);
        }
        String type = typeText.getString();
        Instant timestamp = LudoJson.instant(timestampText.getString(), "timestamp");
        return switch (Word.of(WebhookEventType.class, type)) {
            case ROOM_CREATED -> new WebhookEvent.RoomCreated(timestamp, LudoJson.read(data(tree), Room.class));
            case ROOM_CLOSED -> new WebhookEvent.RoomClosed(timestamp, LudoJson.read(data(tree), Room.class));
            case PLAYER_JOINED -> {
                JsonObject data = data(tree);
                yield new WebhookEvent.PlayerJoined(
                        timestamp,
                        LudoJson.read(object(data, "room"), Room.class),
                        LudoJson.read(object(data, "player"), RoomPlayer.class));
            }
            case GAME_STARTED -> new WebhookEvent.GameStarted(timestamp, LudoJson.read(data(tree), GameSummary.class));
            case GAME_ENDED -> {
                JsonObject data = data(tree);
                yield new WebhookEvent.GameEnded(timestamp, LudoJson.read(data, GameSummary.class), ranking(data));
            }
            case UNKNOWN -> new UnknownWebhookEvent(timestamp, type, new String(body, StandardCharsets.UTF_8));
        };
    }

    private static List<PlayerId> ranking(JsonObject data) {
        JsonValue ranking = data.getOrDefault("ranking", JsonValue.NULL);
        if (ranking.getValueType() == JsonValue.ValueType.NULL) {
            return List.of();
        }
        if (!(ranking instanceof JsonArray array)) {
            throw new MalformedJsonException(
                    Kind.SHAPE, "ranking must be an array, was " + ranking.getValueType(), null);
        }
        return array.stream().map(WebhookCodec::playerId).toList();
    }

    private static PlayerId playerId(JsonValue value) {
        if (!(value instanceof JsonString text)) {
            throw new MalformedJsonException(Kind.SHAPE, "ranking must hold player ids, was " + value, null);
        }
        try {
            return PlayerId.of(text.getString());
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(Kind.SHAPE, "ranking must hold player ids: " + e.getMessage(), e);
        }
    }

    private static JsonObject data(JsonObject tree) {
        return object(tree, "data");
    }

    private static JsonObject object(JsonObject tree, String name) {
        if (tree.get(name) instanceof JsonObject object) {
            return object;
        }
        throw new MalformedJsonException(Kind.SHAPE, "a webhook event needs an object " + name, null);
    }
}
