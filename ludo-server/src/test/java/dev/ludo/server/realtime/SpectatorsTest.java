package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.Wire;
import dev.ludo.server.realtime.EventReader.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches a room, and what the API has to do for that. */
@Timeout(60)
class SpectatorsTest {
    private static final String WATCH = "{\"type\":\"room:watch\",\"roomCode\":\"ROOM1\"}";

    private final List<Browser> browsers = new ArrayList<>();
    private final List<EventReader> readers = new ArrayList<>();
    private RawUpstream api;
    private HttpClient http;
    private LudoServer proxy;

    @BeforeEach
    void start() throws IOException {
        api = new RawUpstream();
        http = HttpClient.newHttpClient();
        proxy = LudoServer.start(config());
    }

    private ServerConfig config() {
        return ProxyTest.config(URI.create("http://127.0.0.1:1/v1")).withSockets(SocketConfig.of(api.uri()));
    }

    private void restart(UnaryOperator<SocketConfig> change) {
        proxy.close();
        proxy = LudoServer.start(config().withSockets(change.apply(config().sockets())));
    }

    @AfterEach
    void stop() throws IOException {
        for (EventReader reader : readers) {
            reader.close();
        }
        browsers.forEach(Browser::vanish);
        http.shutdownNow();
        proxy.close();
        api.close();
    }

    private Browser browser() {
        Browser browser = Browser.open(http, URI.create("ws://localhost:" + proxy.port() + "/ws/game/room1"));
        browsers.add(browser);
        return browser;
    }

    private Browser watcher() {
        Browser browser = browser();
        browser.send("{\"type\":\"room:watch\"}");
        return browser;
    }

    private EventReader reader(String... headers) throws IOException {
        EventReader reader = EventReader.open(proxy.port(), "room1", headers);
        readers.add(reader);
        return reader;
    }

    static String joined(long seq, boolean resumed) {
        return "{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"ROOM1\",\"role\":\"spectator\",\"resumed\":"
                + resumed
                + ",\"seq\":" + seq + ",\"epoch\":\"e1\",\"room\":{\"code\":\"ROOM1\"}"
                + (resumed ? "" : ",\"state\":{\"seq\":99,\"epoch\":\"x\"}") + "}}";
    }

    static String broadcast(long seq) {
        return "{\"type\":\"game:turn-change\",\"data\":{\"seq\":1000},\"seq\":" + seq + "}";
    }

    private static void say(RawUpstream.Connection upstream, String... messages) {
        for (String message : messages) {
            upstream.leg.send(message.getBytes(UTF_8));
        }
    }

    private static void assertHears(Browser browser, String... messages) throws InterruptedException {
        for (String message : messages) {
            assertThat(browser.next(), is(message));
        }
    }

    private static void assertHears(EventReader reader, Event... events) throws InterruptedException {
        for (Event event : events) {
            assertThat(reader.next(), is(event));
        }
    }

    private static Event numbered(String type, long seq, String data) {
        return new Event("e1:" + seq, type, data);
    }

    private static Event turn(long seq) {
        return numbered("game:turn-change", seq, broadcast(seq));
    }

    /** Opens the room's stream in another thread, for it is answered only when the API has told how the room stands. */
    private RawUpstream.Connection roomOf(List<EventReader> first) throws Exception {
        Thread opening = Thread.startVirtualThread(() -> {
            try {
                first.add(reader());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        RawUpstream.Connection room = api.next();
        assertThat(room.next(), is(WATCH));
        say(room, joined(4, false));
        opening.join();
        return room;
    }

    @Test
    void allWhoWatchARoomShareOneConnectionAndHearTheSame() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        EventReader events = first.getFirst();
        assertThat(events.head, containsString("text/event-stream"));
        assertHears(events, numbered("room:joined", 4, joined(4, false)));
        Browser early = watcher();
        assertHears(early, joined(4, false));
        say(room, broadcast(5), broadcast(6));
        assertHears(events, turn(5), turn(6));
        assertHears(early, broadcast(5), broadcast(6));

        Browser late = watcher();
        EventReader lateEvents = reader();
        assertHears(late, joined(4, false), broadcast(5), broadcast(6));
        assertHears(lateEvents, numbered("room:joined", 4, joined(4, false)), turn(5), turn(6));
        say(room, broadcast(7));
        for (Browser browser : List.of(early, late)) {
            assertHears(browser, broadcast(7));
        }
        for (EventReader reader : List.of(events, lateEvents)) {
            assertHears(reader, turn(7));
        }
        assertThat(api.poll(), is(nullValue()));
        assertThat(room.received.isEmpty(), is(true));
    }

    @Test
    void aSocketThatIsTheFirstGivesItsOwnConnectionBack() throws Exception {
        Browser browser = watcher();
        RawUpstream.Connection own = api.next();
        RawUpstream.Connection room = api.next();
        assertThat(own.end().code(), is(1000));
        assertThat(own.received.isEmpty(), is(true));
        assertThat(room.next(), is(WATCH));
        say(room, joined(4, false), broadcast(5));
        assertHears(browser, joined(4, false), broadcast(5));
    }

    @Test
    void ofACrowdThatComesAtTheSameTimeOneConnectsForAll() throws Exception {
        int crowd = 30;
        CompletableFuture<Boolean> gate = api.holdsHandshakes();
        try (LegWatch watch = LegWatch.start();
                TestRelay relay = new TestRelay(SocketConfig.of(api.uri()), watch, System::nanoTime, d -> {});
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Browser>> coming = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                coming.add(threads.submit(() -> Browser.open(http, relay.socket("room1"))));
            }
            TestRelay.await("all have come", () -> relay.sessions.open() == crowd);
            gate.complete(true);
            List<Browser> watchers = new ArrayList<>();
            for (Future<Browser> each : coming) {
                watchers.add(each.get());
            }
            browsers.addAll(watchers);
            List<RawUpstream.Connection> connected = api.soFar();
            assertThat(connected.size(), is(lessThan(crowd / 3))); // 1, but for who was late on the very last step

            Browser player = watchers.removeLast();
            player.send("{\"type\":\"room:join\",\"data\":{\"playerToken\":\"pt_of_a_player\"}}");
            watchers.forEach(watcher -> watcher.send("{\"type\":\"room:watch\"}"));
            TestRelay.await("one watches, and one plays", () -> {
                connected.addAll(api.soFar());
                return heard(connected, "room:watch") == 1 && heard(connected, "room:join") == 1;
            });
            connected.stream()
                    .filter(each -> each.received.contains(WATCH))
                    .forEach(room -> say(room, joined(4, false)));
            for (Browser watcher : watchers) {
                assertHears(watcher, joined(4, false));
            }
            connected.addAll(api.soFar());
            assertThat(heard(connected, "room:watch"), is(1L));
        }
    }

    private static long heard(List<RawUpstream.Connection> connected, String type) {
        return connected.stream()
                .filter(each -> each.received.stream().anyMatch(message -> message.contains(type)))
                .count();
    }

    @Test
    void whoComesBackHearsWhatItMissed() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        say(room, broadcast(5), broadcast(6), broadcast(7));
        assertHears(first.getFirst(), numbered("room:joined", 4, joined(4, false)), turn(5), turn(6), turn(7));

        String again =
                "{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"ROOM1\",\"role\":\"spectator\",\"epoch\":\"e1\""
                        + ",\"room\":{\"code\":\"ROOM1\"},\"resumed\":true,\"seq\":7}}";
        EventReader back = reader("Last-Event-ID", "e1:5");
        assertHears(back, new Event("", "room:joined", again), turn(6), turn(7));
        Browser browser = browser();
        browser.send("{\"type\":\"room:watch\",\"lastSeq\":6,\"epoch\":\"e1\"}");
        assertHears(browser, again, broadcast(7));

        for (String unknown : List.of("e1:8", "e2:5", "nonsense", "e1:", ":5", "e1:x")) {
            EventReader anew = reader("Last-Event-ID", unknown);
            assertHears(anew, numbered("room:joined", 4, joined(4, false)), turn(5), turn(6), turn(7));
        }
        try (Wire wire = new Wire(proxy.uri())) {
            String metrics = wire.get("/metrics").text();
            assertThat(metrics, containsString("ludo_watchers{kind=\"stream\"} 8.0\n"));
            assertThat(metrics, containsString("ludo_watchers{kind=\"socket\"} 1.0\n"));
            assertThat(metrics, containsString("ludo_hubs 1.0\n"));
            assertThat(
                    metrics, containsString("ludo_watchers_came_back_total{kind=\"stream\",result=\"resumed\"} 1.0\n"));
            assertThat(
                    metrics, containsString("ludo_watchers_came_back_total{kind=\"socket\",result=\"resumed\"} 1.0\n"));
            // What cannot be read as a place says nothing.
            assertThat(metrics, containsString("ludo_watchers_came_back_total{kind=\"stream\",result=\"anew\"} 2.0\n"));
        }
    }

    @Test
    void whatHappenedBeforeTheRoomWasHeardIsHadOfTheApi() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        Browser browser = browser();
        browser.send("{\"type\":\"room:watch\",\"lastSeq\":2,\"epoch\":\"e1\"}");
        assertThat(room.next(), is(WATCH.replace("}", ",\"lastSeq\":2,\"epoch\":\"e1\"}")));
        say(room, joined(4, true), broadcast(3), broadcast(4), broadcast(5));
        assertThat(browser.next(), containsString("\"resumed\":true,\"seq\":4"));
        assertHears(browser, broadcast(3), broadcast(4), broadcast(5));
        assertHears(first.getFirst(), numbered("room:joined", 4, joined(4, false)), turn(5));

        Browser older = browser();
        older.send("{\"type\":\"room:watch\",\"lastSeq\":1,\"epoch\":\"e1\"}");
        assertThat(room.next(), is(WATCH.replace("}", ",\"lastSeq\":1,\"epoch\":\"e1\"}")));
        say(room, joined(5, false)); // the API does not know any more
        assertHears(older, joined(5, false));
        Browser again = browser();
        again.send("{\"type\":\"room:watch\",\"lastSeq\":1,\"epoch\":\"e1\"}");
        assertHears(again, joined(5, false));
        assertThat(room.received.isEmpty(), is(true));
    }

    @Test
    void whoWatchesByASocketIsAnsweredWithoutTheApi() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        Browser browser = watcher();
        assertHears(browser, joined(4, false));
        browser.send("{\"type\":\"ping\",\"requestId\":\"r1\"}");
        assertHears(browser, "{\"type\":\"pong\",\"data\":{\"requestId\":\"r1\"}}");
        browser.send("{\"type\":\"game:roll\",\"requestId\":\"r2\"}");
        assertThat(browser.next(), containsString("\"code\":\"FORBIDDEN\""));
        browser.send("{\"type\":\"nonsense\"}");
        assertThat(browser.next(), containsString("\"code\":\"VALIDATION_FAILED\""));
        browser.send("{\"type\":\"state:sync\"}");
        assertThat(room.next(), is("{\"type\":\"state:sync\"}"));
        say(room, "{\"type\":\"game:state\",\"data\":{\"seq\":4}}", broadcast(5));
        assertHears(browser, "{\"type\":\"game:state\",\"data\":{\"seq\":4}}", broadcast(5));
        browser.send("{\"type\":\"room:leave\"}");
        assertHears(browser, "{\"type\":\"room:left\",\"data\":{}}");
        assertThat(browser.end(), is("1000 left"));
        assertThat(room.received.isEmpty(), is(true));
        assertHears(first.getFirst(), numbered("room:joined", 4, joined(4, false)), turn(5));
    }

    @Test
    void whoWatchesMayJoinByTheSameSocket() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        Browser browser = watcher();
        assertHears(browser, joined(4, false));
        browser.send("{\"type\":\"room:join\",\"playerToken\":\"t\"}");
        RawUpstream.Connection own = api.next();
        assertThat(own.next(), is("{\"type\":\"room:join\",\"playerToken\":\"t\",\"roomCode\":\"ROOM1\"}"));
        say(room, broadcast(5));
        say(own, joined(5, false), broadcast(6));
        assertHears(browser, joined(5, false), broadcast(6));
        browser.send("{\"type\":\"game:roll\"}");
        assertThat(own.next(), is("{\"type\":\"game:roll\"}"));
        browser.close(1000, "bye");
        assertThat(own.end().code(), is(1000));
    }

    @Test
    void aConnectionThatIsLostGoesOnWhereItWas() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        EventReader events = first.getFirst();
        Browser browser = watcher();
        assertHears(browser, joined(4, false));
        say(room, broadcast(5));
        room.leg.close(1012, "restart");
        assertHears(browser, broadcast(5));
        assertThat(browser.next(), startsWith("{\"type\":\"proxy:reconnecting\""));
        RawUpstream.Connection second = api.next();
        assertThat(second.next(), is(WATCH.replace("}", ",\"lastSeq\":5,\"epoch\":\"e1\"}")));
        say(second, joined(7, true), broadcast(6), broadcast(7), broadcast(7), broadcast(5), broadcast(8));
        String resumed = "{\"type\":\"proxy:resumed\",\"data\":{\"seq\":7,\"resumed\":true}}";
        assertHears(browser, resumed, broadcast(6), broadcast(7), broadcast(8));
        assertHears(events, numbered("room:joined", 4, joined(4, false)), turn(5));
        assertThat(events.next().type(), is("proxy:reconnecting"));
        assertHears(events, new Event("", "proxy:resumed", resumed), turn(6), turn(7), turn(8));

        // A number that is left out is had from another connection; where it is missing again it is lost.
        say(second, broadcast(10), broadcast(11));
        RawUpstream.Connection third = api.next();
        assertThat(third.next(), is(WATCH.replace("}", ",\"lastSeq\":8,\"epoch\":\"e1\"}")));
        say(third, joined(10, true), broadcast(10));
        RawUpstream.Connection fourth = api.next();
        assertThat(fourth.next(), is(WATCH));
        say(fourth, joined(10, false), broadcast(11));
        String anew = "{\"type\":\"proxy:resumed\",\"data\":{\"seq\":10,\"resumed\":false}}";
        assertThat(nextBut(browser, "proxy:reconnecting"), is(resumed.replace("7", "10")));
        assertThat(nextBut(browser, "proxy:reconnecting"), is(anew));
        assertHears(browser, broadcast(11));
        assertThat(nextBut(events, "proxy:reconnecting").type(), is("proxy:resumed"));
        assertThat(nextBut(events, "proxy:reconnecting"), is(numbered("room:joined", 10, joined(10, false))));
        assertHears(events, new Event("", "proxy:resumed", anew), turn(11));
    }

    private static String nextBut(Browser browser, String type) throws InterruptedException {
        String message = browser.next();
        return message.contains(type) ? nextBut(browser, type) : message;
    }

    private static Event nextBut(EventReader reader, String type) throws InterruptedException {
        Event event = reader.next();
        return event.type().equals(type) ? nextBut(reader, type) : event;
    }

    @Test
    void aLineEndInAMessageEndsNoEvent() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        first.getFirst().next();
        say(
                room,
                "{\r\n \"type\":\"x\",\n\"seq\":5,\"data\":{\"a\":\"\\n\"}}",
                "{\"type\":\"a\\ndata: b\",\"seq\":6}",
                "not JSON at all",
                "{\"type\":\"x\",\"seq\":7");
        assertHears(
                first.getFirst(),
                numbered("x", 5, "{   \"type\":\"x\", \"seq\":5,\"data\":{\"a\":\"\\n\"}}"),
                new Event("e1:6", "", "{\"type\":\"a\\ndata: b\",\"seq\":6}"));
    }

    @Test
    void moreThanMayWatchARoomAreSentAway() throws Exception {
        restart(usual -> usual.withWatchersPerRoom(2));
        List<EventReader> first = new ArrayList<>();
        roomOf(first);
        Browser second = watcher();
        assertHears(second, joined(4, false));
        assertThat(watcher().end(), is("1013 too many watch this room"));
        EventReader refused = reader();
        assertThat(refused.status, is(503));
        assertThat(refused.head, containsString("Retry-After: 5"));
        second.send("{\"type\":\"room:leave\"}");
        assertThat(second.end(), is("1000 left"));
        TestRelay.await("the end of the socket", () -> proxy.openSockets() == 1);
        assertThat(reader().status, is(200));
    }

    @Test
    void streamsAreCountedAmongTheSockets() throws Exception {
        restart(usual -> usual.withLimits(2, 100));
        List<EventReader> first = new ArrayList<>();
        roomOf(first);
        Browser browser = watcher();
        assertHears(browser, joined(4, false));
        EventReader refused = reader();
        assertThat(refused.status, is(429));
        assertThat(refused.head, not(containsString("text/event-stream")));
        assertThat(proxy.openSockets(), is(2));
    }

    @Test
    void whenTheProxyEndsAllAreToldToGo() throws Exception {
        List<EventReader> first = new ArrayList<>();
        RawUpstream.Connection room = roomOf(first);
        Browser browser = watcher();
        assertHears(browser, joined(4, false));
        proxy.close();
        assertThat(first.getFirst().end(), is("ended"));
        assertThat(browser.end(), startsWith("1001 "));
        assertThat(room.end().code(), is(1000));
    }
}
