package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.Room;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.journal.Expected;
import dev.ludo.testkit.journal.JournalEntry;
import dev.ludo.testkit.journal.JournalEntry.Kind;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest extends WithFake {
    private List<String> kinds() {
        return ludo.journal().entries().stream()
                .map(entry -> entry.kind().word())
                .toList();
    }

    @Test
    void everyCallAndItsAnswerAreThere() {
        api.post("rooms?x=1", "{\"maxPlayers\":3}", "Idempotency-Key", "k1", "X-Request-Id", "r1");
        ludo.advance(Duration.ofMinutes(1));
        api.get("rooms");
        List<JournalEntry> all = ludo.journal().entries();
        assertThat(kinds(), is(List.of("request", "answer", "request", "answer")));

        JournalEntry asked = all.getFirst();
        assertThat(asked.seq(), is(1L));
        assertThat(asked.at(), is(START));
        assertThat(asked.connection(), is(1));
        assertThat(asked.method().orElseThrow(), is("POST"));
        assertThat(asked.path().orElseThrow(), is("/v1/rooms"));
        assertThat(asked.query().orElseThrow(), is("x=1"));
        assertThat(asked.body(), is("{\"maxPlayers\":3}"));
        assertThat(asked.header("x-REQUEST-id").orElseThrow(), is("r1"));
        assertThat(asked.idempotencyKey().orElseThrow(), is("k1"));
        assertThat(asked.status().isEmpty(), is(true));

        JournalEntry answered = all.get(1);
        assertThat(answered.status().orElseThrow(), is(201));
        assertThat(answered.path().orElseThrow(), is("/v1/rooms"));
        assertThat(answered.body(), containsString("\"maxPlayers\":3"));
        assertThat(answered.header("X-RateLimit-Limit").isPresent(), is(true));
        assertThat(answered.header("X-Request-Id").orElseThrow(), is("r1"));
        assertThat(all.getLast().at(), is(START.plusSeconds(60)));
        assertThat(all.getLast().realAt().isBefore(asked.realAt()), is(false));
    }

    @Test
    void whatWasNotReadIsThereWithoutItsBody() {
        api.callWithoutKey("POST", "rooms", "{}");
        api.post("nothing", "x".repeat(70_000));
        assertThat(kinds(), is(List.of("request", "answer", "request", "answer")));
        assertThat(ludo.journal().entries().getFirst().body(), is(""));
        assertThat(ludo.journal().entries().get(1).status().orElseThrow(), is(401));
    }

    /** Method, path and status of the answers to requests that the fake has no route for. */
    private static List<String> unmatched(FakeLudo of) {
        return of.journal().unmatched().stream()
                .map(answer -> answer.method().orElseThrow()
                        + ' '
                        + answer.path().orElseThrow()
                        + ' '
                        + answer.status().orElseThrow())
                .toList();
    }

    @Test
    void requestsWithoutARouteAreToldFromThoseForWhatIsNotThere() {
        api.get("romms");
        api.call("PATCH", "rooms", "");
        api.get("/rooms");
        api.get("/ws");
        api.get("rooms/K7Q2M9");
        api.call("DELETE", "webhooks/whk_nowhere0", "");
        api.callWithoutKey("GET", "nothing", "");
        ludo.on("GET", "/v1/scripted").respond(Reply.status(404));
        api.get("scripted");
        ludo.faults().add(FaultRule.before(Fault.status(404)));
        api.get("faulty");
        api.control("GET", "nothing", "");
        assertThat(
                unmatched(ludo),
                is(List.of("GET /v1/romms 404", "PATCH /v1/rooms 405", "GET /rooms 404", "GET /ws 404")));
        assertThat(ludo.journal().timeline(), containsString("?? no such route"));
    }

    @Test
    void whoAsksAnApiThatHasLessHasMadeNoSlip() {
        try (FakeLudo less = FakeLudo.builder().attestedOnly().start();
                Api calls = new Api(less)) {
            assertThat(calls.get("leaderboard").status(), is(404));
            assertThat(calls.get("leaderbord").status(), is(404));
            assertThat(unmatched(less), is(List.of("GET /v1/leaderbord 404")));
        }
    }

    @Test
    void whatIsNoHttpIsThereByItsAnswer() throws IOException {
        RawHttp.exchange(ludo.port(), "GET /v1/rooms HTTP/1.1\r\nno header\r\n\r\n");
        RawHttp.exchange(ludo.port(), "nonsense\r\n\r\n");
        assertThat(kinds(), is(List.of("answer", "answer")));
        JournalEntry answer = ludo.journal().entries().getFirst();
        assertThat(answer.status().orElseThrow(), is(400));
        assertThat(answer.body(), containsString("MALFORMED_REQUEST"));
        assertThat(ludo.journal().unmatched(), is(List.of()));
        assertThat(ludo.journal().entries().getLast().connection(), is(2));
    }

    @Test
    void theControlApiIsNotInIt() {
        api.control("GET", "state", "");
        assertThat(ludo.journal().entries(), is(List.of()));
    }

    @Test
    void secretsAreMasked() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        api.post("rooms/" + room.code() + "/leave", "", ann.header());
        try (TestSocket socket = TestSocket.join(ludo, room, ann, "")) {
            assertThat(socket.endCode(), is(4403));
        }
        String all = api.control("GET", "journal", "").text() + ludo.journal().timeline();
        assertThat(all, not(containsString(ann.token())));
        assertThat(all, not(containsString(ludo.apiKey().reveal())));
        assertThat(all, containsString("\"playerToken\":\"***"));
        assertThat(
                all,
                containsString("\"X-Player-Token\":\"***"
                        + ann.token().substring(ann.token().length() - 4)));
        assertThat(all, containsString("\"Authorization\":\"Bearer ***demo\""));
    }

    @Test
    void everyFrameOfASocketIsThere() throws InterruptedException {
        Room room = api.open(2, "classic");
        ludo.journal().clear();
        try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
            socket.joined();
            socket.raw().sendClose(1000, "enough").join();
            assertThat(socket.endCode(), is(1000));
        }
        ludo.journal()
                .await(
                        entry -> entry.kind() == Kind.FRAME_OUT
                                && !entry.opcode().isEmpty(),
                        SOON);
        List<JournalEntry> all = ludo.journal().entries();
        assertThat(kinds(), is(List.of("request", "answer", "frame-in", "frame-out", "frame-in", "frame-out")));
        assertThat(all.getFirst().path().orElseThrow(), is("/ws"));
        assertThat(all.get(1).status().orElseThrow(), is(101));
        assertThat(all.get(2).type().orElseThrow(), is("room:watch"));
        assertThat(all.get(3).type().orElseThrow(), is("room:joined"));
        assertThat(all.get(4).opcode().orElseThrow(), is("close"));
        assertThat(all.get(4).body(), is("1000 enough"));
        assertThat(all.get(5).body(), is("1000"));
        assertThat(all.stream().map(JournalEntry::connection).distinct().count(), is(1L));
    }

    @Test
    void faultsAreNamed() {
        ludo.faults().add(FaultRule.after(Fault.drop()).on(FaultMatch.call("POST", "/v1/rooms")));
        ludo.faults().add(FaultRule.before(Fault.status(503)));
        assertThrows(UncheckedIOException.class, () -> api.post("rooms", ""));
        assertThat(api.get("rooms").status(), is(503));
        assertThat(
                ludo.journal().entries().stream()
                        .map(entry -> entry.faultId().orElse("-"))
                        .toList(),
                is(List.of("flt_1", "flt_1", "flt_2", "flt_2")));
        assertThat(ludo.journal().entries().get(1).status().orElseThrow(), is(201));
        assertThat(ludo.journal().timeline(), containsString("POST /v1/rooms !! flt_1"));
    }

    @Test
    void theControlApiGivesItFromAnEntryOn() {
        api.post("rooms", "{\"maxPlayers\":2}", "Idempotency-Key", "k1");
        api.get("health");
        JsonArray all = api.control("GET", "journal", "").list();
        JsonObject first = all.getJsonObject(0);
        assertThat(first.getInt("seq"), is(1));
        assertThat(first.getString("at"), is("2030-01-01T00:00:00Z"));
        assertThat(first.getInt("connection"), is(1));
        assertThat(first.getString("kind"), is("request"));
        assertThat(first.getString("method"), is("POST"));
        assertThat(first.getString("path"), is("/v1/rooms"));
        assertThat(first.getString("body"), is("{\"maxPlayers\":2}"));
        assertThat(first.getString("idempotencyKey"), is("k1"));
        assertThat(first.getJsonObject("headers").isEmpty(), is(false));
        assertThat(first.containsKey("faultId"), is(false));
        assertThat(all.getJsonObject(1).getInt("status"), is(201));
        assertThat(
                api.control("GET", "journal?since=3", "")
                        .list()
                        .getJsonObject(0)
                        .getInt("seq"),
                is(4));
        assertThat(api.control("DELETE", "journal", "").status(), is(204));
        assertThat(api.control("GET", "journal", "").list().size(), is(0));
        api.get("health");
        assertThat(api.control("GET", "journal", "").list().getJsonObject(0).getInt("seq"), is(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "", "1.5", "99999999999999999999"})
    void aWrongSinceIsNamed(String since) {
        Api.Reply reply = api.control("GET", "journal?since=" + since, "");
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of("since")));
    }

    @Test
    void itsSizeIsSettable() {
        try (FakeLudo small = FakeLudo.builder().journalSize(3).start();
                Api calls = new Api(small)) {
            calls.get("health");
            calls.get("health");
            assertThat(
                    small.journal().entries().stream()
                            .mapToLong(JournalEntry::seq)
                            .boxed()
                            .toList(),
                    is(LongStream.rangeClosed(2, 4).boxed().toList()));
            assertThat(small.journal().lost(), is(1L));
            assertThat(small.journal().timeline(), containsString("1 earlier entries are no longer kept"));
        }
        try (FakeLudo none = FakeLudo.builder().journalSize(0).start();
                Api calls = new Api(none)) {
            calls.get("health");
            assertThat(none.journal().entries(), is(List.of()));
        }
        assertThrows(IllegalArgumentException.class, () -> FakeLudo.builder().journalSize(-1));
        assertThrows(IllegalArgumentException.class, () -> FakeLudo.builder().journalSize(1_000_001));
    }

    @Test
    void connectionsAreToldApart() {
        api.get("health");
        try (Api other = new Api(ludo)) {
            other.get("health");
        }
        api.get("health");
        assertThat(
                ludo.journal().entries().stream().map(JournalEntry::connection).toList(),
                is(List.of(1, 1, 2, 2, 1, 1)));
    }

    @Test
    void aCheckFailsWithTheClosestBesideWhatWasExpected() {
        api.post("rooms", "{\"maxPlayers\":2}");
        api.get("health");
        Expected wanted = Expected.request("POST", "/v1/rooms").json("maxPlayers", "3");
        AssertionError e =
                assertThrows(AssertionError.class, () -> ludo.journal().verify(wanted));
        assertThat(
                e.getMessage(),
                allOf(
                        containsString("closest is #1\n"),
                        containsString("  json maxPlayers          3 "),
                        containsString(" 2 "),
                        containsString("differs"),
                        containsString(">> GET /v1/health")));
        ludo.journal().verify(Expected.request("POST", "/v1/rooms").json("maxPlayers", "2"));
    }
}
