package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.server.Await;
import dev.ludo.server.webhook.WebhookConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that does not hold the inbox hears of what another accepts. */
class InboxNewsTest {
    @TempDir
    Path temporary;

    private final AtomicBoolean held = new AtomicBoolean();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Path folder() {
        return temporary.resolve("data");
    }

    // So small that each segment has a few deliveries.
    private FileInbox inbox() throws IOException {
        return FileInbox.open(
                folder(),
                new Journal.Limits(100, 100, WebhookConfig.KEPT, () -> 0L, Duration.ofHours(1)),
                Clock.systemUTC());
    }

    private InboxNews news() {
        return new InboxNews(folder(), held::get, entry -> heard.add(entry.id()));
    }

    private static List<String> accept(FileInbox inbox, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> {
                    inbox.accept("msg_" + i, ("{\"n\":" + i + '}').getBytes(UTF_8));
                    return "msg_" + i;
                })
                .toList();
    }

    private void await(List<String> expected) throws Exception {
        Await.until("it is heard of " + expected, () -> heard.size() >= expected.size());
        assertThat(heard, is(expected));
    }

    private static boolean isReading() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("ludo-hear of webhooks"));
    }

    @Test
    void whatIsAcceptedFromNowOnIsHeardOfInOrderAndWhatWasAcceptedBeforeIsNot() throws Exception {
        try (FileInbox inbox = inbox()) {
            accept(inbox, 0, 5);
            try (InboxNews news = news()) {
                List<String> expected = new ArrayList<>(accept(inbox, 5, 10));
                news.start();
                await(expected);
                expected.addAll(accept(inbox, 10, 30));
                await(expected);
            }
        }
    }

    @Test
    void whatIsHeardWhenMemoryRunsOutIsHeardAgainAndNothingIsMissed() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        try (FileInbox inbox = inbox();
                InboxNews news = new InboxNews(folder(), held::get, entry -> {
                    if (entry.id().equals("msg_2") && !failed.getAndSet(true)) {
                        throw new OutOfMemoryError("for a test");
                    }
                    heard.add(entry.id());
                })) {
            List<String> expected = accept(inbox, 0, 4);
            news.start();
            await(expected);
            Await.until("it is over", () -> news.trouble().isEmpty());
        }
    }

    @Test
    void anInboxThatIsEmptyIsHeardOfFromItsFirstDeliveryOn() throws Exception {
        try (FileInbox inbox = inbox();
                InboxNews news = news().start()) {
            await(accept(inbox, 0, 3));
            assertThat(news.trouble(), is(""));
        }
    }

    @Test
    void whoeverTakesOverHearsOfAllThatTheFormerHolderAcceptedAndThenReadsNoMore() throws Exception {
        FileInbox former = inbox();
        try (InboxNews news = news()) {
            List<String> expected = new ArrayList<>(accept(former, 0, 5));
            news.start();
            await(expected);
            assertThat(isReading(), is(true));
            expected.addAll(accept(former, 5, 15));
            former.close();
            held.set(true);
            await(expected);
            Await.until("it reads no more", () -> !isReading());
            try (FileInbox own = inbox()) {
                accept(own, 10, 12);
            }
            assertThat(heard, is(expected));
        }
    }

    @Test
    void aFolderThatFailsIsTriedAgainAndNothingIsMissed() throws Exception {
        Path hidden = temporary.resolve("hidden");
        List<String> expected = new ArrayList<>();
        try (FileInbox inbox = inbox();
                InboxNews news = news().start()) {
            expected.addAll(accept(inbox, 0, 3));
            await(expected);
            Files.move(folder(), hidden);
            Await.until("it is told", () -> !news.trouble().isEmpty());
            Files.move(hidden, folder());
            expected.addAll(accept(inbox, 3, 6));
            await(expected);
            Await.until("that is over", () -> news.trouble().isEmpty());
        }
    }

    @Test
    void aDeliveryThatIsBeingWrittenIsHeardOfOnceItIsWhole() throws Exception {
        byte[] whole;
        Path file;
        try (FileInbox inbox = inbox()) {
            accept(inbox, 0, 1);
            file = Segment.in(folder()).getLast().file();
            whole = Files.readAllBytes(file);
        }
        int begins = whole.length - 5; // within the first record
        Files.write(file, Arrays.copyOf(whole, begins));
        try (InboxNews news = news().start()) {
            assertThat(InboxTail.end(folder()), is(new Place(1, Segment.FILE_HEADER)));
            Files.write(file, Arrays.copyOfRange(whole, begins, whole.length), StandardOpenOption.APPEND);
            await(List.of("msg_0"));
            assertThat(news.trouble(), is(""));
            assertThat(InboxTail.end(folder()), is(new Place(1, whole.length)));
        }
    }

    @Test
    void whatAKilledHolderLeftUnfinishedIsPassedOver() throws Exception {
        for (int rest : List.of(5, Segment.RECORD_HEADER, 20)) {
            Path file;
            try (FileInbox inbox = inbox()) {
                accept(inbox, 0, 1);
                file = Segment.in(folder()).getLast().file();
            }
            long whole = Files.size(file);
            byte[] unfinished = ByteBuffer.allocate(20).putInt(40).array();
            Files.write(file, Arrays.copyOf(unfinished, rest), StandardOpenOption.APPEND);
            assertThat(InboxTail.end(folder()).offset(), is(whole));
            try (InboxNews news = news().start();
                    FileInbox next = inbox()) {
                await(accept(next, 1, 3));
                assertThat(news.trouble(), is(""));
            }
            heard.clear();
            for (Segment segment : Segment.in(folder())) {
                Files.delete(segment.file());
            }
        }
    }

    @Test
    void nothingIsMissedOrHeardTwiceWhileSegmentsAreReplacedByCopies() throws Exception {
        List<String> expected = new ArrayList<>();
        try (FileInbox inbox = inbox();
                InboxNews news = news().start()) {
            for (int i = 0; i < 100; i++) {
                expected.addAll(accept(inbox, i, i + 1));
                List<Segment> all = Segment.in(folder());
                for (Segment closed : all.subList(Math.max(0, all.size() - 4), all.size() - 1)) {
                    replaceByCopy(closed);
                }
            }
            await(expected);
            assertThat(news.trouble(), is(""));
        }
        assertThat(heard, is(expected));
    }

    private void replaceByCopy(Segment segment) throws IOException {
        Path copy = Files.copy(segment.file(), temporary.resolve("copy"));
        Files.move(copy, segment.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void segmentsMayBeReplacedAndDeletedWhileTheyAreRead() throws Exception {
        try (FileInbox inbox = inbox();
                InboxTail tail = new InboxTail(folder(), Place.BEGINNING)) {
            List<String> accepted = accept(inbox, 0, 20);
            List<String> read = new ArrayList<>();
            for (Segment segment : Segment.in(folder())) {
                read.add(next(tail));
                replaceByCopy(segment);
            }
            assertThat(read, is(accepted.subList(0, read.size())));
            List<Segment> all = Segment.in(folder());
            List<String> left = new ArrayList<>(ids(all.get((int) tail.place().segment() - 1)));
            left.removeAll(read);
            left.addAll(ids(all.getLast()));
            assertThat("some are in neither", left.size() < accepted.size() - read.size(), is(true));
            for (Segment segment : all.subList(0, all.size() - 1)) {
                Files.delete(segment.file());
            }
            List<String> rest = new ArrayList<>();
            for (var found = tail.next(); found.isPresent(); found = tail.next()) {
                rest.add(found.get().entry().id());
            }
            assertThat(rest, is(left));
        }
    }

    private static String next(InboxTail tail) throws IOException {
        return tail.next().orElseThrow().entry().id();
    }

    private static List<String> ids(Segment segment) throws IOException {
        List<String> found = new ArrayList<>();
        try (SegmentReader reader = new SegmentReader(segment, 0)) {
            for (var record = reader.next(); record.isPresent(); record = reader.next()) {
                found.add(InboxEntry.decode(record.get()).id());
            }
        }
        return found;
    }
}
