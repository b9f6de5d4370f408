package dev.ludo.core.json;

import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.WebhookEventType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the bodies of requests. Each method reads all its fields and throws {@link InvalidRequestException} naming every
 * one that is wrong.
 */
public final class Requests {
    private Requests() {}

    /**
     * A player who registers.
     *
     * @param fields the body
     * @return the request
     */
    public static NewPlayer newPlayer(Fields fields) {
        Optional<PlayerName> name = fields.text("playerName", PlayerName::of);
        Optional<String> deviceId = fields.text("deviceId", text -> atMost(text, "deviceId"));
        Optional<String> platform = fields.text("platform", text -> atMost(text, "platform"));
        fields.require("playerName").check();
        return new NewPlayer(name.orElseThrow(), deviceId, platform);
    }

    private static String atMost(String text, String name) {
        if (text.length() > 128) {
            throw new IllegalArgumentException(name + " must be at most 128 characters");
        }
        return text;
    }

    /**
     * A room that is asked for; a classic one for four if nothing is said.
     *
     * @param fields the body
     * @return the request
     */
    public static NewRoom newRoom(Fields fields) {
        OptionalInt maxPlayers = fields.integer("maxPlayers", 2, 4);
        Optional<GameMode> gameMode = fields.word("gameMode", GameMode.class);
        fields.check();
        return new NewRoom(
                maxPlayers.orElse(NewRoom.DEFAULT.maxPlayers()), gameMode.orElse(NewRoom.DEFAULT.gameMode()));
    }

    /**
     * A player who wants to join a room.
     *
     * @param fields the body
     * @return who
     */
    public static PlayerId join(Fields fields) {
        Optional<PlayerId> playerId = fields.text("playerId", PlayerId::of);
        fields.require("playerId").check();
        return playerId.orElseThrow();
    }

    /**
     * A move.
     *
     * @param fields the body
     * @return the request
     */
    public static Move move(Fields fields) {
        Optional<PieceId> pieceId = fields.text("pieceId", PieceId::parse);
        OptionalInt target = fields.integer("targetPosition", 0, 57);
        fields.require("pieceId", "targetPosition").check();
        return new Move(pieceId.orElseThrow(), Position.of(target.orElseThrow()));
    }

    /**
     * A webhook that is asked for.
     *
     * @param fields the body
     * @return the request
     */
    public static NewWebhook newWebhook(Fields fields) {
        Optional<URI> url = fields.text("url", NewWebhook::address);
        Optional<List<WebhookEventType>> events = fields.wordList("events", WebhookEventType.class);
        fields.require("url", "events").check();
        return new NewWebhook(url.orElseThrow(), events.orElseThrow());
    }
}
