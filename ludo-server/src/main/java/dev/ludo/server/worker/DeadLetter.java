package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A delivery that a target has not taken, and that is not tried again by itself.
 *
 * @param id its {@code webhook-id}
 * @param target the target's name
 * @param room the room that it is of; empty if it is of none
 * @param acceptedAt when the proxy accepted it
 * @param diedAt when it was given up
 * @param attempts how often it was tried
 * @param reason why the last attempt failed
 * @param body its body as it came, in base64; empty if the inbox had deleted it
 */
public record DeadLetter(
        String id,
        String target,
        String room,
        Instant acceptedAt,
        Instant diedAt,
        int attempts,
        String reason,
        String body) {
    private static final int MAX_BYTES = 1024 * 1024;

    /**
     * A dead letter.
     *
     * @throws IllegalArgumentException if the body is no base64
     */
    public DeadLetter {
        var unused = Base64.getDecoder().decode(body);
    }

    static DeadLetter of(Letter letter, String target, Instant diedAt, Attempts.GivenUp ended) {
        return new DeadLetter(
                letter.id(),
                target,
                letter.room(),
                letter.acceptedAt(),
                diedAt,
                ended.attempts(),
                ended.reason(),
                Base64.getEncoder().encodeToString(letter.body()));
    }

    /** Whether there is something that could be delivered. */
    boolean hasBody() {
        return !body.isEmpty();
    }

    /** Of what the inbox no longer has. */
    static DeadLetter deleted(String id, String target, Instant acceptedAt, Instant diedAt, Failures failures) {
        String reason = "the inbox had deleted it before it was taken";
        return new DeadLetter(id, target, "", acceptedAt, diedAt, failures.attempts(), reason, "");
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(body);
    }

    String write() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("target", target);
        fields.put("room", room);
        fields.put("acceptedAt", acceptedAt.toString());
        fields.put("diedAt", diedAt.toString());
        fields.put("attempts", attempts);
        fields.put("reason", reason);
        fields.put("body", body);
        return LudoJson.write(fields);
    }

    static DeadLetter read(String text) {
        JsonObject fields = LudoJson.parseObject(text.getBytes(UTF_8), MAX_BYTES);
        return new DeadLetter(
                fields.getString("id"),
                fields.getString("target"),
                fields.getString("room"),
                Instant.parse(fields.getString("acceptedAt")),
                Instant.parse(fields.getString("diedAt")),
                fields.getInt("attempts"),
                fields.getString("reason"),
                fields.getString("body"));
    }
}
