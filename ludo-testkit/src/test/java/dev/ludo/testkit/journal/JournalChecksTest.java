package dev.ludo.testkit.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.testkit.fault.Direction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JournalChecksTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final JournalRecorder recorder =
            new JournalRecorder(InstantSource.fixed(START), InstantSource.fixed(START), 100);
    private final Journal journal = recorder.journal();

    private void call(String method, String path, String body) {
        recorder.request(
                1,
                method,
                path,
                "",
                () -> Map.of("X-Player-Token", "secret-token-1234"),
                body.getBytes(UTF_8),
                Optional.of("k"),
                Optional.empty());
    }

    private void say(String text) {
        recorder.message(Direction.IN, 2, ("##" + text).getBytes(UTF_8), 2, Optional.empty());
    }

    @Test
    void waitsForWhatComesLater() throws Exception {
        CompletableFuture<JournalEntry> found = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                found.complete(journal.await(Expected.request("GET", "/b"), SOON));
            } catch (InterruptedException | AssertionError e) {
                found.completeExceptionally(e);
            }
        });
        call("GET", "/a", "");
        call("GET", "/b", "");
        assertThat(waiting.join(SOON), is(true));
        assertThat(found.join().seq(), is(2L));
    }

    @Test
    void theTimelineCanBeCutToItsEnd() {
        call("GET", "/a", "");
        call("GET", "/b", "");
        recorder.answer(1, "GET", "/b", 404, Map::of, "{}", Optional.empty(), true);
        assertThat(journal.timeline(2), startsWith("… 1 earlier entries are not shown\n"));
        assertThat(journal.timeline(2), containsString("<< 404 GET /b {} ?? no such route\n"));
        assertThat(journal.timeline(2), not(containsString("/a")));
        assertThat(journal.timeline(3), is(journal.timeline()));
        assertThat(journal.unmatched().stream().map(JournalEntry::seq).toList(), is(List.of(3L)));
        assertThrows(IllegalArgumentException.class, () -> journal.timeline(-1));
        assertThrows(IllegalArgumentException.class, () -> journal.await(entry -> true, 0, SOON));
        assertThrows(IllegalArgumentException.class, () -> journal.verify(Expected.request("GET", "/a"), -1));
    }

    @Test
    void whatIsThereAlreadyWillDo() throws InterruptedException {
        call("GET", "/a", "");
        call("GET", "/a", "");
        List<JournalEntry> both = journal.await(Expected.request("GET", "/a"), 2, Duration.ZERO);
        assertThat(both.stream().map(JournalEntry::seq).toList(), is(List.of(1L, 2L)));
        assertThat(journal.count(entry -> entry.kind() == JournalEntry.Kind.REQUEST), is(2));
    }

    @Test
    void whatDoesNotComeInTimeIsSaid() {
        call("GET", "/ab", "");
        AssertionError e = assertThrows(
                AssertionError.class, () -> journal.await(Expected.request("GET", "/ac"), Duration.ofMillis(1)));
        assertThat(e.getMessage(), startsWith("""
                        after PT0.001S there are 0 of 1 entries as awaited: request method GET, path /ac
                        closest is #1
                        """));
        assertThat(e.getMessage(), containsString("#1 2030-01-01T00:00:00Z c1 >> GET /ab key k\n"));
    }

    @Test
    void theReportShowsWhatDiffers() {
        call("POST", "/v1/rooms", "{\"maxPlayers\":2,\"gameMode\":\"quick\"}");
        call("GET", "/v1/rooms", "");
        Expected wanted = Expected.request("POST", "/v1/rooms")
                .json("gameMode", "classic")
                .header("X-Player-Token", "other-token-99999")
                .idempotencyKey("k")
                .query("a=b")
                .connection(1);
        String report = journal.nearMiss(wanted).orElseThrow();
        assertThat(report, is("""
                closest is #1
                                           expected                             recorded
                  method                   POST                                 POST
                  path                     /v1/rooms                            /v1/rooms
                  json gameMode            classic                              quick                                differs
                  header X-Player-Token    other-token-99999                    ***1234                              differs
                  key                      k                                    k
                  query                    a=b                                  -                                    differs
                  connection               1                                    1
                """));
        assertThat(
                journal.nearMiss(Expected.request("POST", "/v1/*").header("x-player-token", "secret-token-1234")),
                is(Optional.empty()));
        journal.clear();
        assertThat(journal.nearMiss(wanted), is(Optional.empty()));
    }

    @Test
    void countsAreExact() {
        say("{\"type\":\"game:roll\"}");
        say("{\"type\":\"game:roll\",\"requestId\":\"2\"}");
        journal.verify(Expected.message("game:roll"), 2);
        journal.verify(Expected.message("game:*").json("requestId", "2"));
        journal.verify(Expected.message("game:move"), 0);
        AssertionError e = assertThrows(AssertionError.class, () -> journal.verify(Expected.message("game:roll"), 1));
        assertThat(e.getMessage(), startsWith("frame-in type game:roll was expected 1 times and came 2 times\n"));
    }

    @Test
    void whatNobodyExpectedIsFound() throws InterruptedException {
        call("GET", "/a", "");
        say("{\"type\":\"ping\"}");
        recorder.control(Direction.IN, 2, "ping", "x", Optional.empty());
        recorder.answer(1, "GET", "/a", 200, Map::of, "{}", Optional.empty(), false);
        journal.verify(Expected.request("GET", "/a"));
        AssertionError e = assertThrows(AssertionError.class, journal::assertNothingElse);
        assertThat(e.getMessage(), startsWith("""
                        nobody expected
                          #2 2030-01-01T00:00:00Z c2 >> {"type":"ping"}
                           +0.000s #1"""));
        journal.await(Expected.message("ping"), SOON);
        journal.assertNothingElse();
    }

    @Test
    void longBodiesAreCutAndAllOfThemTogetherAreBounded() {
        JournalRecorder much = new JournalRecorder(InstantSource.fixed(START), InstantSource.fixed(START), 10_000);
        String large = "x".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            much.answer(1, "GET", "/a", 200, Map::of, large, Optional.empty(), false);
        }
        List<JournalEntry> kept = much.journal().entries();
        assertThat(kept.size(), lessThanOrEqualTo(32 * 1024 * 1024 / (64 * 1024)));
        assertThat(kept.getFirst().body().length(), is(64 * 1024 + 1));
        assertThat(much.journal().lost(), is(1_000L - kept.size()));
    }

    @Test
    void secretsInBrokenTextsAreMaskedToo() {
        say("{\"type\":\"room:join\",\"playerToken\" : \"ptk_abcdefghijkl\", nonsense");
        JournalEntry entry = journal.entries().getFirst();
        assertThat(entry.body(), containsString("\"playerToken\" : \"***ijkl\""));
        assertThat(entry.toString(), not(containsString("abcdefgh")));
        assertThat(entry.type(), is(Optional.empty()));
    }

    @Test
    void numbersGoOnAfterAClear() {
        call("GET", "/a", "");
        journal.clear();
        call("GET", "/a", "");
        assertThat(journal.entries().getFirst().seq(), is(2L));
        assertThat(journal.entriesAfter(2), is(List.of()));
        assertThat(journal.entriesAfter(0).size(), is(1));
        assertThat(journal.timeline(), not(containsString("no longer kept")));
    }
}
