package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.testkit.FakeLudo;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plays a whole game through a proxy and a fake, by all operations that there are. */
final class GoodAnswers {
    private final DocumentedCalls calls;
    private final Wire wire;

    GoodAnswers(DocumentedCalls calls, Wire wire) {
        this.calls = calls;
        this.wire = wire;
    }

    static void all(DocumentedCalls calls) {
        try (FakeLudo fake =
                        FakeLudo.builder().rateLimit(0).turnTime(Duration.ZERO).start();
                LudoServer proxy = LudoServer.start(
                        ProxyTest.config(fake).withGuard(GuardConfig.DEFAULT.withLimits(1_000_000, 100)));
                Wire wire = new Wire(proxy.uri())) {
            GoodAnswers answers = new GoodAnswers(calls, wire);
            answers.pages();
            answers.game();
            answers.startAndLeave();
        }
    }

    private void pages() {
        for (String path : List.of("/", "/health", "/health/live", "/health/ready", "/metrics", "/openapi", "/docs")) {
            assertThat(calls.call(wire, "GET " + path, path, "").status(), is(200));
        }
        Answer json = calls.call(wire, "GET /openapi", "/openapi", "", "Accept", "application/json");
        assertThat(json.status(), is(200));
        for (String file : List.of("docs.js", "swagger-ui.css", "swagger-ui-bundle.js")) {
            known("GET /docs/{file}", "/docs/" + file);
        }
        known("GET /openapi", "/openapi");
        known("GET /docs", "/docs");
    }

    // Asks twice: the second time, for something else than what is there already.
    private Answer known(String operation, String path) {
        Answer answer = calls.call(wire, operation, path, "");
        assertThat(path, answer.status(), is(200));
        String tag = answer.header("ETag").orElseThrow();
        assertThat(
                path,
                calls.call(wire, operation, path, "", "If-None-Match", tag + ", *")
                        .status(),
                is(304));
        return answer;
    }

    private JsonObject post(int status, String operation, String path, String body, String... headers) {
        Answer answer = calls.call(wire, operation, path, body, headers);
        assertThat(operation + ' ' + answer.text(), answer.status(), is(status));
        return answer.json().getJsonObject("data");
    }

    private JsonObject register(String name) {
        return post(201, "POST /players", "/players", "{\"player_name\":\"" + name + "\"}");
    }

    private JsonObject join(String room, JsonObject player) {
        return post(
                200,
                "POST /rooms/{code}/join",
                "/rooms/" + room + "/join",
                "{\"playerId\":\"" + player.getString("playerId") + "\"}",
                "X-Session-Token",
                player.getString("sessionToken"));
    }

    private void game() {
        String room = post(
                        201,
                        "POST /rooms",
                        "/rooms",
                        "{\"max_players\":2,\"gameMode\":\"ranked\"}",
                        "Idempotency-Key",
                        "mine")
                .getString("code");
        post(201, "POST /rooms", "/rooms", "{\"max_players\":2,\"gameMode\":\"ranked\"}", "Idempotency-Key", "mine");
        known("GET /rooms/{code}", "/rooms/" + room);
        Map<String, String> seats = new HashMap<>();
        JsonObject joined = JsonObject.EMPTY_JSON_OBJECT;
        for (String name : List.of("Ann", "Ben")) {
            JsonObject player = register(name);
            assertThat(
                    calls.call(
                                    wire,
                                    "GET /players/me",
                                    "/players/me",
                                    "",
                                    "X-Session-Token",
                                    player.getString("sessionToken"))
                            .status(),
                    is(200));
            joined = join(room, player);
            seats.put(player.getString("playerId"), joined.getString("playerToken"));
        }
        String game = joined.getJsonObject("room").getString("gameId");
        JsonObject state = known("GET /games/{gameId}/state", "/games/" + game + "/state")
                .json()
                .getJsonObject("data");
        int moves = 0;
        while (state.containsKey("turn")) {
            String seat =
                    Objects.requireNonNull(seats.get(state.getJsonObject("turn").getString("playerId")));
            JsonObject rolled =
                    post(200, "POST /games/{gameId}/roll", "/games/" + game + "/roll", "", "X-Player-Token", seat);
            state = rolled.getJsonObject("state");
            if (!rolled.getJsonArray("legalMoves").isEmpty()) {
                state = move(game, seat, rolled.getJsonArray("legalMoves").getJsonObject(0), moves++ % 2 == 0)
                        .getJsonObject("state");
            }
        }
        assertThat(moves, greaterThan(20));
        history(room, game, state.getString("winnerId"));
    }

    private JsonObject move(String game, String seat, JsonObject choice, boolean inPath) {
        String piece = choice.getString("pieceId");
        int target = choice.getInt("targetPosition");
        return inPath
                ? post(
                        200,
                        "POST /games/{gameId}/move",
                        "/games/" + game + "/move",
                        "{\"pieceId\":\"" + piece + "\",\"target_position\":" + target + '}',
                        "X-Player-Token",
                        seat)
                : post(
                        200,
                        "POST /games/move",
                        "/games/move",
                        "{\"game_id\":\"" + game + "\",\"piece_id\":\"" + piece + "\",\"targetPosition\":" + target
                                + '}',
                        "X-Player-Token",
                        seat);
    }

    private void history(String room, String game, String winner) {
        Answer moves = calls.call(wire, "GET /games/{gameId}/moves", "/games/" + game + "/moves?limit=100", "");
        assertThat(
                moves.json().isNull("nextCursor"),
                is(moves.json().getJsonArray("data").size() < 100));
        Answer page = calls.call(wire, "GET /games/{gameId}/moves", "/games/" + game + "/moves?limit=1", "");
        assertThat(page.json().isNull("nextCursor"), is(false));
        calls.call(wire, "GET /players/{playerId}", "/players/" + winner, "");
        calls.call(wire, "GET /players/{playerId}/games", "/players/" + winner + "/games", "");
        assertThat(
                known("GET /leaderboard", "/leaderboard")
                        .json()
                        .getJsonArray("data")
                        .size(),
                is(2));
        known("GET /rooms", "/rooms?status=ended");
        known("GET /rooms", "/rooms");
        known("GET /rooms/{code}", "/rooms/" + room);
        calls.call(wire, "GET /rooms/{code}", "/rooms/" + room, "", "Cache-Control", "no-cache");
        calls.call(
                wire,
                "GET /rooms/{code}",
                "/rooms/" + room,
                "",
                "X-Session-Token",
                register("Eve").getString("sessionToken"));
    }

    private void startAndLeave() {
        String room = post(201, "POST /rooms", "/rooms", "").getString("code");
        String seat = join(room, register("Ann")).getString("playerToken");
        join(room, register("Ben"));
        post(200, "POST /rooms/{code}/start", "/rooms/" + room + "/start", "");
        post(200, "POST /rooms/{code}/leave", "/rooms/" + room + "/leave", "{}", "X-Player-Token", seat);
    }
}
