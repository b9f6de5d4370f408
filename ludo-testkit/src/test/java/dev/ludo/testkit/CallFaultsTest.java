package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.fault.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallFaultsTest extends WithFake {
    private static final FaultMatch OPENING = FaultMatch.call("POST", "/v1/rooms");

    /** One request over a connection of its own, and all that comes back until the connection ends, or keeps silent. */
    private final class Raw implements AutoCloseable {
        private final Socket socket;

        Raw(String method, String path) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), ludo.port());
            socket.setSoTimeout((int) SOON.toMillis());
            send(method, path);
        }

        void send(String method, String path) throws IOException {
            String body = method.equals("POST") ? "{}" : "";
            socket.getOutputStream()
                    .write((method + ' ' + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + ludo.apiKey().reveal() + "\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(ISO_8859_1));
        }

        String untilTheEnd() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }

        String untilReset() throws IOException {
            StringBuilder seen = new StringBuilder();
            assertThrows(SocketException.class, () -> {
                int next = socket.getInputStream().read();
                while (next >= 0) {
                    seen.append((char) next);
                    next = socket.getInputStream().read();
                }
            });
            return seen.toString();
        }

        String untilSilence() throws IOException {
            socket.setSoTimeout(100);
            StringBuilder seen = new StringBuilder();
            assertThrows(SocketTimeoutException.class, () -> {
                int next = socket.getInputStream().read();
                while (next >= 0) {
                    seen.append((char) next);
                    next = socket.getInputStream().read();
                }
            });
            socket.setSoTimeout((int) SOON.toMillis());
            return seen.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private int openedRooms() {
        return ludo.rooms().size();
    }

    private static int applied(Stage stage) {
        return stage == Stage.BEFORE ? 0 : 1;
    }

    private static FaultRule rule(Stage stage, Fault fault) {
        return switch (stage) {
            case BEFORE -> FaultRule.before(fault).on(OPENING);
            case AFTER -> FaultRule.after(fault).on(OPENING);
            case STREAM -> FaultRule.during(fault).on(OPENING);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aStatusStandsInForTheAnswer(Stage stage) {
        ludo.faults().add(rule(stage, Fault.status(503, Map.of("Retry-After", "7"), "{\"x\":1}")));
        Api.Reply reply = api.post("rooms", "");
        assertThat(reply.status(), is(503));
        assertThat(reply.text(), is("{\"x\":1}"));
        assertThat(reply.header("Retry-After").orElseThrow(), is("7"));
        assertThat(reply.header("Content-Type").orElseThrow(), is("application/json"));
        assertThat(openedRooms(), is(applied(stage)));
        assertThat(api.post("rooms", "").status(), is(201));
    }

    @Test
    void aStatusWithoutABodyIsAFailureInTheEnvelope() {
        ludo.faults().add(FaultRule.before(Fault.status(429)));
        ludo.faults().add(FaultRule.before(Fault.status(502)));
        ludo.faults().add(FaultRule.before(Fault.status(204)));
        assertThat(api.get("rooms").outcome(), is("429 RATE_LIMITED"));
        assertThat(api.get("rooms").outcome(), is("502 INTERNAL"));
        Api.Reply empty = api.get("rooms");
        assertThat(empty.status(), is(204));
        assertThat(empty.text(), is(""));
        ludo.faults().add(FaultRule.before(Fault.status(302, Map.of("Content-Type", "text/html"), "<p>")));
        assertThat(api.get("rooms").header("Content-Type").orElseThrow(), is("text/html"));
    }

    @ParameterizedTest
    @EnumSource
    void aDelayMakesTheAnswerLate(Stage stage) {
        ludo.faults().add(rule(stage, Fault.delay(Duration.ofMillis(60))));
        long start = System.nanoTime();
        assertThat(api.post("rooms", "").status(), is(201));
        assertThat(
                System.nanoTime() - start,
                greaterThanOrEqualTo(Duration.ofMillis(60).toNanos()));
        assertThat(openedRooms(), is(1));
    }

    @ParameterizedTest
    @EnumSource
    void aSlowBodyComesWholeAndTheConnectionGoesOn(Stage stage) throws IOException {
        ludo.faults().add(rule(stage, Fault.slowBody(4_000)));
        int roomBytes = 150;
        long start = System.nanoTime();
        try (Raw raw = new Raw("POST", "/v1/rooms")) {
            String seen = raw.untilSilence();
            assertThat(seen, startsWith(stage == Stage.BEFORE ? "HTTP/1.1 503" : "HTTP/1.1 201"));
            assertThat(seen, endsWith("}"));
            raw.send("GET", "/v1/health");
            assertThat(raw.untilSilence(), startsWith("HTTP/1.1 200"));
        }
        assertThat(
                System.nanoTime() - start,
                greaterThan(Duration.ofMillis(roomBytes / 4).toNanos()));
        assertThat(openedRooms(), is(applied(stage)));
    }

    @ParameterizedTest
    @EnumSource
    void aTruncatedBodyPromisesMoreThanItHas(Stage stage) throws IOException {
        ludo.faults().add(rule(stage, Fault.truncate(10)));
        try (Raw raw = new Raw("POST", "/v1/rooms")) {
            String seen = raw.untilTheEnd();
            String body = seen.substring(seen.indexOf("\r\n\r\n") + 4);
            assertThat(body, is("{\"success\"".substring(0, 10)));
            assertThat(seen, containsString("Content-Length: "));
            assertThat(seen, startsWith(stage == Stage.BEFORE ? "HTTP/1.1 503 " : "HTTP/1.1 201 Created\r\n"));
        }
        assertThat(openedRooms(), is(applied(stage)));
    }

    @Test
    void aTruncatedBodyIsNeverWhole() throws IOException {
        ludo.faults().add(FaultRule.during(Fault.truncate(1_000_000)));
        try (Raw raw = new Raw("GET", "/v1/health")) {
            assertThat(raw.untilTheEnd(), endsWith("{\"success\":true,\"data\":{\"status\":\"ok\"}"));
        }
        ludo.faults().add(FaultRule.during(Fault.truncate(5)));
        try (Raw raw = new Raw("HEAD", "/v1/health")) {
            assertThat(raw.untilTheEnd(), not(containsString("\r\n\r\n")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGarbledBodyIsNoJson(Stage stage) {
        ludo.faults().add(rule(stage, Fault.garble()));
        Api.Reply reply = api.post("rooms", "");
        assertThrows(MalformedJsonException.class, reply::body);
        assertThat(reply.status(), is(stage == Stage.BEFORE ? 503 : 201));
        assertThat(openedRooms(), is(applied(stage)));
        assertThrows(
                MalformedJsonException.class,
                () -> LudoJson.parseObject(CallFaults.garbled("").getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @EnumSource
    void aDroppedAnswerNeverComes(Stage stage) throws IOException {
        ludo.faults().add(rule(stage, Fault.drop()));
        try (Raw raw = new Raw("POST", "/v1/rooms")) {
            String seen = raw.untilTheEnd();
            assertThat(seen, stage == Stage.STREAM ? startsWith("HTTP/1.1 201") : is(""));
            assertThat(seen, not(endsWith("}")));
        }
        assertThat(openedRooms(), is(applied(stage)));
    }

    @ParameterizedTest
    @EnumSource
    void aResetIsOneOfTcp(Stage stage) throws IOException {
        ludo.faults().add(rule(stage, Fault.reset()));
        try (Raw raw = new Raw("POST", "/v1/rooms")) {
            assertThat(raw.untilReset(), stage == Stage.STREAM ? startsWith("HTTP/1.1 201") : is(""));
        }
        assertThat(openedRooms(), is(applied(stage)));
    }

    @ParameterizedTest
    @EnumSource
    void aStalledConnectionStaysOpenUntilTheFakeIsReset(Stage stage) throws IOException {
        ludo.faults().add(rule(stage, Fault.stall()));
        try (Raw raw = new Raw("POST", "/v1/rooms")) {
            assertThat(raw.untilSilence(), stage == Stage.STREAM ? startsWith("HTTP/1.1 201") : is(""));
            assertThat(openedRooms(), is(applied(stage)));
            raw.send("GET", "/v1/health");
            assertThat(raw.untilSilence(), is(""));
            ludo.reset();
            assertThat(raw.untilTheEnd(), is(""));
        }
    }

    @Test
    void closingTheFakeWaitsForNoFault() throws IOException {
        ludo.faults().add(FaultRule.before(Fault.stall()));
        ludo.faults().add(FaultRule.before(Fault.delay(Duration.ofHours(1))));
        try (Raw stalled = new Raw("GET", "/v1/health")) {
            assertThat(stalled.untilSilence(), is(""));
            try (Raw delayed = new Raw("GET", "/v1/health")) {
                assertThat(delayed.untilSilence(), is(""));
                ludo.close();
                assertThat(stalled.untilTheEnd(), is(""));
                assertThat(delayed.untilTheEnd(), is(""));
            }
        }
    }

    @Test
    void aMoveWhoseAnswerIsLostIsMadeOnce() {
        Room room = api.open(2, "quick");
        api.seat(room, "Ann");
        api.seat(room, "Bob");
        GameState state = api.state(room);
        ludo.rollNext(6);
        LegalMove legal = api.roll(state).legalMoves().getFirst();
        ActiveFault fault =
                ludo.faults().add(FaultRule.after(Fault.drop()).on(FaultMatch.call("POST", "/v1/games/*/move")));
        String[] key = {"Idempotency-Key", "k1"};
        int target = legal.targetPosition().value();
        String piece = legal.pieceId().toString();
        assertThrows(UncheckedIOException.class, () -> api.tryMove(state, piece, target, key));
        GameState moved = api.state(room);
        assertThat(moved.seq(), greaterThan(state.seq()));
        Api.Reply again = api.tryMove(state, piece, target, key);
        assertThat(again.header("Idempotent-Replayed").orElseThrow(), is("true"));
        assertThat(again.asMove().state().orElseThrow(), is(moved));
        assertThat(api.state(room), is(moved));
        assertThat(moved.turn().orElseThrow().phase(), is(TurnPhase.ROLL));
        assertThat(fault.hits(), is(1L));
        assertThat(ludo.faults().list(), is(List.of()));
    }

    @Test
    void theOldestThatFitsWinsAndOthersWait() {
        ludo.faults().add(FaultRule.before(Fault.status(500)).on(FaultMatch.call("GET", "/v1/rooms/*")));
        ludo.faults()
                .add(FaultRule.before(Fault.status(502))
                        .on(FaultMatch.call("GET", "/v1/**"))
                        .times(2));
        ludo.faults().add(FaultRule.before(Fault.status(503)).always());
        assertThat(api.get("health").status(), is(502));
        assertThat(api.get("rooms/ABCD").status(), is(500));
        assertThat(api.get("rooms/ABCD").status(), is(502));
        assertThat(api.get("rooms/ABCD").status(), is(503));
        assertThat(api.post("rooms", "").status(), is(503));
        assertThat(api.control("GET", "state", "").status(), is(200));
        ludo.faults().clear();
        assertThat(api.get("health").status(), is(200));
    }

    @Test
    void aRuleMayLetTheFirstBe() {
        ludo.faults().add(FaultRule.before(Fault.status(500)).skipping(2));
        assertThat(api.get("health").status(), is(200));
        assertThat(api.get("health").status(), is(200));
        assertThat(api.get("health").status(), is(500));
        assertThat(api.get("health").status(), is(200));
    }

    @Test
    void theSameLuckHitsTheSameCalls() {
        String first = hits();
        assertThat(first, containsString("5"));
        assertThat(first, containsString("2"));
        ludo.faults().clear();
        assertThat(hits(), is(first));
    }

    private String hits() {
        ludo.faults().add(FaultRule.before(Fault.status(500)).times(6).withProbability(0.5, 99));
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            seen.append(api.get("health").status() / 100);
        }
        assertThat(seen.chars().filter(c -> c == '5').count(), is(6L));
        return seen.toString();
    }

    @Test
    void aHandshakeMayFail() {
        ludo.faults().add(FaultRule.before(Fault.status(503)).on(FaultMatch.handshake()));
        CompletionException refused = assertThrows(CompletionException.class, () -> TestSocket.open(ludo));
        WebSocketHandshakeException handshake = assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
        assertThat(handshake.getResponse().statusCode(), is(503));
        // The JDK's client tries again by itself when no answer comes.
        ActiveFault drops = ludo.faults()
                .add(FaultRule.before(Fault.drop()).on(FaultMatch.handshake()).always());
        assertThrows(CompletionException.class, () -> TestSocket.open(ludo));
        drops.remove();
        ludo.faults().add(FaultRule.before(Fault.delay(Duration.ofMillis(1))).on(FaultMatch.handshake()));
        TestSocket.open(ludo).close();
        assertThat(ludo.faults().list(), is(List.of()));
    }

    @Test
    void callsOnWhichNothingWasToHappenDoNotMindFaultsForOthers() {
        ludo.faults().add(FaultRule.during(Fault.skip()).always());
        ludo.faults().add(FaultRule.before(Fault.status(500)).on(OPENING));
        assertThat(api.get("rooms").status(), is(200));
    }

    @Test
    void aResetForgetsFaultsAndTheirNames() {
        assertThat(ludo.faults().add(FaultRule.before(Fault.drop())).id(), is("flt_1"));
        ludo.reset();
        assertThat(api.get("health").status(), is(200));
        assertThat(ludo.faults().add(FaultRule.before(Fault.drop())).id(), is("flt_1"));
    }
}
