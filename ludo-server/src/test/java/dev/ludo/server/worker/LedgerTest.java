package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.server.Told;
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
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written down of how far a target is, and what a crash leaves of it. */
class LedgerTest extends WorkerTest {
    private Path file() {
        return folder.resolve("forward-test.log");
    }

    private Ledger open() throws IOException {
        return Ledger.open(file(), Place.BEGINNING);
    }

    /** A delivery of the inbox, and where the one after it stands. */
    private record Read(Place place, InboxEntry entry, Place next) {
        void begin(Ledger ledger) {
            ledger.begun(place, entry, next);
        }
    }

    private List<Read> accepted(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            accept("msg_" + i, "{}");
        }
        List<Read> all = new ArrayList<>();
        try (InboxTail tail = new InboxTail(folder, Place.BEGINNING)) {
            for (Optional<Found> next = tail.next(); next.isPresent(); next = tail.next()) {
                all.add(new Read(next.get().place(), next.get().entry(), tail.place()));
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
        List<Read> all = accepted(3);
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        try (Ledger ledger = open()) {
            all.forEach(read -> read.begin(ledger));
            ledger.commit();
            ledger.finished(all.get(1).place());
            ledger.failed(all.get(2).place(), new Failures(7, first));
        }
        try (Ledger ledger = open()) {
            assertThat(ids(ledger), is(List.of("msg_0", "msg_2")));
            assertThat(ledger.open().getLast().failures(), is(new Failures(7, first)));
            assertThat(ledger.open().getFirst().failures(), is(Failures.NONE));
            assertThat(ledger.readTo(), is(all.getLast().next()));
            assertThat(ledger.firstSegment(), is(all.getFirst().place().segment()));
        }
    }

    @Test
    void whatACrashHasCutIsReadAgain() throws IOException {
        Read read = accepted(1).getFirst();
        try (Ledger ledger = open()) {
            read.begin(ledger);
        }
        Files.writeString(file(), "done " + read.place() + "\nread 1", StandardOpenOption.APPEND);
        try (Ledger ledger = open()) {
            assertThat(ids(ledger), is(List.of()));
            assertThat(ledger.readTo(), is(read.next()));
            ledger.movedTo(new Place(9, 8));
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.readTo(), is(new Place(9, 8)));
        }
    }

    @Test
    void whereverItIsCutNothingIsMissingAndNothingIsThereTwice() throws IOException {
        List<Read> all = accepted(6);
        try (Ledger ledger = open()) {
            all.subList(0, 2).forEach(read -> read.begin(ledger));
            ledger.commit();
            ledger.finished(all.getFirst().place());
            all.subList(2, 5).forEach(read -> read.begin(ledger));
            ledger.failed(all.get(3).place(), new Failures(7, Instant.EPOCH));
            ledger.commit();
            ledger.finished(all.get(2).place());
            all.get(5).begin(ledger);
        }
        byte[] whole = Files.readAllBytes(file());
        int[] cuts = IntStream.rangeClosed(0, whole.length)
                .filter(end -> end == 0 || whole[end - 1] == '\n')
                .flatMap(end -> IntStream.rangeClosed(end - 1, end + 1)) // wherever else in a line makes no difference
                .filter(cut -> cut >= 0 && cut <= whole.length)
                .toArray();
        for (int length : cuts) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (Ledger ledger = open()) {
                List<String> ids = new ArrayList<>(ids(ledger));
                List<Read> further = all.stream()
                        .filter(read -> read.place().compareTo(ledger.readTo()) >= 0)
                        .toList();
                further.forEach(read -> ids.add(read.entry().id()));
                assertThat("cut at " + length, Set.copyOf(ids).size(), is(ids.size()));
                assertThat("cut at " + length, ids, hasItems("msg_1", "msg_3", "msg_4", "msg_5"));
                further.forEach(read -> read.begin(ledger));
                all.forEach(read -> ledger.finished(read.place()));
            }
            try (Ledger ledger = open()) {
                assertThat("cut at " + length, ids(ledger), is(List.of()));
                assertThat(ledger.readTo(), is(all.getLast().next()));
            }
        }
    }

    @Test
    void aSegmentIsNeededUntilItIsWrittenDownThatItIsNot() throws IOException {
        InboxEntry entry = accepted(1).getFirst().entry();
        try (Ledger ledger = open()) {
            long first = ledger.firstSegment();
            ledger.movedTo(new Place(3, 8));
            assertThat(ledger.firstSegment(), is(first));
            ledger.begun(new Place(3, 8), entry, new Place(4, 8));
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
            ledger.begun(stuck, entry, new Place(1, 2));
            ledger.commit();
            for (int i = 2; i < 20_000; i++) {
                Place place = new Place(1, i);
                ledger.begun(place, entry, new Place(1, i + 1));
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
            assertThat(ledger.readTo(), is(new Place(1, 20_000)));
        }
    }

    @Test
    void aFolderThatMemoryDoesNotSufficeForIsLeftToAnother() throws Exception {
        TargetServer target = target();
        String name = new ForwardTarget(target.uri()).name();
        Files.writeString(folder.resolve("forward-" + name + ".log"), "open 7 8 0 msg_gone\nread 8 8\n");
        InstantSource none = () -> {
            throw new OutOfMemoryError("for a test");
        };
        assertThrows(OutOfMemoryError.class, () -> worker(time.pace(none.withZone(ZoneOffset.UTC)), target.uri()));
        assertThat(worker(target.uri()).isWorking(), is(true));
    }

    @Test
    void whatIsThereIsOpenedWithoutThatAnythingIsWritten() throws IOException {
        Read read = accepted(1).getFirst();
        try (Ledger ledger = open()) {
            read.begin(ledger);
        }
        String before = Files.readString(file());
        try (Ledger ledger = open()) {
            assertThat(ids(ledger), is(List.of("msg_0")));
            assertThat(ledger.firstSegment(), is(read.place().segment()));
            assertThat("a disk may be full", Files.readString(file()), is(before));
        }
        assertThat(Files.readString(file()), is(before));
    }

    @Test
    void aLineThatCannotBeReadIsNamedAndWhatItMayHaveSaidIsReadAgain() throws IOException {
        List<Read> all = accepted(3);
        try (Ledger ledger = open()) {
            all.getFirst().begin(ledger);
        }
        String good = Files.readString(file());
        Files.writeString(
                file(),
                good + "garbage\n\nopen x y z\nopen " + all.get(2).place() + " 0 msg_2\nread "
                        + all.get(2).next() + "\n");
        try (Told told = new Told(BadLines.class);
                Ledger ledger = open()) {
            long line = good.lines().count() + 1;
            assertThat(
                    told.lines("SEVERE " + file() + " cannot be read in line " + line + " and in 2 more; ")
                            .size(),
                    is(1));
            assertThat(ids(ledger), is(List.of("msg_0")));
            assertThat(ledger.readTo(), is(all.getFirst().next()));
        }
        try (Told told = new Told(BadLines.class);
                Ledger ledger = open()) {
            assertThat("it is written anew", told.lines(""), is(List.of()));
            assertThat(ids(ledger), is(List.of("msg_0")));
            assertThat(ledger.readTo(), is(all.getFirst().next()));
        }
    }

    @Test
    void aLedgerOfWhichNothingCanBeReadBeginsWithAllThatIsThere() throws IOException {
        Files.writeString(file(), "garbage\n");
        try (Ledger ledger = Ledger.open(file(), new Place(3, 8))) {
            assertThat(ledger.readTo(), is(Place.BEGINNING));
        }
    }

    @Test
    void deadLettersBetweenLinesThatCannotBeReadStay() throws Exception {
        Path file = folder.resolve("dead-letters.log");
        try (DeadLetters letters = DeadLetters.open(folder)) {
            letters.add(letter("msg_1"), Place.BEGINNING);
        }
        String good = Files.readString(file);
        String noBase64 = good.replace("e30=", "e3%%").replace("msg_1", "msg_3");
        Files.writeString(file, "garbage\nagain\n" + good + "dead {}\n" + noBase64 + good.replace("msg_1", "msg_2"));
        try (Told told = new Told(BadLines.class)) {
            List<String> shown = new ArrayList<>();
            DeadLetters.show(folder, letter -> shown.add(letter.id()));
            assertThat(shown, is(List.of("msg_1", "msg_2")));
            Worker worker = worker();
            assertThat(worker.deadLetters(), is(2));
            forget("plr_ann", "took the player out of 0 games and deleted 0 dead letters");
            assertThat(
                    told.lines("SEVERE " + file + " cannot be read in line 1 and in 3 more; ")
                            .size(),
                    is(2));
        }
        assertThat(Files.readAllLines(file).size(), is(2));
    }

    @Test
    void deadLettersAreKeptAfterAWriteThatWasBrokenOff() throws IOException {
        try (DeadLetters letters = DeadLetters.open(folder)) {
            letters.add(letter("msg_1"), Place.BEGINNING);
            Thread.currentThread().interrupt();
            assertThrows(IOException.class, () -> letters.add(letter("msg_2"), Place.BEGINNING));
            assertThat(Thread.interrupted(), is(true));
            assertThat(letters.of("msg_1", List.of("a.example-1")).size(), is(1));
            letters.add(letter("msg_3"), Place.BEGINNING);
        }
        List<String> shown = new ArrayList<>();
        DeadLetters.show(folder, letter -> shown.add(letter.id()));
        assertThat(Set.copyOf(shown), is(Set.of("msg_1", "msg_3")));
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
            letters.again(List.of(letter("msg_again")));
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
            assertThat(letters.of("msg_kept", List.of("another")), is(List.of()));
        }
    }
}
