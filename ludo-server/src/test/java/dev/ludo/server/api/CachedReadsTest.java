package dev.ludo.server.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire.Answer;
import dev.ludo.server.cache.CacheConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that many callers share. */
class CachedReadsTest extends ProxyTest {
    private static final int CALLERS = Boolean.getBoolean("ludo.soak") ? 1000 : 100;

    // So long that nothing gets old while a test runs.
    @Override
    protected ServerConfig configure(ServerConfig usual) {
        return withLife(usual, Duration.ofHours(1));
    }

    private static ServerConfig withLife(ServerConfig usual, Duration life) {
        return usual.withCache(CacheConfig.DEFAULT.withLives(life, life, life, life));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rooms", "/rooms?status=waiting", "/rooms/ROOM1", "/games/g1/state", "/leaderboard"})
    void theSecondCallerGetsTheAnswerOfTheFirst(String path) {
        Answer first = wire.get(path);
        api.answers(200, "{\"success\":true,\"data\":\"other\"}");
        Answer second = wire.get(path);
        assertThat(second.text(), is(first.text()));
        assertThat(second.header("Age"), is(Optional.of("0")));
        assertThat(first.header("Age"), is(Optional.empty()));
        assertThat(second.header("X-Request-Id"), is(not(first.header("X-Request-Id"))));
        assertThat(api.asked().size(), is(1));
    }

    @Test
    void differentQuestionsHaveDifferentAnswers() {
        for (String path : new String[] {
            "/rooms",
            "/rooms?status=waiting",
            "/rooms?status=playing",
            "/rooms/ROOM1",
            "/rooms/ROOM2",
            "/games/ROOM1/state",
            "/leaderboard",
            "/leaderboard?limit=10",
            "/leaderboard?mode=classic"
        }) {
            int before = api.asked().size();
            assertThat(wire.get(path).status(), is(200));
            assertThat(path, api.asked().size(), is(before + 1));
        }
        assertThat(wire.get("/leaderboard?limit=50&mode=ranked").header("Age"), is(Optional.of("0")));
        assertThat(wire.get("/rooms/room1").header("Age"), is(Optional.of("0")));
    }

    @Test
    void manyMissesAtOnceMakeOneCall() throws Exception {
        StubUpstream.Gate gate = api.holds();
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        Thread[] callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> Thread.startVirtualThread(
                        () -> statuses.add(wire.get("/rooms").status())))
                .toArray(Thread[]::new);
        gate.awaitCall();
        gate.open();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(statuses.stream().filter(status -> status == 200).count(), is((long) CALLERS));
        assertThat(api.asked().size(), is(1));
    }

    @ParameterizedTest
    @CsvSource({"X-Session-Token, a-session", "X-Player-Token, a-seat"})
    void aCallWithATokenIsNeverShared(String header, String token) {
        wire.get("/rooms");
        api.answers(200, "{\"success\":true,\"data\":\"mine\"}");
        Answer mine = wire.get("/rooms", header, token);
        assertThat(mine.text(), is("{\"success\":true,\"data\":\"mine\"}"));
        assertThat(mine.header("Cache-Control"), is(Optional.of("no-store")));
        assertThat(mine.header("ETag"), is(Optional.empty()));
        assertThat(wire.get("/rooms").text(), is("{\"success\":true,\"data\":{}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "max-age=0, No-Cache", "no-store"})
    void whoeverWantsItFreshGetsItFreshAndLeavesItToTheNext(String control) {
        wire.get("/rooms");
        api.answers(200, "{\"success\":true,\"data\":\"new\"}");
        assertThat(wire.get("/rooms", "Cache-Control", control).text(), is("{\"success\":true,\"data\":\"new\"}"));
        assertThat(wire.get("/rooms").text(), is("{\"success\":true,\"data\":\"new\"}"));
        assertThat(api.asked().size(), is(2));
    }

    @Test
    void whoeverKnowsTheAnswerIsToldSo() {
        Answer first = wire.get("/leaderboard");
        String etag = first.header("ETag").orElseThrow();
        for (String known : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            Answer second = wire.get("/leaderboard", "If-None-Match", known);
            assertThat(second.status(), is(304));
            assertThat(second.text(), is(""));
            assertThat(second.header("ETag"), is(Optional.of(etag)));
            assertThat(second.header("Cache-Control"), is(Optional.of("max-age=3600")));
        }
        assertThat(wire.get("/leaderboard", "If-None-Match", "\"x\"").status(), is(200));
        assertThat(wire.call("HEAD", "/leaderboard", "").header("ETag"), is(Optional.of(etag)));
        assertThat(wire.get("/rooms").header("Cache-Control"), is(Optional.of("no-cache")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "/rooms|/rooms|{}",
                "/rooms?status=waiting|/rooms|{}",
                "/rooms|/rooms/ROOM1/start|{}",
                "/rooms/ROOM1|/rooms/ROOM1/start|{}",
                "/rooms/ROOM1|/rooms/room1/join|{\"playerId\":\"p\"}",
                "/rooms/ROOM1|/rooms/ROOM1/leave|{}",
                "/games/g1/state|/games/g1/roll|{}",
                "/games/g1/state|/games/g1/move|{\"pieceId\":\"red-0\",\"targetPosition\":1}",
                "/games/g1/state|/games/move|{\"gameId\":\"g1\",\"pieceId\":\"red-0\",\"targetPosition\":1}",
                // what only the write's answer tells
                "/games/g7/state|/rooms/ROOM1/leave|{}",
                "/games/g8/state|/rooms/ROOM1/leave|{}",
                "/rooms/ROOM9|/games/g1/roll|{}",
                "/rooms|/games/g1/roll|{}",
                "/leaderboard|/games/g1/roll|{}"
            },
            delimiter = '|')
    void aWriteDropsWhatItTouches(String read, String write, String body) {
        String told = "{\"success\":true,\"data\":{\"gameId\":\"g7\",\"room\":{\"gameId\":\"g8\"},"
                + "\"state\":{\"status\":\"ended\",\"roomCode\":\"ROOM9\"}}}";
        api.answers(200, told);
        wire.get(read);
        wire.post(write, body, "X-Player-Token", "a-seat", "X-Session-Token", "a-session");
        assertThat(wire.get(read).header("Age"), is(Optional.empty()));
        assertThat(wire.get(read).header("Age"), is(Optional.of("0")));
    }

    @ParameterizedTest
    @CsvSource({"ended, ''", "closed, ''", "playing, 0"})
    void whoeverLeavesMayEndAGameAndChangeTheLeaderboards(String status, String age) {
        wire.get("/leaderboard");
        api.answers(200, "{\"success\":true,\"data\":{\"code\":\"ROOM1\",\"status\":\"" + status + "\"}}");
        wire.post("/rooms/ROOM1/leave", "", "X-Player-Token", "a-seat");
        assertThat(wire.get("/leaderboard").header("Age").orElse(""), is(age));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rooms/ROOM1/leave", "/rooms/ROOM1/start"})
    void aWriteToARoomDropsItsGameAlsoWhenItsAnswerDoesNotNameIt(String write) {
        String state = "{\"success\":true,\"data\":{\"gameId\":\"g1\",\"roomCode\":\"ROOM1\"}}";
        api.answers(200, state);
        wire.get("/games/g1/state");
        api.answers(500, "");
        wire.post(write, "", "X-Player-Token", "a-seat");
        api.answers(200, state);
        assertThat(wire.get("/games/g1/state").header("Age"), is(Optional.empty()));
    }

    @Test
    void aStateThatWasAskedForBeforeSomethingHappenedInItsRoomIsNotKept() throws Exception {
        api.answers(200, "{\"success\":true,\"data\":{\"gameId\":\"g1\",\"roomCode\":\"ROOM1\"}}");
        StubUpstream.Gate gate = api.holds("/v1/games/g1/state");
        Thread reading = Thread.startVirtualThread(() -> wire.get("/games/g1/state"));
        gate.awaitCall();
        wire.post("/rooms/ROOM1/start", "");
        gate.open();
        reading.join();
        assertThat(wire.get("/games/g1/state").header("Age"), is(Optional.empty()));
        assertThat(wire.get("/games/g1/state").header("Age"), is(Optional.of("0")));
    }

    @ParameterizedTest
    @CsvSource({"/rooms, /rooms", "/rooms/ROOM1, /rooms/ROOM1/start", "/games/g1/state, /games/g1/roll"})
    void aWriteThatFailsMayHaveBeenDone(String read, String write) {
        wire.get(read);
        api.answers(500, "");
        assertThat(wire.post(write, "", "X-Player-Token", "a-seat").status(), is(502));
        api.answers(200, "{\"success\":true,\"data\":\"new\"}");
        assertThat(wire.get(read).text(), is("{\"success\":true,\"data\":\"new\"}"));
    }

    @Test
    void aWriteLeavesTheRestAlone() {
        for (String path : new String[] {"/rooms/ROOM2", "/games/g2/state", "/leaderboard"}) {
            wire.get(path);
        }
        wire.post("/rooms/ROOM1/start", "");
        wire.post("/games/g1/roll", "", "X-Player-Token", "a-seat");
        for (String path : new String[] {"/rooms/ROOM2", "/games/g2/state", "/leaderboard"}) {
            assertThat(wire.get(path).header("Age"), is(Optional.of("0")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 302})
    void anOldAnswerIsServedWhileTheApiFails(int status) {
        restart(usual -> withLife(usual, Duration.ofNanos(1))); // old at once
        String good = wire.get("/rooms").text();
        api.answers(status, "");
        Answer stale = wire.get("/rooms");
        assertThat(stale.status(), is(200));
        assertThat(stale.text(), is(good));
        assertThat(stale.header("Warning"), is(Optional.of("110 - \"Response is Stale\"")));
        assertThat(stale.header("Age").isPresent(), is(true));
        api.answers(200, "{\"success\":true,\"data\":\"new\"}");
        Answer fresh = wire.get("/rooms");
        assertThat(fresh.text(), is("{\"success\":true,\"data\":\"new\"}"));
        assertThat(fresh.header("Warning"), is(Optional.empty()));
        assertThat(wire.get("/rooms/ROOM1").status(), is(200));
    }

    @Test
    void aRefusalOfTheApisIsNoFailureAndNothingOldIsServedForIt() {
        restart(usual -> withLife(usual, Duration.ofNanos(1)));
        wire.get("/rooms/ROOM1");
        api.answers(404, "{\"code\":\"ROOM_NOT_FOUND\",\"error\":\"No.\"}");
        assertThat(wire.get("/rooms/ROOM1").status(), is(404));
    }

    @ParameterizedTest
    @CsvSource({
        "/leaderboard?limit=0, limit",
        "/leaderboard?limit=101, limit",
        "/leaderboard?limit=x, limit",
        "/leaderboard?mode=odd, mode",
        "/players/p1/games?limit=0, limit",
        "/players/p1/games?cursor=, cursor",
        "/games/g1/moves?cursor=a%20b, cursor"
    })
    void aQueryThatCannotBeIsRefusedByName(String path, String field) {
        Answer answer = wire.get(path);
        assertThat(answer.status(), is(422));
        assertThat(answer.json().getJsonArray("details").getJsonObject(0).getString("field"), is(field));
        assertThat(api.asked().size(), is(0));
    }

    @Test
    void pagesAreAskedForAsTheCallerDid() {
        wire.get("/players/p1/games?cursor=abc&limit=7");
        assertThat(api.last().target(), is("/v1/players/p1/games?cursor=abc&limit=7"));
        wire.get("/games/g1/moves");
        assertThat(api.last().target(), is("/v1/games/g1/moves"));
    }
}
