package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.PlayerId;
import dev.ludo.server.Await;
import dev.ludo.server.Told;
import dev.ludo.server.inbox.WebhookInbox.Outcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players who are taken out of the inbox: nothing is left of them, and everything of all others. */
class ForgettingTest {
    private static final PlayerId ANN = PlayerId.of("plr_ann");

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    @TempDir
    Path temporary;

    private Path folder;
    private Step asWhoLooks = () -> {};
    private Step asWhoWrites = () -> {};
    private final AtomicLong firstUnread = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void useTheWholeFolder() {
        folder = temporary;
    }

    private FileInbox open() throws IOException {
        return FileInbox.open(
                folder,
                Duration.ofDays(7),
                () -> {
                    asked.incrementAndGet();
                    takeStep();
                    return firstUnread.get();
                },
                Clock.systemUTC());
    }

    // In the midst of a look, or of a file's beginning.
    private void takeStep() {
        try {
            switch (Thread.currentThread().getName()) {
                case "ludo-inbox-forgetting" -> asWhoLooks.take();
                case "ludo-inbox" -> asWhoWrites.take();
                default -> {}
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String player) {
        return "{\"type\":\"room.joined\",\"data\":{\"player\":{\"name\":\"Name of " + player + "\",\"id\":\"" + player
                + "\"}}}";
    }

    private static void accept(FileInbox inbox, String id, String player) {
        assertThat(inbox.accept(id, text(player).getBytes(UTF_8)), is(Outcome.ACCEPTED));
    }

    private void forget(PlayerId player) throws Exception {
        ForgetRequest.leave(folder, player);
        awaitDone();
    }

    private void awaitDone() throws Exception {
        Await.until("it is done", () -> ForgetRequest.in(folder).requests().isEmpty());
    }

    private List<String> bodies() throws IOException {
        return Kept.in(folder).stream()
                .map(entry -> entry.isForgotten() ? "forgotten " + entry.id() : new String(entry.body(), UTF_8))
                .toList();
    }

    private Path segment(long number) {
        return Segment.of(folder, number).file();
    }

    private String bytes(long number) throws IOException {
        return Files.readString(segment(number), ISO_8859_1);
    }

    private Set<String> files() throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    @Test
    void aPlayersDeliveriesKeepTheirIdsAndPlacesAndNothingElse() throws Exception {
        try (FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            accept(inbox, "msg_2", "plr_anna");
            accept(inbox, "msg_3", "plr_ann");
            List<InboxEntry> before = Kept.in(folder);
            long size = Files.size(segment(1));
            FileTime then = FileTime.from(Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS));
            Files.setLastModifiedTime(segment(1), then);
            forget(ANN);

            assertThat(bodies(), is(List.of("forgotten msg_1", text("plr_anna"), "forgotten msg_3")));
            assertThat(bytes(1), not(containsString("plr_ann\"")));
            assertThat(bytes(1), not(containsString("Name of plr_ann\"")));
            assertThat(Files.size(segment(1)), is(size));
            assertThat("as old as it was", Files.getLastModifiedTime(segment(1)), is(then));
            for (int i = 0; i < before.size(); i++) {
                InboxEntry after = Kept.in(folder).get(i);
                assertThat(after.acceptedAt(), is(before.get(i).acceptedAt()));
                assertThat(
                        after.body().length,
                        is(after.isForgotten() ? 0 : before.get(i).body().length));
            }
            Await.until("none is counted", () -> inbox.forgetting() == 0);
            assertThat(inbox.accept("msg_1", text("plr_ann").getBytes(UTF_8)), is(Outcome.REPEATED));
        }
        try (FileInbox inbox = open()) {
            assertThat(inbox.accept("msg_3", text("plr_ann").getBytes(UTF_8)), is(Outcome.REPEATED));
            assertThat(inbox.idsKnown(), is(3L));
        }
        assertThat(
                files(),
                is(Set.of("inbox-000000000001.journal", "inbox-000000000002.journal", "inbox-forget", "inbox.lock")));
    }

    @Test
    void whatIsNotActedUponYetWaitsAndWhatComesLaterStays() throws Exception {
        firstUnread.set(1);
        try (FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            ForgetRequest.leave(folder, ANN);
            Await.until("the next segment begins", () -> Files.exists(segment(2)));
            accept(inbox, "msg_2", "plr_ann");
            int before = asked.get();
            Await.until("it has looked", () -> asked.get() > before + 1);
            assertThat(bodies(), is(List.of(text("plr_ann"), text("plr_ann"))));
            assertThat(inbox.forgetting(), is(1));
            firstUnread.set(2);
            awaitDone();
            assertThat(bodies(), is(List.of("forgotten msg_1", text("plr_ann"))));
        }
    }

    @Test
    void whatComesBeforeTheNextFileBeginsStaysToo() throws Exception {
        try (FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            accept(inbox, "msg_2", "plr_ben");
            ForgetRequest.leave(folder, ANN);
            accept(inbox, "msg_3", "plr_ann");
            accept(inbox, "msg_4", "plr_ben");
            ForgetRequest.leave(folder, PlayerId.of("plr_ben"));
            accept(inbox, "msg_5", "plr_ben");
            awaitDone();
        }
        assertThat(
                bodies(),
                is(List.of("forgotten msg_1", "forgotten msg_2", text("plr_ann"), "forgotten msg_4", text("plr_ben"))));
    }

    @Test
    void aFolderThatIsAwayForAMomentIsNoReasonToBelieveThatNothingIsLeft() throws Exception {
        Path data = temporary.resolve("data");
        Path hidden = temporary.resolve("hidden");
        folder = Files.createDirectory(data);
        AtomicBoolean hide = new AtomicBoolean();
        asWhoLooks = () -> {
            if (hide.compareAndSet(true, false)) {
                Files.move(data, hidden);
                firstUnread.set(2);
            }
        };
        try (FileInbox inbox = open()) {
            firstUnread.set(1);
            accept(inbox, "msg_1", "plr_ann");
            ForgetRequest.leave(folder, ANN);
            Await.until("the next segment begins", () -> Files.exists(segment(2)));
            Await.until("it is counted", () -> inbox.forgetting() == 1);
            hide.set(true);
            Await.until("it finds nothing", () -> inbox.forgetting() == 0);
            Files.move(hidden, data);
            awaitDone();
            assertThat(bodies(), is(List.of("forgotten msg_1")));
        }
    }

    @Test
    void whoeverClosesTheInboxKeepsItsLockUntilNothingIsTouchedAnyMore() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        asWhoLooks = () -> {
            hangs.countDown();
            goesOn.await();
        };
        FileInbox inbox = open();
        accept(inbox, "msg_1", "plr_ann");
        ForgetRequest.leave(folder, ANN);
        hangs.await();
        Thread.currentThread().interrupt(); // so that it waits no longer
        inbox.close();
        assertThat(Thread.interrupted(), is(true));
        assertThrows(InboxInUseException.class, this::open);
        goesOn.countDown();
        Await.until("the lock is given back", this::isFree);
    }

    private boolean isFree() throws IOException {
        try (FileInbox next = open()) {
            return next.idsKnown() == 1;
        } catch (InboxInUseException e) {
            return false;
        }
    }

    @Test
    void whatFailsIsTriedAgainLessAndLessOften() throws Exception {
        List<Long> looks = new CopyOnWriteArrayList<>();
        asWhoLooks = () -> {
            looks.add(System.nanoTime());
            throw new IOException("on purpose");
        };
        try (FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            ForgetRequest.leave(folder, ANN);
            Await.until("it was tried three times", () -> looks.size() >= 3);
        }
        for (int failed = 1; failed < 3; failed++) {
            Duration waited = Duration.ofNanos(looks.get(failed) - looks.get(failed - 1));
            assertThat(waited, greaterThanOrEqualTo(Forgetting.PAUSE.after(failed)));
        }
        assertThat(Forgetting.PAUSE.after(0), is(Duration.ofMillis(200)));
        assertThat(Forgetting.PAUSE.after(1), is(Duration.ofMillis(400)));
        assertThat(Forgetting.PAUSE.after(8), is(Duration.ofMillis(51_200)));
        assertThat(Forgetting.PAUSE.after(9), is(Duration.ofMinutes(1)));
        assertThat(Forgetting.PAUSE.after(Integer.MAX_VALUE), is(Duration.ofMinutes(1)));
    }

    @Test
    void whatBeginsTheNextFileIsNoWebhookThatWaits() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        asWhoWrites = () -> {
            hangs.countDown();
            goesOn.await();
        };
        try (FileInbox inbox = open()) {
            Thread sender = Thread.startVirtualThread(() -> accept(inbox, "msg_1", "plr_ben"));
            hangs.await();
            ForgetRequest.leave(folder, ANN);
            int before = asked.get();
            Await.until("it has looked", () -> asked.get() > before + 1);
            assertThat(inbox.waiting(), is(0));
            goesOn.countDown();
            sender.join();
            awaitDone();
        }
        assertThat(bodies(), is(List.of(text("plr_ben"))));
    }

    @Test
    void aFileThatIsNoRequestIsToldOnceAndCounted() throws Exception {
        try (Told told = new Told(Forgetting.class);
                FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            Path stray = Files.createDirectory(folder.resolve("inbox-forget")).resolve("stray.request");
            Files.writeString(stray, "1 8");
            forget(ANN);
            forget(ANN);
            assertThat(bodies(), is(List.of("forgotten msg_1")));
            Await.until("it alone is counted", () -> inbox.forgetting() == 1);
            assertThat(told.lines("SEVERE ").size(), is(1));
            assertThat(told.lines("SEVERE " + stray + " cannot be read").size(), is(1));
            Files.delete(stray);
            Await.until("none is counted", () -> inbox.forgetting() == 0);
        }
    }

    @Test
    void whoIsAskedForWhileNobodyHoldsTheInboxIsForgottenByTheNext() throws Exception {
        try (FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            accept(inbox, "msg_2", "plr_ben");
            accept(inbox, "msg_3", "plr_cat");
        }
        ForgetRequest.leave(folder, ANN);
        Files.writeString(folder.resolve("inbox-forget/other.request.new"), "1 8 plr_an"); // of one that was killed
        ForgetRequest.leave(folder, ANN);
        ForgetRequest.leave(folder, PlayerId.of("plr_cat"));
        assertThat(
                "asked twice is there once", ForgetRequest.in(folder).requests().size(), is(2));
        try (FileInbox inbox = open()) {
            awaitDone();
            assertThat(bodies(), is(List.of("forgotten msg_1", text("plr_ben"), "forgotten msg_3")));
            accept(inbox, "msg_4", "plr_ann");
            try (Stream<Path> left = Files.list(folder.resolve("inbox-forget"))) {
                assertThat(left.count(), is(0L));
            }
        }
        assertThat(bodies().getLast(), is(text("plr_ann")));
    }

    @Test
    void whereNothingWasEverAcceptedNothingIsLeftToBeDone() throws Exception {
        ForgetRequest.leave(folder, ANN);
        assertThat(files(), is(Set.of()));
    }

    @Test
    void whatAKilledProcessLeftHalfDoneIsDoneAgain() throws Exception {
        try (FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            accept(inbox, "msg_2", "plr_ben");
        }
        Path copy = folder.resolve("inbox-000000000001.journal.forgetting");
        byte[] whole = Files.readAllBytes(segment(1));
        Files.write(copy, whole);
        open().close();
        assertThat("also where nobody is to be forgotten any more", Files.exists(copy), is(false));
        for (int length = 0; length <= whole.length; length += 50) {
            Files.write(copy, Arrays.copyOf(whole, length)); // killed while it made the copy
            ForgetRequest.leave(folder, ANN);
            open().close();
            try (FileInbox inbox = open()) {
                awaitDone();
                assertThat(Files.exists(copy), is(false));
                assertThat(bodies(), is(List.of("forgotten msg_1", text("plr_ben"))));
                assertThat(inbox.idsKnown(), is(2L));
            }
            ForgetRequest.leave(folder, ANN); // killed when the copy had the name
            open().close();
            try (FileInbox inbox = open()) {
                awaitDone();
                assertThat(bodies(), is(List.of("forgotten msg_1", text("plr_ben"))));
                assertThat(inbox.idsKnown(), is(2L));
            }
            Files.write(segment(1), whole);
        }
    }

    @Test
    void anEndThatWasCutStaysUnlessThePlayerIsInIt() throws Exception {
        try (FileInbox inbox = open()) {
            accept(inbox, "msg_1", "plr_ann");
            accept(inbox, "msg_2", "plr_ben");
        }
        byte[] whole = Files.readAllBytes(segment(1));
        byte[] cut = Arrays.copyOf(whole, whole.length - 3); // of what names another
        Files.write(segment(1), cut);
        ForgetRequest.leave(folder, ANN);
        try (FileInbox inbox = open()) {
            awaitDone();
            assertThat(inbox.idsKnown(), is(1L));
        }
        assertThat(Files.size(segment(1)), is((long) cut.length));
        assertThat(bytes(1), containsString("Name of plr_ben"));
        assertThat(bytes(1), not(containsString("plr_ann")));
        Files.write(segment(1), whole);
        Files.write(segment(1), "xxxx".getBytes(UTF_8), StandardOpenOption.APPEND);
        Files.write(segment(1), (" ".repeat(3_000_000) + text("plr_ann")).getBytes(UTF_8), StandardOpenOption.APPEND);
        long size = Files.size(segment(1));
        ForgetRequest.leave(folder, ANN);
        try (FileInbox inbox = open()) {
            awaitDone();
            assertThat(inbox.idsKnown(), is(2L));
        }
        assertThat(bodies(), is(List.of("forgotten msg_1", text("plr_ben"))));
        assertThat(Files.size(segment(1)), is(size));
        assertThat(bytes(1), not(containsString("plr_ann")));
    }

    @Test
    void whoReadsWhileASegmentIsReplacedReadsOnUndisturbed() throws Exception {
        try (FileInbox inbox = open()) {
            for (int i = 0; i < 20; i++) {
                accept(inbox, "msg_" + i, i % 2 == 0 ? "plr_ann" : "plr_ben");
            }
            List<String> read = new ArrayList<>();
            try (SegmentReader slow = new SegmentReader(new Segment(1, segment(1)), 0)) {
                for (int i = 0; i < 5; i++) {
                    read.add(InboxEntry.decode(slow.next().orElseThrow()).id());
                }
                forget(ANN);
                long place = slow.offset();
                for (var record = slow.next(); record.isPresent(); record = slow.next()) {
                    read.add(InboxEntry.decode(record.get()).id());
                }
                assertThat(read, is(Kept.in(folder).stream().map(InboxEntry::id).toList()));
                try (SegmentReader later = new SegmentReader(new Segment(1, segment(1)), place)) {
                    InboxEntry next = InboxEntry.decode(later.next().orElseThrow());
                    assertThat("a place stays valid", next.id(), is("msg_5"));
                    assertThat(new String(next.body(), UTF_8), is(text("plr_ben")));
                }
            }
            List<String> passed = new ArrayList<>();
            try (InboxTail tail = new InboxTail(folder, Place.BEGINNING)) {
                for (var found = tail.next(); found.isPresent(); found = tail.next()) {
                    passed.add(found.get().entry().id());
                }
            }
            assertThat("forgotten ones are passed over", passed.size(), is(10));
            assertThat(passed.getFirst(), is("msg_1"));
        }
    }
}
