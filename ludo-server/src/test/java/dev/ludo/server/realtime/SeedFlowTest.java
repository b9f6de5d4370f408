package dev.ludo.server.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Wire;
import dev.ludo.testkit.FakeLudo;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client of the former proxy does: connect with a bearer header, join, and hear events until the room is closed. */
@Timeout(60)
class SeedFlowTest {
    @Test
    void aClientWithABearerHeaderHearsItsRoomToTheEnd() throws Exception {
        try (FakeLudo fake = FakeLudo.builder().turnTime(Duration.ZERO).start();
                LudoServer proxy = LudoServer.start(ProxyTest.config(fake).withProxyTokens(Secret.of("backend")));
                Wire wire = new Wire(proxy.uri());
                HttpClient http = HttpClient.newHttpClient()) {
            String[] bearer = {"Authorization", "Bearer backend"};
            String code = data(wire.post("/rooms", "{\"max_players\":2}", bearer), "code");
            String ann = seat(wire, code, "Ann", bearer);
            Browser browser =
                    Browser.open(http, URI.create("ws://localhost:" + proxy.port() + "/ws/game/" + code), bearer);
            browser.send("{\"type\":\"room:join\",\"roomCode\":\"" + code + "\",\"playerToken\":\"" + ann + "\"}");
            assertThat(browser.next(), startsWith("{\"type\":\"room:joined\""));
            String ben = seat(wire, code, "Ben", bearer);
            hear(browser, "game:started");
            hear(browser, "game:turn-change");
            browser.send("{\"type\":\"game:roll\"}");
            hear(browser, "game:dice-rolled");
            leave(wire, code, ben, bearer);
            hear(browser, "game:ended");
            leave(wire, code, ann, bearer);
            hear(browser, "room:closed");
            assertThat(browser.end(), startsWith("1000 "));
        }
    }

    private static String seat(Wire wire, String code, String name, String[] bearer) {
        String playerId = data(wire.post("/players", "{\"playerName\":\"" + name + "\"}", bearer), "playerId");
        return data(
                wire.post("/rooms/" + code + "/join", "{\"playerId\":\"" + playerId + "\"}", bearer), "playerToken");
    }

    private static void leave(Wire wire, String code, String token, String[] bearer) {
        Wire.Answer left = wire.post("/rooms/" + code + "/leave", "{}", bearer[0], bearer[1], "X-Player-Token", token);
        assertThat(left.text(), left.status(), is(200));
    }

    private static String data(Wire.Answer answer, String field) {
        assertThat(answer.text(), containsString("\"success\":true"));
        return answer.json().getJsonObject("data").getString(field);
    }

    private static void hear(Browser browser, String type) throws InterruptedException {
        String message = browser.next();
        while (!message.contains("\"type\":\"" + type + '"')) {
            message = browser.next();
        }
    }
}
