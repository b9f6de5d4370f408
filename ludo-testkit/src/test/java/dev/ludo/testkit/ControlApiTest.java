package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import dev.ludo.core.rules.BotPolicy;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlApiTest extends WithFake {
    @Test
    void theStateShowsAllButTheSecrets() {
        Room closed = api.open(2, "classic");
        ludo.advance(RoomLife.UNSTARTED);
        Registration ann = api.register("Ann");
        Room room = api.open(2, "quick");
        String token = api.join(room, ann.playerId()).playerToken().reveal();
        api.seat(room, "Bob");
        Api.Reply reply = api.control("GET", "state", "");
        JsonObject state = reply.data();
        assertThat(state.getString("now"), is(START.plus(RoomLife.UNSTARTED).toString()));
        assertThat(state.getString("apiKey"), is("***demo"));
        assertThat(
                state.getJsonArray("rooms").getJsonObject(0).getString("code"),
                is(closed.code().value()));
        assertThat(
                state.getJsonArray("rooms").getJsonObject(1),
                is(api.get("rooms/" + room.code()).data()));
        GameState game = api.state(room);
        assertThat(
                state.getJsonArray("games").getJsonObject(0),
                is(api.get("games/" + game.gameId() + "/state").data()));
        JsonObject player = state.getJsonArray("players").getJsonObject(0);
        String session = ann.sessionToken().reveal();
        assertThat(player.getString("playerName"), is("Ann"));
        assertThat(player.getJsonObject("stats").getInt("rating"), is(1200));
        assertThat(player.getString("sessionToken"), is("***" + session.substring(session.length() - 4)));
        JsonObject held = state.getJsonArray("tokens").getJsonObject(0);
        assertThat(held.getString("playerId"), is(ann.playerId().value()));
        assertThat(held.getString("roomCode"), is(room.code().value()));
        assertThat(held.getString("playerToken"), is("***" + token.substring(token.length() - 4)));
        assertThat(reply.text(), not(containsString(session)));
        assertThat(reply.text(), not(containsString(token)));
        assertThat(reply.text(), not(containsString("lk_test")));
    }

    @Test
    void aResetForgetsEverything() {
        Room room = api.open(2, "classic");
        Registration ann = api.register("Ann");
        Api.Seated bob = api.seat(room, "Bob");
        ludo.rollNext(1);
        Api.Reply reset = api.control("POST", "reset", "");
        assertThat(reset.status(), is(204));
        assertThat(reset.text(), is(""));
        JsonObject state = api.control("GET", "state", "").data();
        for (String what : List.of("rooms", "games", "players", "tokens")) {
            assertThat(what, state.getJsonArray(what).size(), is(0));
        }
        assertThat(api.get("rooms/" + room.code()).outcome(), is("404 ROOM_NOT_FOUND"));
        assertThat(
                api.get("players/me", "X-Session-Token", ann.sessionToken().reveal())
                        .outcome(),
                is("403 FORBIDDEN"));
        assertThat(api.get("rooms", "X-Player-Token", bob.token()).outcome(), is("403 FORBIDDEN"));
    }

    @Test
    void aSessionOfBeforeTheResetIsNotThatOfANamesake() {
        Registration ann = api.register("Ann");
        ludo.reset();
        Registration again = api.register("Ann");
        assertThat("the names come again", again.playerId(), is(ann.playerId()));
        assertThat(
                api.get("players/me", "X-Session-Token", ann.sessionToken().reveal())
                        .outcome(),
                is("403 FORBIDDEN"));
        assertThat(
                api.get("players/me", "X-Session-Token", again.sessionToken().reveal())
                        .outcome(),
                is("200"));
    }

    @Test
    void aResetStopsWhatWasPlanned() {
        Room room = api.open(2, "classic");
        ludo.seatBots(room.code(), 2, BotPolicy.GREEDY, Duration.ofMillis(10));
        ludo.advance(Duration.ofMillis(100));
        ludo.reset();
        ludo.rollNext(5);
        ludo.advance(Duration.ofHours(1));
        assertThat(
                "nobody has rolled",
                api.control("PUT", "dice", "{\"values\":[1]}").data().getInt("queued"),
                is(2));
    }

    @Test
    void theClockIsMovedOnAndSaysWhatTimeItIs() {
        Room room = api.open(2, "classic");
        assertThat(
                api.control("POST", "clock", "{\"advance\":\"PT29M\"}").data().getString("now"),
                is("2030-01-01T00:29:00Z"));
        assertThat(
                api.control("POST", "clock", "{\"advance\":\"PT1M\"}").data().getString("now"),
                is("2030-01-01T00:30:00Z"));
        assertThat("it has closed by then", api.room(room).status().word(), is("closed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | dice | {\"values\":[1,7]} | values[1]",
                "PUT | dice | {\"values\":[0,\"6\",1.0,6]} | values[0] values[1] values[2]",
                "PUT | dice | {\"values\":[]} | values",
                "PUT | dice | {\"values\":6} | values",
                "PUT | dice | {} | values",
                "PUT | dice | {\"values\":[1],\"seed\":1} | values",
                "PUT | dice | {\"seed\":1.5} | seed",
                "PUT | dice | {\"seed\":\"1\"} | seed",
                "PUT | dice | {\"seed\":9223372036854775808} | seed",
                "PUT | dice | {\"gameId\":\"gam_nowhere0\",\"values\":[1]} | gameId",
                "PUT | dice | {\"gameId\":7,\"values\":[1]} | gameId",
                "POST | clock | {} | advance",
                "POST | clock | {\"advance\":\"PT-1S\"} | advance",
                "POST | clock | {\"advance\":\"30s\"} | advance",
                "POST | clock | {\"advance\":30} | advance",
                "POST | clock | {\"advance\":\"P36501D\"} | advance",
                "POST | rooms/ROOM/bots | {} | count policy",
                "POST | rooms/ROOM/bots | {\"count\":0,\"policy\":\"random\"} | count",
                "POST | rooms/ROOM/bots | {\"count\":5,\"policy\":\"random\"} | count",
                "POST | rooms/ROOM/bots | {\"count\":1,\"policy\":\"RANDOM\"} | policy",
                "POST | rooms/ROOM/bots | {\"count\":1,\"policy\":\"random\",\"delayMs\":-1} | delayMs",
                "POST | rooms/AB/bots | {\"count\":1,\"policy\":\"random\"} | code",
                "POST | rooms/ZZZZ/bots | {\"count\":1,\"policy\":\"random\"} | code"
            })
    void aBadFieldIsNamed(String method, String path, String body, String fields) {
        String code = api.open(4, "classic").code().value();
        Api.Reply reply = api.control(method, path.replace("ROOM", code), body);
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of(fields.split(" ", -1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault", "journals", "nothing", "", "dice/x"})
    void theRestIsNotThere(String path) {
        assertThat(api.control("GET", path, "").outcome(), is("404 NOT_FOUND"));
    }

    @Test
    void aWrongMethodIsToldTheRightOne() {
        assertThat(api.control("GET", "dice", "").header("Allow").orElseThrow(), is("PUT"));
        assertThat(api.control("POST", "state", "").header("Allow").orElseThrow(), is("GET, HEAD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.5",
                "localhost."
            })
    void aForeignHostIsRefused(String host) throws IOException {
        String answer = raw("Host: " + host + "\r\n");
        assertThat(answer, RawHttp.status(answer), is(403));
        assertThat(answer, containsString("\"field\":\"Host\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:1234",
                "127.0.0.1",
                "127.0.0.1:8081",
                "[::1]:8081",
                "172.17.0.1:32768",
                "ludo-fake:8081"
            })
    void addressesAndNamesWithoutADotAreNobodysSite(String host) throws IOException {
        String answer = raw("Host: " + host + "\r\n");
        assertThat(answer, RawHttp.status(answer), is(200));
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, 403",
        "https://localhost:8081, 403",
        "http://localhost:3000, 403",
        "http://127.0.0.1:8081, 403",
        "null, 403",
        "http://localhost:8081, 200"
    })
    void aForeignOriginIsRefused(String origin, int status) throws IOException {
        String answer = raw("Host: localhost:8081\r\nOrigin: " + origin + "\r\n");
        assertThat(answer, RawHttp.status(answer), is(status));
    }

    private String raw(String headers) throws IOException {
        return RawHttp.exchange(ludo.port(), "GET /__ludo/state HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n");
    }
}
