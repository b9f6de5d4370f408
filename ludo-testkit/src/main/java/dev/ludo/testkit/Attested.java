package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.json.LudoJson;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The part of REST that the API's public material attests: what is this project's own design is cut off. */
final class Attested {
    private static final int ANY_SIZE = Integer.MAX_VALUE;
    private static final Set<String> ROOM = Set.of("code", "status", "playerCount", "maxPlayers");
    private static final Set<String> OWN_OF_STATE = Set.of("seq", "epoch");
    private static final Set<String> OWN_OF_FAILURE = Set.of("code", "details", "requestId");
    private static final Set<String> OWN_HEADERS = Set.of("Retry-After", "Idempotent-Replayed");

    private static final UnaryOperator<Answer> ROOMS = data(ROOM::contains);
    private static final UnaryOperator<Answer> PLAYERS = data(name -> !name.equals("stats"));

    private static final Map<String, UnaryOperator<Answer>> KEPT = Map.of(
            "GET /v1/health", UnaryOperator.identity(),
            "POST /v1/players", UnaryOperator.identity(),
            "GET /v1/players/me", PLAYERS,
            "GET /v1/players/{playerId}", PLAYERS,
            "GET /v1/rooms", ROOMS,
            "POST /v1/rooms", ROOMS,
            "GET /v1/rooms/{code}", ROOMS,
            "GET /v1/games/{gameId}/state", data(name -> !OWN_OF_STATE.contains(name)),
            "POST /v1/games/{gameId}/move", data(name -> false));

    private Attested() {}

    static RouteTable routes(RouteTable whole) {
        return whole.only(KEPT);
    }

    /** An answer without the headers and the parts of a failure that are not attested. */
    static Answer stripped(Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.keySet().removeAll(OWN_HEADERS);
        String body = answer.status() < 400
                ? answer.body()
                : some(tree(answer), name -> !OWN_OF_FAILURE.contains(name)).toString();
        return new Answer(answer.status(), headers, body);
    }

    private static UnaryOperator<Answer> data(Predicate<String> kept) {
        return answer -> {
            JsonValue data = tree(answer).getOrDefault("data", JsonValue.NULL);
            return new Answer(
                    answer.status(), answer.headers(), "{\"success\":true,\"data\":" + someOf(data, kept) + '}');
        };
    }

    private static JsonObject tree(Answer answer) {
        return LudoJson.parseObject(answer.body().getBytes(UTF_8), ANY_SIZE);
    }

    private static JsonValue someOf(JsonValue data, Predicate<String> kept) {
        return switch (data.getValueType()) {
            case OBJECT -> some(data.asJsonObject(), kept);
            case ARRAY -> {
                JsonArrayBuilder all = Json.createArrayBuilder();
                data.asJsonArray().forEach(element -> all.add(someOf(element, kept)));
                yield all.build();
            }
            default -> data;
        };
    }

    private static JsonObject some(JsonObject object, Predicate<String> kept) {
        JsonObjectBuilder some = Json.createObjectBuilder();
        object.forEach((name, value) -> {
            if (kept.test(name)) {
                some.add(name, value);
            }
        });
        return some.build();
    }
}
