package dev.ludo.testkit.journal;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the type of a message. */
final class MessageType {
    private static final int LARGEST = 1024 * 1024;

    private MessageType() {}

    static Optional<String> of(String text) {
        try {
            return LudoJson.parseObject(text.getBytes(StandardCharsets.UTF_8), LARGEST)
                                    .get("type")
                            instanceof JsonString type
                    ? Optional.of(type.getString())
                    : Optional.empty();
        } catch (MalformedJsonException e) {
            return Optional.empty(); // what is no JSON has no type
        }
    }
}
