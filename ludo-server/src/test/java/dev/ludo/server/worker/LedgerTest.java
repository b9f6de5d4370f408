package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.ludo.server.inbox.InboxEntry;
import dev.ludo.server.inbox.InboxTail;
import dev.ludo.server.inbox.InboxTail.Found;
import dev.ludo.server.inbox.Place;
import dev.ludo.server.worker.Ledger.Open;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written down of how far a target is, and what a crash leaves of it. */
class LedgerTest extends WorkerTest {
    private Path file() {
        return folder.resolve("forward-test.log");
    }

    private Ledger open() throws IOException {
        return Ledger.open(file(), Place.BEGINNING);
    }

    private List<Found> accepted(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            accept("msg_" + i, "{}");
        }
        List<Found> all = new ArrayList<>();
        try (InboxTail tail = new InboxTail(folder, Place.BEGINNING)) {
            for (Optional<Found> next = tail.next(); next.isPresent(); next = tail.next()) {
                all.add(next.get());
            }
        }
        assertThat(all.size(), is(count));
        return all;
    }

    private static List<String> ids(Ledger ledger) {
        return ledger.open().stream().map(Open::id).toList();
    }

    @Test
    void theBeginningIsWrittenDownToo() throws IOException {
        open().close();
        try (Ledger again = Ledger.open(file(), new Place(3, 8))) {
            assertThat(again.readTo(), is(Place.BEGINNING));
        }
    }

    @Test
    void whatIsOpenOutlastsTheProcessWithItsFailures() throws IOException {
        List<Found> all = accepted(3);
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        try (Ledger ledger = open()) {
            all.forEach(found -> ledger.begun(found.place(), found.entry(), found.place()));
            ledger.commit();
            ledger.finished(all.get(1).place());
            ledger.failed(all.get(2).place(), new Failures(7, first));
        }
        try (Ledger ledger = open()) {
            assertThat(ids(ledger), is(List.of("msg_0", "msg_2")));
            assertThat(ledger.open().getLast().failures(), is(new Failures(7, first)));
            assertThat(ledger.open().getFirst().failures(), is(Failures.NONE));
            assertThat(ledger.readTo(), is(all.getLast().place()));
            assertThat(ledger.firstSegment(), is(all.getFirst().place().segment()));
        }
    }

    @Test
    void whatACrashHasCutIsReadAgain() throws IOException {
        List<Found> all = accepted(1);
        try (Ledger ledger = open()) {
            ledger.begun(
                    all.getFirst().place(),
                    all.getFirst().entry(),
                    all.getFirst().place());
        }
        Files.writeString(file(), "done " + all.getFirst().place() + "\nread 1", StandardOpenOption.APPEND);
        try (Ledger ledger = open()) {
            assertThat(ids(ledger), is(List.of()));
            assertThat(ledger.readTo(), is(all.getFirst().place()));
            ledger.movedTo(new Place(9, 8));
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.readTo(), is(new Place(9, 8)));
        }
    }

    @Test
    void aSegmentIsNeededUntilItIsWrittenDownThatItIsNot() throws IOException {
        Found found = accepted(1).getFirst();
        try (Ledger ledger = open()) {
            long first = ledger.firstSegment();
            ledger.movedTo(new Place(3, 8));
            assertThat(ledger.firstSegment(), is(first));
            ledger.begun(new Place(3, 8), found.entry(), new Place(4, 8));
            ledger.commit();
            assertThat(ledger.firstSegment(), is(3L));
            ledger.finished(new Place(3, 8));
            assertThat(ledger.firstSegment(), is(3L));
            ledger.commit();
            assertThat(ledger.firstSegment(), is(4L));
        }
    }

    @Test
    void theFileStaysSmallHoweverMuchPasses() throws IOException {
        InboxEntry entry = accepted(1).getFirst().entry();
        Place stuck = new Place(1, 1);
        try (Ledger ledger = open()) {
            ledger.begun(stuck, entry, stuck);
            ledger.commit();
            for (int i = 2; i < 20_000; i++) {
                Place place = new Place(1, i);
                ledger.begun(place, entry, place);
                ledger.failed(stuck, new Failures(i, Instant.EPOCH));
                if (i % 100 == 0) {
                    ledger.commit();
                }
                ledger.finished(place);
            }
        }
        assertThat(Files.size(file()), lessThan(1_000_000L));
        try (Ledger ledger = open()) {
            assertThat(ledger.open().size(), is(1));
            assertThat(ledger.open().getFirst().place(), is(stuck));
            assertThat(ledger.open().getFirst().failures().attempts(), is(19_999));
            assertThat(ledger.readTo(), is(new Place(1, 19_999)));
        }
    }

    private static DeadLetter letter(String id) {
        return new DeadLetter(id, "a.example-1", "ROOM2", Instant.EPOCH, Instant.EPOCH, 3, "HTTP 500", "e30=");
    }

    @Test
    void deadLettersThatWereTakenLeaveNothingBehind() throws IOException {
        byte[] body = "{}".getBytes(UTF_8);
        try (DeadLetters letters = DeadLetters.open(folder)) {
            letters.add(letter("msg_kept"), Place.BEGINNING);
            letters.add(letter("msg_again"), Place.BEGINNING);
            letters.again("msg_again", List.of("a.example-1"));
            for (int i = 0; i < 520; i++) {
                letters.add(letter("msg_" + i), Place.BEGINNING);
                letters.taken("a.example-1", "msg_" + i);
            }
            assertThat(letters.size(), is(2));
        }
        assertThat(Files.readAllLines(folder.resolve("dead-letters.log")).size(), lessThan(250));
        try (DeadLetters letters = DeadLetters.open(folder)) {
            assertThat(letters.size(), is(2));
            List<DeadLetter> underWay = letters.underWay("a.example-1");
            assertThat(underWay, is(List.of(letter("msg_again"))));
            assertThat(underWay.getFirst().bytes(), is(body));
            assertThat(letters.again("msg_kept", List.of("another")), is(List.of()));
        }
    }
}
