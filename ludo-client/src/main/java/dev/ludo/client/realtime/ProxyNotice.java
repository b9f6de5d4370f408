package dev.ludo.client.realtime;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.UnknownEvent;
import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a Ludo proxy on the way says of its own connection to the API. */
sealed interface ProxyNotice {
    /** It has lost the API, and tries to get it back. */
    record Lost() implements ProxyNotice {}

    /**
     * It has joined the room again.
     *
     * @param seq the room's last broadcast then; negative if that is not known
     * @param resumed whether what was missed follows
     */
    record Back(long seq, boolean resumed) implements ProxyNotice {}

    /** The notice, if it is one. */
    static Optional<ProxyNotice> of(RoomEvent event) {
        if (!(event instanceof UnknownEvent unknown)) {
            return Optional.empty();
        }
        return switch (unknown.type()) {
            case "proxy:reconnecting" -> Optional.of(new Lost());
            case "proxy:resumed" -> Optional.of(back(unknown.raw()));
            default -> Optional.empty();
        };
    }

    private static Back back(String raw) {
        JsonValue data =
                LudoJson.parseObject(raw.getBytes(StandardCharsets.UTF_8)).get("data");
        if (!(data instanceof JsonObject said)) {
            return new Back(-1, true);
        }
        long seq = said.get("seq") instanceof JsonNumber number ? number.longValue() : -1;
        return new Back(seq, said.getBoolean("resumed", true));
    }
}
