package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.json.Envelope;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Calls a fake over the wire, as somebody would who knows nothing of its inside. */
final class Api implements AutoCloseable {
    private static final int MANY_BYTES = 16 * 1024 * 1024;

    /** An answer. */
    record Reply(int status, HttpResponse<byte[]> http) {
        JsonObject body() {
            return LudoJson.parseObject(http.body(), MANY_BYTES);
        }

        String text() {
            return new String(http.body(), UTF_8);
        }

        JsonObject data() {
            if (status >= 300) {
                throw new AssertionError("a success was expected, not " + status + ' ' + text());
            }
            return body().getJsonObject("data");
        }

        JsonArray list() {
            return body().getJsonArray("data");
        }

        <T> T as(Class<T> type) {
            return LudoJson.read(data(), type);
        }

        MoveResult asMove() {
            data();
            return MessageCodec.readMoveResult(body(), http.body());
        }

        Failure failure() {
            return Envelope.readFailure(body());
        }

        /** Status and code, such as {@code 409 ROOM_FULL}; of a success the status alone. */
        String outcome() {
            return status < 300
                    ? Integer.toString(status)
                    : status + " " + failure().code();
        }

        /** The fields that were wrong. */
        List<String> fields() {
            return failure().details().stream().map(FieldError::field).toList();
        }

        Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeLudo ludo;
    private final String root;

    Api(FakeLudo ludo) {
        this.ludo = ludo;
        this.root = ludo.baseUri().resolve("/").toString();
    }

    /** Calls with the API key. A path that does not begin with a slash is one of the API's. */
    Reply call(String method, String path, String body, String... headers) {
        return exchange(request(method, path, body, headers)
                .setHeader("Authorization", "Bearer " + ludo.apiKey().reveal()));
    }

    /** Calls without the API key. */
    Reply callWithoutKey(String method, String path, String body, String... headers) {
        return exchange(request(method, path, body, headers));
    }

    private HttpRequest.Builder request(String method, String path, String body, String... headers) {
        URI uri = URI.create(path.startsWith("/") ? root + path.substring(1) : ludo.baseUri() + "/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private Reply exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a test", e);
        }
    }

    Reply get(String path, String... headers) {
        return call("GET", path, "", headers);
    }

    Reply post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    Reply control(String method, String path, String body) {
        return callWithoutKey(method, "/__ludo/" + path, body);
    }

    Registration register(String name) {
        return post("players", "{\"playerName\":\"" + name + "\"}").as(Registration.class);
    }

    Room open(int maxPlayers, String mode) {
        return post("rooms", "{\"maxPlayers\":" + maxPlayers + ",\"gameMode\":\"" + mode + "\"}")
                .as(Room.class);
    }

    Reply tryJoin(Room room, PlayerId who) {
        return post("rooms/" + room.code() + "/join", "{\"playerId\":\"" + who + "\"}");
    }

    Joined join(Room room, PlayerId who) {
        return tryJoin(room, who).as(Joined.class);
    }

    /** A player with a seat. */
    record Seated(PlayerId playerId, String token) {
        String[] header() {
            return new String[] {"X-Player-Token", token};
        }
    }

    /** Registers a player and seats them. */
    Seated seat(Room room, String name) {
        Joined joined = join(room, register(name).playerId());
        return new Seated(joined.playerId(), joined.playerToken().reveal());
    }

    Room room(Room room) {
        return get("rooms/" + room.code()).as(Room.class);
    }

    GameState state(Room room) {
        return get("games/" + room(room).gameId().orElseThrow() + "/state").as(GameState.class);
    }

    Reply tryRoll(GameState state, String... headers) {
        return post("games/" + state.gameId() + "/roll", "", headers);
    }

    RollResult roll(GameState state, String... headers) {
        return tryRoll(state, headers).as(RollResult.class);
    }

    Reply tryMove(GameState state, String pieceId, int target, String... headers) {
        return post(
                "games/" + state.gameId() + "/move",
                "{\"pieceId\":\"" + pieceId + "\",\"targetPosition\":" + target + "}",
                headers);
    }

    static boolean isNull(JsonObject object, String name) {
        return object.getOrDefault(name, JsonValue.NULL).equals(JsonValue.NULL);
    }

    @Override
    public void close() {
        client.close();
    }
}
