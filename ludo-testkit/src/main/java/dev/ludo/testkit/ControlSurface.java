package dev.ludo.testkit;

import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.json.Fields;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.core.rules.BotPolicy;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The control API below {@code /__ludo}, for those who do not write Java. It needs no key. */
final class ControlSurface {
    private final World world;
    private final VirtualClock clock;
    private final Secret apiKey;
    private final ControlGuard guard;
    private final RouteTable routes = new RouteTable();

    /**
     * Builds the routes.
     *
     * @param reset forgets everything, that of the API's surface too
     */
    ControlSurface(
            World world,
            VirtualClock clock,
            Secret apiKey,
            ControlGuard guard,
            Runnable reset,
            FaultControl faults,
            JournalControl journal) {
        this.world = world;
        this.clock = clock;
        this.apiKey = apiKey;
        this.guard = guard;
        routes.add("POST", "/__ludo/reset", (call, at) -> {
                    call.json();
                    reset.run();
                    return Answer.noContent();
                })
                .add("GET", "/__ludo/state", (call, at) -> Answer.ok(state()))
                .add("PUT", "/__ludo/dice", (call, at) -> Answer.ok(dice(call.json())))
                .add("POST", "/__ludo/rooms/{code}/bots", this::bots)
                .add("POST", "/__ludo/clock", (call, at) -> Answer.ok(advance(call.fields())));
        faults.addTo(routes);
        journal.addTo(routes);
    }

    Answer serve(Call call) {
        guard.check(call);
        return routes.serve(call);
    }

    private Map<String, Object> state() {
        WorldView view = world.ask(WorldView::of);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("now", clock.instant());
        data.put("apiKey", apiKey.toString());
        data.put("rooms", view.rooms());
        data.put("games", view.games());
        data.put("players", view.players().stream().map(ControlSurface::player).toList());
        data.put("tokens", view.tokens().stream().map(ControlSurface::token).toList());
        data.put(
                "webhooks",
                view.webhooks().stream().map(ControlSurface::webhook).toList());
        return data;
    }

    private static Map<String, Object> player(Players.Entry player) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("playerId", player.playerId());
        data.put("playerName", player.playerName());
        data.put("createdAt", player.createdAt());
        data.put("stats", player.stats());
        player.session().ifPresent(session -> data.put("sessionToken", session.toString()));
        return data;
    }

    private static Map<String, Object> token(WorldView.HeldToken held) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("roomCode", held.roomCode());
        data.put("playerId", held.playerId());
        data.put("playerToken", held.token().toString());
        return data;
    }

    private static Map<String, Object> webhook(WebhookSubscription webhook) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", webhook.id());
        data.put("url", webhook.url());
        data.put("events", webhook.events());
        webhook.secret().ifPresent(secret -> data.put("secret", secret.toString()));
        return data;
    }

    private Map<String, Object> dice(JsonObject body) {
        Fields fields = Fields.of(body);
        Optional<String> gameId = fields.text("gameId");
        fields.check();
        JsonValue seedValue = body.getOrDefault("seed", JsonValue.NULL);
        JsonValue values = body.getOrDefault("values", JsonValue.NULL);
        if (seedValue.equals(JsonValue.NULL) == values.equals(JsonValue.NULL)) {
            throw ApiRoutes.invalid("values", "or seed is required, and not both");
        }
        if (!seedValue.equals(JsonValue.NULL)) {
            long seed = seed(seedValue);
            world.tell(now -> now.dice.reseed(seed));
            return Map.of("seed", seed);
        }
        int queued = world.ask(now -> now.rollNext(gameId, values(values)))
                .orElseThrow(() -> ApiRoutes.invalid("gameId", "must be that of a game"));
        return Map.of("queued", queued);
    }

    private static long seed(JsonValue value) {
        if (value instanceof JsonNumber number) {
            try {
                return number.bigDecimalValue().longValueExact();
            } catch (ArithmeticException e) {
                throw ApiRoutes.invalid("seed", "must be a whole number of 64 bits");
            }
        }
        throw ApiRoutes.invalid("seed", "must be a whole number of 64 bits");
    }

    private static List<Integer> values(JsonValue value) {
        if (!(value instanceof JsonArray array) || array.isEmpty()) {
            throw ApiRoutes.invalid("values", "must be an array of dice");
        }
        List<Integer> values = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            // A die is one digit, so its text says all; 1.0 and 1e0 are no dice.
            String text = array.get(i).toString();
            if (text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '6') {
                values.add(text.charAt(0) - '0');
            } else {
                errors.add(new FieldError("values[" + i + ']', "must be a whole number from 1 to 6"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return values;
    }

    private Answer bots(Call call, RouteTable.Params at) {
        RoomCode code = ApiRoutes.code(at);
        Fields fields = call.fields();
        OptionalInt count = fields.integer("count", 1, 4);
        Optional<BotPolicy> policy = fields.text("policy", ControlSurface::policy);
        OptionalInt delayMs = fields.integer("delayMs", 0, (int) Scene.LONGEST_DELAY.toMillis());
        fields.require("count", "policy").check();
        return Answer.created(world.ask(now -> {
            FakeRoom room =
                    now.registry.find(code).orElseThrow(() -> ApiRoutes.invalid("code", "must be that of a room"));
            now.lobby.seatBots(room, count.orElseThrow(), policy.orElseThrow(), Duration.ofMillis(delayMs.orElse(0)));
            return room.room();
        }));
    }

    private static BotPolicy policy(String word) {
        for (BotPolicy policy : BotPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(word)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("must be one of "
                + Arrays.stream(BotPolicy.values())
                        .map(policy -> policy.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    private Map<String, Object> advance(Fields fields) {
        Optional<Duration> by = fields.text("advance", ControlSurface::duration);
        fields.require("advance").check();
        clock.advance(by.orElseThrow());
        return Map.of("now", clock.instant());
    }

    private static Duration duration(String text) {
        try {
            Duration by = Duration.parse(text);
            if (!by.isNegative() && by.compareTo(VirtualClock.LONGEST_STEP) <= 0) {
                return by;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be an ISO 8601 duration such as PT30S", e);
        }
        throw new IllegalArgumentException("must be from PT0S to " + VirtualClock.LONGEST_STEP);
    }
}
