package dev.ludo.server.worker;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.webhook.WebhookVerifier;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;

/** Finds the room that an event is of, also of an event of a type that is not known. */
final class EventRoom {
    private EventRoom() {}

    /** The room's code; empty if the body names none. */
    static String of(byte[] body) {
        try {
            JsonObject event = LudoJson.parseObject(body, WebhookVerifier.MAX_BODY);
            return object(event, "data")
                    .flatMap(data -> text(data, "roomCode")
                            .or(() -> text(data, "code"))
                            .or(() -> object(data, "room").flatMap(room -> text(room, "code"))))
                    .orElse("");
        } catch (MalformedJsonException e) {
            return ""; // passed on as it came, in order with others of that kind
        }
    }

    private static Optional<JsonObject> object(JsonObject in, String name) {
        return in.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    private static Optional<String> text(JsonObject in, String name) {
        return in.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
