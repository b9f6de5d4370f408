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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void aMessageDropsItsRoomTheListsAndTheGameAndNothingElse() throws Exception {
        api.answers(200, "{\"success\":true,\"data\":{\"gameId\":\"g1\",\"roomCode\":\"ROOM1\"}}");
        List<String> dropped = List.of("/rooms", "/rooms?status=playing", "/rooms/ROOM1", "/games/g1/state");
        dropped.forEach(wire::get);
        api.answers(200, "{\"success\":true,\"data\":{}}");
        List<String> left = List.of("/rooms/ROOM2", "/games/g2/state", "/leaderboard");
        left.forEach(wire::get);

        Browser browser = Browser.open(http, URI.create("ws://localhost:" + proxy.port() + "/ws/game/ROOM1"));
        browser.send("{\"type\":\"room:join\"}");
        RawUpstream.Connection upstream = sockets.next();
        upstream.leg.send("{\"type\":\"room:player-joined\",\"seq\":1,\"data\":{}}".getBytes(UTF_8));
        browser.next();

        for (String path : dropped) {
            assertThat(path, wire.get(path).header("Age"), is(Optional.empty()));
        }
        for (String path : left) {
            assertThat(path, wire.get(path).header("Age"), is(Optional.of("0")));
        }
        browser.close(1000, "");
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
        assertThat(wire.get("/leaderboard").header("Age"), is(Optional.of("0")));
        upstream.leg.send("{\"type\":\"game:ended\",\"seq\":2,\"data\":{}}".getBytes(UTF_8));
        browser.next();
        assertThat(wire.get("/leaderboard").header("Age"), is(Optional.empty()));
        browser.close(1000, "");
    }
}
