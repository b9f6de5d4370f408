package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.cache.Touched;
import dev.ludo.server.realtime.SocketMeter.Comeback;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose API comes and goes: what it sees of that, and what the API is told. */
@Timeout(60)
class ResumeTest {
    private static final String JOIN = "{\"type\":\"room:join\",\"roomCode\":\"ROOM1\",\"playerToken\":\"t\"}";
    private static final String UNAVAILABLE =
            "{\"type\":\"error\",\"data\":{\"code\":\"UNAVAILABLE\",\"message\":\"The connection to the API is lost"
                    + " for a moment.\"";

    private final GatedTime time = new GatedTime();
    private final LegWatch watch = LegWatch.manual();
    private RawUpstream api;
    private TestRelay relay;
    private HttpClient http;
    private final List<Browser> browsers = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        api = new RawUpstream();
        http = HttpClient.newHttpClient();
        relay = new TestRelay(SocketConfig.of(api.uri()), watch, time, time);
    }

    @AfterEach
    void stop() throws IOException {
        browsers.forEach(Browser::vanish);
        http.shutdownNow();
        TestRelay.await("sessions that end with their clients", () -> relay.sessions.open() == 0);
        relay.close();
        api.close();
    }

    private static String joined(String epoch, long seq, boolean resumed) {
        return "{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"ROOM1\",\"role\":\"player\",\"state\":{\"seq\":99,\"epoch\":\"x\"},"
                + "\"resumed\":" + resumed + ",\"seq\":" + seq + ",\"epoch\":\"" + epoch + "\"}}";
    }

    // The number stands after what looks like one.
    private static String broadcast(long seq) {
        return "{\"type\":\"game:turn-change\",\"data\":{\"seq\":1000,\"reason\":\"\\\"seq\\\":1000,\"},\"seq\":" + seq
                + ",\"ts\":\"2026-01-01T00:00:00Z\"}";
    }

    private static String entry(String epoch, long seq) {
        return JOIN.replace("}", ",\"lastSeq\":" + seq + ",\"epoch\":\"" + epoch + "\"}");
    }

    private static String resumed(long seq, boolean resumed) {
        return "{\"type\":\"proxy:resumed\",\"data\":{\"seq\":" + seq + ",\"resumed\":" + resumed + "}}";
    }

    private static String reconnecting(int attempt) {
        return "{\"type\":\"proxy:reconnecting\",\"data\":{\"attempt\":" + attempt + "}}";
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

    private Browser browser() {
        Browser browser = Browser.open(http, relay.socket("room1"));
        browsers.add(browser);
        return browser;
    }

    /** Lets a client into the room and has it hear broadcasts 5 and 6. */
    private RawUpstream.Connection joinedBy(Browser browser) throws InterruptedException {
        RawUpstream.Connection upstream = api.next();
        browser.send(JOIN);
        assertThat(upstream.next(), is(JOIN));
        say(upstream, joined("e1", 4, false), broadcast(5), broadcast(6));
        assertHears(browser, joined("e1", 4, false), broadcast(5), broadcast(6));
        return upstream;
    }

    private static void lose(RawUpstream.Connection upstream) throws IOException {
        upstream.socket.setSoLinger(true, 0);
        upstream.socket.close();
    }

    private RawUpstream.Connection comesBack(Browser browser, int attempt) throws InterruptedException {
        assertHears(browser, reconnecting(attempt));
        time.asked();
        time.wake();
        return api.next();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1001, 1005, 1011, 1012, 1013, 1014, 4408, 4410, 4429})
    void whatWasMissedIsMadeGoodAndNothingComesTwice(int code) throws Exception {
        Browser browser = browser();
        RawUpstream.Connection first = joinedBy(browser);
        switch (code) {
            case 0 -> lose(first);
            case 1 -> first.socket.close();
            default -> first.leg.close(code, "come back");
        }
        RawUpstream.Connection second = comesBack(browser, 1);
        assertThat(second.next(), is(entry("e1", 6)));
        say(second, broadcast(100), joined("e1", 8, true), broadcast(6), broadcast(7), broadcast(8));
        assertHears(browser, resumed(8, true), broadcast(7), broadcast(8));
        browser.send("{\"type\":\"game:roll\"}");
        assertThat(second.next(), is("{\"type\":\"game:roll\"}"));
        say(second, broadcast(9));
        assertHears(browser, broadcast(9));

        lose(second);
        RawUpstream.Connection third = comesBack(browser, 1);
        assertThat(third.next(), is(entry("e1", 9)));
        say(third, joined("e1", 9, true));
        assertHears(browser, resumed(9, true));
        browser.close(1000, "bye");
        assertThat(third.end().code(), is(1000));
        assertThat(browser.received.isEmpty(), is(true));
        assertThat(List.copyOf(relay.comebacks), is(List.of(Comeback.RESUMED, Comeback.RESUMED)));
        assertEnded(2, 1000);
    }

    private void assertEnded(int comebacks, int code) {
        TestRelay.await("the session", () -> !relay.ended.isEmpty());
        EndedSession ended = relay.ended.remove();
        assertThat(ended.comebacks(), is(comebacks));
        assertThat(ended.code(), is(code));
    }

    @Test
    void aCommandInBetweenIsAnsweredAndNotPassedOn() throws Exception {
        Browser browser = browser();
        RawUpstream.Connection first = joinedBy(browser);
        lose(first);
        assertHears(browser, reconnecting(1));
        time.asked();
        browser.send("{\"requestId\":\"r-\\u0031\",\"type\":\"game:roll\"}");
        assertHears(browser, UNAVAILABLE + ",\"requestId\":\"r-\\u0031\"}}");
        browser.send("{\"type\":\"game:roll\",\"requestId\":7}");
        assertHears(browser, UNAVAILABLE + "}}");
        browser.send(JOIN);
        assertHears(browser, UNAVAILABLE + "}}");
        time.wake();
        RawUpstream.Connection second = api.next();
        assertThat(second.next(), is(entry("e1", 6)));
        browser.send("{\"type\":\"game:roll\",\"requestId\":\"early\"}");
        assertHears(browser, UNAVAILABLE + ",\"requestId\":\"early\"}}");
        say(second, joined("e1", 6, true));
        assertHears(browser, resumed(6, true));
        browser.send("{\"type\":\"state:sync\"}");
        assertThat(second.next(), is("{\"type\":\"state:sync\"}"));
    }

    @Test
    void aHistoryThatIsLostIsToldAndTheNewOneIsCountedFromThere() throws Exception {
        Browser browser = browser();
        lose(joinedBy(browser));
        RawUpstream.Connection second = comesBack(browser, 1);
        second.next();
        say(second, joined("e\\u0032", 2, false), broadcast(3));
        assertHears(browser, resumed(2, false), broadcast(3));
        lose(second);
        assertThat(comesBack(browser, 1).next(), is(entry("e2", 3)));
        assertThat(relay.comebacks.peek(), is(Comeback.ANEW));
        assertThat(relay.touched.contains(Touched.RATINGS), is(true)); // a game may have ended in what was lost
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "1002, 1002",
        "1003, 1003",
        "1007, 1007",
        "1009, 1009",
        "3456, 3456",
        "4400, 4400",
        "4401, 4401",
        "4403, 4403",
        "4404, 4404",
        "4409, 4409"
    })
    void aCodeThatSaysNoEndsTheClient(int code, int told) throws Exception {
        Browser browser = browser();
        joinedBy(browser).leg.close(code, "no");
        assertThat(browser.end(), is(told + " no"));

        Browser other = browser();
        lose(joinedBy(other));
        RawUpstream.Connection second = comesBack(other, 1);
        second.next();
        second.leg.close(code, "no");
        assertThat(other.end(), is(told + " no"));
        assertThat(List.copyOf(relay.comebacks), is(List.of(Comeback.FAILED)));
    }

    @Test
    void aRoomThatIsClosedIsNotComeBackTo() throws Exception {
        Browser browser = browser();
        RawUpstream.Connection upstream = joinedBy(browser);
        String closed = "{\"type\":\"room:closed\",\"seq\":7,\"data\":{}}";
        say(upstream, closed);
        assertHears(browser, closed);
        lose(upstream);
        assertThat(browser.end(), is("1000 the room is closed"));
    }

    @Test
    void theWaitsAreDrawnFromAGrowingCeilingAndEndAfter30Seconds() throws Exception {
        Browser browser = browser();
        RawUpstream.Connection first = joinedBy(browser);
        api.answers("HTTP/1.1 500 Odd\r\nContent-Length: 2\r\n\r\n{}");
        lose(first);
        List<Duration> waits = new ArrayList<>();
        time.open();
        assertThat(browser.end(), is("1013 the API could not be reached again within 30 s"));
        int attempts = browser.received.size();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            assertHears(browser, reconnecting(attempt));
            Duration wait = time.asked();
            waits.add(wait);
            Duration ceiling = Duration.ofMillis(Math.min(5000, 500L << Math.min(attempt - 1, 8)));
            assertThat("wait " + attempt, wait, lessThanOrEqualTo(ceiling));
        }
        Duration all = waits.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(all, lessThanOrEqualTo(Duration.ofSeconds(30)));
        assertThat(all, greaterThan(Duration.ofSeconds(25)));
        assertThat(waits.stream().distinct().count(), is((long) waits.size()));
        assertThat(List.copyOf(relay.comebacks), is(List.of(Comeback.FAILED)));
    }

    @Test
    void whatTheApiAsksForIsWaitedFor() throws Exception {
        Browser browser = browser();
        RawUpstream.Connection first = joinedBy(browser);
        api.answers("HTTP/1.1 503 Odd\r\nRetry-After: 12\r\nContent-Length: 2\r\n\r\n{}");
        lose(first);
        time.asked();
        time.wake();
        assertThat(time.asked(), greaterThanOrEqualTo(Duration.ofSeconds(12)));
        api.answers("HTTP/1.1 503 Odd\r\nRetry-After: 60\r\nContent-Length: 2\r\n\r\n{}");
        time.wake();
        assertThat(browser.end(), startsWith("1013 "));
    }

    @Test
    void aJoinThatIsNotAnsweredOrRefusedIsTriedAgain() throws Exception {
        Browser browser = browser();
        lose(joinedBy(browser));
        RawUpstream.Connection second = comesBack(browser, 1);
        assertThat(second.next(), is(entry("e1", 6)));
        say(second, "{\"type\":\"error\",\"data\":{\"code\":\"INTERNAL\",\"message\":\"not now\"}}");
        RawUpstream.Connection third = comesBack(browser, 2);
        assertThat(third.next(), is(entry("e1", 6)));
        say(third, "{\"type\":\"motd\",\"data\":{}}"); // which is no answer
        time.pass(Duration.ofSeconds(11));
        TestRelay.await("the end of the leg that is not answered", () -> {
            watch.look();
            return third.end.isDone();
        });
        RawUpstream.Connection fourth = comesBack(browser, 3);
        assertThat(fourth.next(), is(entry("e1", 6)));
        say(fourth, joined("e1", 6, true));
        assertHears(browser, resumed(6, true));
    }

    @Test
    void anApiThatTakesItBackAgainAndAgainIsGivenUp() throws Exception {
        Browser browser = browser();
        RawUpstream.Connection upstream = joinedBy(browser);
        time.open();
        int rounds = 0;
        RawUpstream.@Nullable Connection current = upstream;
        while (current != null) {
            lose(current);
            current = nextUnlessItEnds(browser);
            if (current != null) {
                say(current, joined("e1", 6, true));
                time.pass(Duration.ofSeconds(2));
                rounds++;
            }
        }
        assertThat(browser.end(), startsWith("1013 "));
        assertThat("rounds", rounds, greaterThan(3));
    }

    private RawUpstream.@Nullable Connection nextUnlessItEnds(Browser browser) {
        RawUpstream.Connection[] next = new RawUpstream.Connection[1];
        TestRelay.await("another connection or the end", () -> {
            RawUpstream.Connection found = api.poll();
            if (found != null) {
                next[0] = found;
            }
            return found != null || browser.end.isDone();
        });
        return next[0];
    }

    @Test
    void whoHasNotJoinedYetNoticesNothing() throws Exception {
        Browser browser = browser();
        lose(api.next());
        time.asked();
        time.wake();
        RawUpstream.Connection second = api.next();
        browser.send(JOIN);
        assertThat(second.next(), is(JOIN));
        lose(second); // before it has answered

        time.asked();
        time.wake();
        RawUpstream.Connection third = api.next();
        assertThat(third.next(), is(JOIN));
        say(third, joined("e1", 4, false));
        assertHears(browser, joined("e1", 4, false));
    }

    @Test
    void aJoinThatComesInBetweenIsPassedOnLater() throws Exception {
        Browser browser = browser();
        lose(api.next());
        time.asked();
        browser.send(JOIN);
        browser.send("{\"type\":\"state:sync\"}");
        assertHears(browser, UNAVAILABLE + "}}"); // so the join has been read
        time.wake();
        RawUpstream.Connection second = api.next();
        assertThat(second.next(), is(JOIN));
        say(second, joined("e1", 4, false));
        assertHears(browser, joined("e1", 4, false));
    }

    @Test
    void aClientThatResumesByItselfIsCountedFromWhereItSays() throws Exception {
        Browser browser = browser();
        RawUpstream.Connection first = api.next();
        String own = "{\"epoch\":\"e1\",\"lastSeq\":3,\"type\":\"room:join\",\"roomCode\":\"ROOM1\"}";
        browser.send(own);
        assertThat(first.next(), is(own));
        say(first, joined("e1", 9, true), broadcast(4));
        assertHears(browser, joined("e1", 9, true), broadcast(4));
        lose(first);
        RawUpstream.Connection second = comesBack(browser, 1);
        String from4 = "{\"type\":\"room:join\",\"roomCode\":\"ROOM1\",\"lastSeq\":4,\"epoch\":\"e1\"}";
        assertThat(second.next(), is(from4));
    }

    @Test
    void anApiThatNumbersNothingIsJoinedAsBefore() throws Exception {
        Browser browser = browser();
        RawUpstream.Connection first = api.next();
        browser.send(JOIN);
        assertThat(first.next(), is(JOIN));
        String event = "{\"type\":\"game:turn-change\",\"data\":{\"currentPlayerId\":\"plr_1\"}}";
        say(first, event);
        assertHears(browser, event);
        lose(first);
        RawUpstream.Connection second = comesBack(browser, 1);
        assertThat(second.next(), is(JOIN));
        assertHears(browser, "{\"type\":\"proxy:resumed\",\"data\":{\"resumed\":false}}");
        say(second, event);
        assertHears(browser, event);
    }

    @Test
    void aClientThatGoesInBetweenEndsTheAttempts() throws Exception {
        Browser browser = browser();
        lose(joinedBy(browser));
        time.asked();
        browser.close(1000, "enough");
        TestRelay.await("the end of a session that waits", () -> relay.sessions.open() == 0);
        assertEnded(0, 1000);
    }

    @Test
    void aDrainEndsAClientThatWaits() throws Exception {
        Browser browser = browser();
        lose(joinedBy(browser));
        time.asked();
        relay.sessions.drain(Duration.ZERO, Duration.ofSeconds(20));
        assertThat(browser.end(), startsWith("1001 "));
        assertThat(relay.sessions.open(), is(0));
    }
}
