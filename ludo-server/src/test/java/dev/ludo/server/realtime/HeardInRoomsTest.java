package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.cache.CacheConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard in a room over a socket makes old what was read of it. */
class HeardInRoomsTest extends ProxyTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final RawUpstream sockets = open();

    private static RawUpstream open() {
        try {
            return new RawUpstream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected ServerConfig configure(ServerConfig usual) {
        return usual.withSockets(SocketConfig.of(sockets.uri()))
                .withCache(CacheConfig.DEFAULT.withLives(LONG, LONG, LONG, LONG));
    }

    @AfterEach
    void closeSockets() throws IOException {
        http.shutdownNow();
        sockets.close();
    }

    private static final List<String> GAME = List.of("/games/g1/state");
    private static final List<String> ROOM = List.of("/rooms", "/rooms?status=playing", "/rooms/ROOM1");
    private static final List<String> OTHERS = List.of("/rooms/ROOM2", "/games/g2/state");
    private static final List<String> RATINGS = List.of("/leaderboard");

    @ParameterizedTest
    @CsvSource({
        "room:player-joined, true, true, false",
        "room:player-connection, true, true, false",
        "game:started, true, true, false",
        "not:known, true, true, false",
        "game:dice-rolled, true, false, false",
        "game:piece-moved, true, false, false",
        "game:turn-change, true, false, false",
        "game:player-finished, true, false, false",
        "game:state, true, false, false",
        "ack, true, false, false",
        "pong, false, false, false",
        "error, false, false, false",
        "game:ended, true, true, true",
        "room:closed, true, true, true"
    })
    void aMessageDropsWhatItTouchesAndNothingElse(String type, boolean game, boolean room, boolean ratings)
            throws Exception {
        api.answers(200, "{\"success\":true,\"data\":{\"gameId\":\"g1\",\"roomCode\":\"ROOM1\"}}");
        GAME.forEach(wire::get);
        api.answers(200, "{\"success\":true,\"data\":{}}");
        List.of(ROOM, OTHERS, RATINGS).forEach(paths -> paths.forEach(wire::get));

        Browser browser = Browser.open(http, URI.create("ws://localhost:" + proxy.port() + "/ws/game/ROOM1"));
        browser.send("{\"type\":\"room:join\"}");
        RawUpstream.Connection upstream = sockets.next();
        upstream.leg.send(("{\"type\":\"" + type + "\",\"data\":{}}").getBytes(UTF_8));
        browser.next();

        assertDropped(GAME, game);
        assertDropped(ROOM, room);
        assertDropped(OTHERS, false);
        assertDropped(RATINGS, ratings);
        browser.close(1000, "");
    }

    private boolean isKept(String path) {
        return wire.get(path).header("Age").isPresent();
    }

    private void assertDropped(List<String> paths, boolean dropped) {
        for (String path : paths) {
            assertThat(path, isKept(path), is(!dropped));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "watch"})
    void theEndOfAGameDropsTheLeaderboards(String entry) throws Exception {
        api.answers(200, "{\"success\":true,\"data\":[]}");
        wire.get("/leaderboard");
        Browser browser = Browser.open(http, URI.create("ws://localhost:" + proxy.port() + "/ws/game/ROOM1"));
        browser.send("{\"type\":\"room:" + entry + "\"}");
        RawUpstream.Connection own = sockets.next();
        RawUpstream.Connection upstream = entry.equals("watch") ? sockets.next() : own; // the room's, for all who watch
        upstream.next();
        upstream.leg.send(SpectatorsTest.joined(0, false).getBytes(UTF_8));
        browser.next();
        upstream.leg.send("{\"type\":\"game:turn-change\",\"seq\":1,\"data\":{}}".getBytes(UTF_8));
        browser.next();
        assertThat(isKept("/leaderboard"), is(true));
        upstream.leg.send("{\"type\":\"game:ended\",\"seq\":2,\"data\":{}}".getBytes(UTF_8));
        browser.next();
        assertThat(isKept("/leaderboard"), is(false));
        browser.close(1000, "");
    }
}
