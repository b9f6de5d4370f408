package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.ludo.server.Await;
import dev.ludo.server.Told;
import dev.ludo.server.webhook.WebhookConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How it is read on where a look fails. */
class InboxReaderTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private final List<String> read = new CopyOnWriteArrayList<>();

    private FileInbox inbox(String... ids) throws IOException {
        FileInbox inbox = FileInbox.open(folder, WebhookConfig.KEPT, () -> 0L, Clock.systemUTC());
        for (String id : ids) {
            inbox.accept(id, "{}".getBytes(UTF_8));
        }
        return inbox;
    }

    private void readAll(InboxTail tail) throws IOException {
        for (Optional<InboxTail.Found> next = tail.next(); next.isPresent(); next = tail.next()) {
            read.add(next.get().entry().id());
        }
    }

    @Test
    void oneThatFailsLooksLessAndLessOftenAndTellsItOnce() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger well = new AtomicInteger();
        InboxReader.Look failing = tail -> {
            failed.incrementAndGet();
            throw new IOException("for a test");
        };
        try (Told told = new Told(InboxReader.class);
                InboxReader one = new InboxReader(folder, () -> Place.BEGINNING, "fail", PAUSE, failing);
                InboxReader other = new InboxReader(
                        folder, () -> Place.BEGINNING, "be well", PAUSE, tail -> well.incrementAndGet())) {
            one.start();
            other.start();
            Await.until("it has failed", () -> failed.get() > 1);
            Await.until("the other has looked often", () -> well.get() > 1_000);
            assertThat(failed.get(), lessThan(100)); // which takes it more than seven minutes
            assertThat(told.lines("SEVERE ").size(), is(1));
        }
    }

    @Test
    void anErrorIsToldAndTroubleUntilALookSucceedsWhichReadsWhatItHadReadAgain() throws Exception {
        Semaphore looks = new Semaphore(2);
        InboxReader.Look look = tail -> {
            looks.acquireUninterruptibly();
            readAll(tail);
            if (read.size() < 6) {
                throw read.size() == 2 ? new OutOfMemoryError("for a test") : new StackOverflowError();
            }
        };
        try (FileInbox inbox = inbox("msg_1", "msg_2");
                Told told = new Told(InboxReader.class);
                InboxReader reader = new InboxReader(folder, () -> Place.BEGINNING, "test", PAUSE, look)) {
            reader.start();
            Await.until("it fails twice", () -> read.size() == 4 && looks.hasQueuedThreads());
            assertThat(reader.trouble(), is("java.lang.StackOverflowError"));
            looks.release(100_000);
            Await.until("it succeeds", () -> reader.trouble().isEmpty());
            assertThat(read, is(List.of("msg_1", "msg_2", "msg_1", "msg_2", "msg_1", "msg_2")));
            assertThat(
                    "once for each reason",
                    told.lines("SEVERE the inbox in " + folder).size(),
                    is(2));
            inbox.accept("msg_3", "{}".getBytes(UTF_8));
            Await.until("it reads on", () -> read.getLast().equals("msg_3"));
            assertThat(read.size(), is(7));
        }
    }
}
