package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.server.Told;
import dev.ludo.server.inbox.WebhookInbox.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the inbox promises: kept is kept, each id once, and nothing is made up. */
class FileInboxTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

    private static final Duration KEPT = Duration.ofDays(7);

    @TempDir
    Path folder;

    private final AtomicLong firstUnread = new AtomicLong(Long.MAX_VALUE);

    private static byte[] body(int i) {
        return ("{\"type\":\"room.created\",\"n\":" + i + "}").getBytes(UTF_8);
    }

    private FileInbox open(Clock clock) throws IOException {
        return open(folder, KEPT, clock);
    }

    private FileInbox open(Path where, Duration kept, Clock clock) throws IOException {
        return FileInbox.open(where, kept, firstUnread::get, clock);
    }

    private Journal.Limits segments(int bytes) {
        return new Journal.Limits(bytes, 100, KEPT, firstUnread::get, Duration.ofHours(1));
    }

    private List<String> ids() throws IOException {
        return Kept.in(folder).stream().map(InboxEntry::id).toList();
    }

    @Test
    void whatWasAcceptedIsThereAfterwardsAndARepetitionChangesNothing() throws IOException {
        try (FileInbox inbox = open(CLOCK)) {
            assertThat(inbox.accept("msg_1", body(1)), is(Outcome.ACCEPTED));
            assertThat(inbox.accept("msg_2", body(2)), is(Outcome.ACCEPTED));
            assertThat(inbox.accept("msg_1", body(3)), is(Outcome.REPEATED));
        }
        try (FileInbox inbox = open(CLOCK)) {
            assertThat(inbox.accept("msg_2", body(4)), is(Outcome.REPEATED));
            assertThat(inbox.accept("msg_3", body(5)), is(Outcome.ACCEPTED));
        }
        List<InboxEntry> kept = Kept.in(folder);
        assertThat(kept.stream().map(InboxEntry::id).toList(), is(List.of("msg_1", "msg_2", "msg_3")));
        assertThat(kept.getFirst().acceptedAt(), is(START));
        assertThat(Arrays.equals(kept.get(1).body(), body(2)), is(true));
    }

    @Test
    void anIdIsRememberedFor96HoursAlsoByTheNextProcess() throws IOException {
        try (FileInbox inbox = open(CLOCK)) {
            inbox.accept("msg_1", body(1));
        }
        Clock last = Clock.offset(CLOCK, FileInbox.IDS_KEPT);
        try (FileInbox inbox = open(last)) {
            assertThat(inbox.accept("msg_1", body(1)), is(Outcome.REPEATED));
        }
        Clock past = Clock.offset(last, RecentIds.SPAN);
        try (FileInbox inbox = open(past)) {
            assertThat(inbox.accept("msg_1", body(1)), is(Outcome.ACCEPTED));
        }
    }

    @Test
    void ofManyDeliveriesOfOneIdAtOnceOneIsAccepted() throws Exception {
        try (FileInbox inbox = open(CLOCK);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Outcome>> all = IntStream.range(0, 400)
                    .<Callable<Outcome>>mapToObj(i -> () -> inbox.accept("msg_" + i % 40, body(i)))
                    .toList();
            int accepted = 0;
            for (Future<Outcome> answer : callers.invokeAll(all)) {
                accepted += answer.get() == Outcome.ACCEPTED ? 1 : 0;
            }
            assertThat(accepted, is(40));
            assertThat(inbox.idsKnown(), is(40L));
        }
        assertThat(ids().stream().distinct().count(), is(40L));
        assertThat(ids().size(), is(40));
    }

    @Test
    void aJournalCutAtAnyByteKeepsEveryWholeRecord() throws IOException {
        try (FileInbox inbox = open(CLOCK)) {
            for (int i = 0; i < 2; i++) {
                inbox.accept("msg_" + i, body(i));
            }
        }
        Path file = Segment.in(folder).getFirst().file();
        byte[] whole = Files.readAllBytes(file);
        List<String> all = ids();
        int record = (whole.length - Segment.FILE_HEADER) / all.size();
        for (int length = 0; length < whole.length; length++) {
            Path other = Files.createDirectory(folder.resolve("cut-" + length));
            Path cut = Segment.of(other, 1).file();
            Files.write(cut, Arrays.copyOf(whole, length));
            int kept = Math.max(0, length - Segment.FILE_HEADER) / record;
            try (FileInbox inbox = open(other, KEPT, CLOCK)) {
                assertThat("cut at " + length, inbox.idsKnown(), is((long) kept));
                for (int i = 0; i < all.size(); i++) {
                    Outcome expected = i < kept ? Outcome.REPEATED : Outcome.ACCEPTED;
                    assertThat("cut at " + length, inbox.accept(all.get(i), body(i)), is(expected));
                }
            }
            assertThat(Kept.in(other).stream().map(InboxEntry::id).toList(), is(all));
            assertThat("what was there is not touched", Files.size(cut), is((long) length));
        }
    }

    @Test
    void aRecordWithOneWrongBitIsNotReadAndNeitherIsWhatFollows() throws IOException {
        try (FileInbox inbox = open(CLOCK)) {
            inbox.accept("msg_1", body(1));
            inbox.accept("msg_2", body(2));
        }
        Path file = Segment.in(folder).getFirst().file();
        byte[] whole = Files.readAllBytes(file);
        int record = (whole.length - Segment.FILE_HEADER) / 2;
        for (int at = Segment.FILE_HEADER; at < whole.length; at++) {
            byte[] wrong = whole.clone();
            wrong[at] ^= 1;
            Files.write(file, wrong);
            List<String> expected = at < Segment.FILE_HEADER + record ? List.of() : List.of("msg_1");
            assertThat("wrong at " + at, ids(), is(expected));
        }
    }

    @Test
    void aFullSegmentIsFollowedByTheNextAndNothingIsLostBetween() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int life = 0; life < 3; life++) {
            try (FileInbox inbox = FileInbox.open(folder, segments(150), CLOCK)) {
                for (int i = 0; i < 10; i++) {
                    String id = "msg_" + life + '_' + i;
                    inbox.accept(id, body(i));
                    expected.add(id);
                }
            }
        }
        assertThat(ids(), is(expected));
        List<Long> numbers = Segment.in(folder).stream().map(Segment::number).toList();
        assertThat(numbers.size() > 6, is(true));
        assertThat(
                numbers,
                is(IntStream.rangeClosed(1, numbers.size())
                        .mapToObj(Long::valueOf)
                        .toList()));
    }

    @Test
    void whatIsOlderThanItIsKeptIsDeletedWithItsSegment() throws IOException {
        MovedClock clock = new MovedClock(Instant.now()); // the files' own times are real
        try (FileInbox inbox = open(clock)) {
            inbox.accept("msg_1", body(1));
            clock.advance(Duration.ofDays(1).plusMillis(1));
            inbox.accept("msg_2", body(2));
            assertThat(Segment.in(folder).size(), is(2));
            assertThat(ids(), is(List.of("msg_1", "msg_2")));
            clock.advance(KEPT);
            inbox.accept("msg_3", body(3));
            assertThat(ids(), is(List.of("msg_3")));
        }
        assertThrows(IllegalArgumentException.class, () -> open(folder, Duration.ofDays(3), clock));
    }

    @Test
    void whatTheWorkerHasNotReadIsKeptHoweverOldItIs() throws IOException {
        MovedClock clock = new MovedClock(Instant.now());
        firstUnread.set(2);
        try (FileInbox inbox = open(clock)) {
            for (int i = 1; i <= 3; i++) {
                inbox.accept("msg_" + i, body(i));
                clock.advance(Duration.ofDays(1).plusMillis(1));
            }
            clock.advance(KEPT.multipliedBy(10));
            inbox.accept("msg_4", body(4));
            assertThat("the first alone is read", ids(), is(List.of("msg_2", "msg_3", "msg_4")));
            firstUnread.set(4);
            clock.advance(Duration.ofDays(1).plusMillis(1));
            inbox.accept("msg_5", body(5));
            assertThat(ids(), is(List.of("msg_4", "msg_5")));
        }
    }

    @Test
    void whatIsOldIsDeletedAlsoWhileNothingComes() throws Exception {
        MovedClock clock = new MovedClock(Instant.now());
        Journal.Limits restless = new Journal.Limits(150, 100, KEPT, firstUnread::get, Duration.ofMillis(10));
        try (FileInbox inbox = FileInbox.open(folder, restless, clock)) {
            for (int i = 0; i < 10; i++) {
                inbox.accept("msg_" + i, body(i));
            }
            long last = Segment.in(folder).getLast().number();
            clock.advance(KEPT.plusDays(1));
            Instant deadline = Instant.now().plusSeconds(20);
            while (Segment.in(folder).size() > 1 && Instant.now().isBefore(deadline)) {
                Thread.onSpinWait();
            }
            assertThat(ids(), is(List.of()));
            assertThat("numbers go on", Segment.in(folder).getFirst().number(), is(last + 1));
            inbox.accept("msg_10", body(10));
            assertThat(ids(), is(List.of("msg_10")));
        }
    }

    @Test
    void whatIsOldMakesRoomAlsoWhereNothingNewCanBeWritten() throws IOException {
        MovedClock clock = new MovedClock(Instant.now());
        try (FileInbox inbox = FileInbox.open(folder, segments(1), clock)) {
            for (int i = 1; i <= 3; i++) {
                inbox.accept("msg_" + i, body(i));
            }
            clock.advance(KEPT.plusDays(1));
            Files.createFile(Segment.of(folder, 4).file()); // is in the way of the next
            assertThrows(InboxUnavailableException.class, () -> inbox.accept("msg_4", body(4)));
            assertThat(ids(), is(List.of()));
            assertThat(inbox.accept("msg_4", body(4)), is(Outcome.ACCEPTED));
            assertThat(ids(), is(List.of("msg_4")));
        }
    }

    @Test
    void whatCannotBeToldOfTheWorkerKeepsEverythingAndRefusesNothing() throws IOException {
        MovedClock clock = new MovedClock(Instant.now());
        Journal.Limits limits = new Journal.Limits(
                1,
                100,
                KEPT,
                () -> {
                    throw new UncheckedIOException(new IOException("no such disk"));
                },
                Duration.ofHours(1));
        try (FileInbox inbox = FileInbox.open(folder, limits, clock)) {
            inbox.accept("msg_1", body(1));
            clock.advance(KEPT.plusDays(1));
            assertThat(inbox.accept("msg_2", body(2)), is(Outcome.ACCEPTED));
        }
        assertThat(ids(), is(List.of("msg_1", "msg_2")));
    }

    private static final class MovedClock extends Clock {
        private volatile Instant now;

        private MovedClock(Instant now) {
            this.now = now;
        }

        private void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    void oneProcessAtATimeHoldsIt() throws IOException {
        try (FileInbox first = open(CLOCK)) {
            IOException refused = assertThrows(IOException.class, () -> open(CLOCK));
            assertThat(String.valueOf(refused.getMessage()), containsString("inbox.lock"));
            assertThat(first.accept("msg_1", body(1)), is(Outcome.ACCEPTED));
        }
        try (FileInbox next = open(CLOCK)) {
            assertThat(next.accept("msg_1", body(1)), is(Outcome.REPEATED));
        }
    }

    @Test
    void aDiskThatFailsIsToldAndNothingCountsAsAcceptedUntilItWorksAgain() throws IOException {
        Path gone = folder.resolve("data");
        try (FileInbox inbox = FileInbox.open(gone, segments(1), CLOCK)) { // each record wants a file of its own
            assertThat(inbox.accept("msg_1", body(1)), is(Outcome.ACCEPTED));
            Path hidden = folder.resolve("hidden");
            Files.move(gone, hidden);
            assertThrows(InboxUnavailableException.class, () -> inbox.accept("msg_2", body(2)));
            assertThrows(InboxUnavailableException.class, () -> inbox.accept("msg_2", body(2)));
            Files.move(hidden, gone);
            assertThat(inbox.accept("msg_2", body(2)), is(Outcome.ACCEPTED));
            assertThat(inbox.accept("msg_1", body(1)), is(Outcome.REPEATED));
        }
        assertThat(Kept.in(gone).stream().map(InboxEntry::id).toList(), is(List.of("msg_1", "msg_2")));
    }

    /** A clock that fails in an unforeseen way where a thread of this name reads it, as long as it is to. */
    private static Clock failing(String thread, AtomicBoolean fails) {
        InstantSource time = () -> {
            if (fails.get() && Thread.currentThread().getName().equals(thread)) {
                throw new OutOfMemoryError("for a test");
            }
            return START;
        };
        return time.withZone(ZoneOffset.UTC);
    }

    @Test
    void whenMemoryRunsOutNothingIsAcceptedAndItGoesOnAfterwards() throws IOException {
        AtomicBoolean fails = new AtomicBoolean(true);
        try (Told told = new Told(Journal.class);
                FileInbox inbox = open(failing("ludo-inbox", fails))) {
            for (int i = 0; i < 3; i++) {
                InboxUnavailableException refused =
                        assertThrows(InboxUnavailableException.class, () -> inbox.accept("msg_1", body(1)));
                assertThat(String.valueOf(refused.getCause()), containsString("OutOfMemoryError"));
            }
            fails.set(false);
            assertThat(inbox.accept("msg_1", body(1)), is(Outcome.ACCEPTED));
            assertThat(inbox.accept("msg_1", body(1)), is(Outcome.REPEATED));
            assertThat(told.lines("SEVERE webhooks cannot be kept").size(), is(1));
        }
        assertThat(ids(), is(List.of("msg_1")));
    }

    @Test
    void oneThatMemoryDoesNotSufficeToOpenIsLeftToAnother() throws IOException {
        AtomicBoolean fails = new AtomicBoolean(true);
        Clock clock = failing(Thread.currentThread().getName(), fails);
        assertThrows(OutOfMemoryError.class, () -> open(clock));
        fails.set(false);
        open(clock).close();
    }

    @Test
    void aClosedInboxTakesNothing() throws IOException {
        FileInbox inbox = open(CLOCK);
        inbox.close();
        inbox.close();
        assertThrows(InboxUnavailableException.class, () -> inbox.accept("msg_1", body(1)));
        assertThat(ids(), is(List.of()));
    }
}
