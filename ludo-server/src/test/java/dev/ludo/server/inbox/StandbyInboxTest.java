package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.server.Told;
import dev.ludo.server.inbox.WebhookInbox.Outcome;
import dev.ludo.server.webhook.WebhookConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several processes one has the inbox, and another takes it over. */
class StandbyInboxTest {
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong();

    private StandbyInbox open() {
        return open(folder);
    }

    private StandbyInbox open(Path where) {
        return new StandbyInbox(
                where, () -> FileInbox.open(where, WebhookConfig.KEPT, () -> 0L, Clock.systemUTC()), nanoTime::get);
    }

    @Test
    void theNextTakesOverAndKnowsWhatTheFirstAccepted() {
        StandbyInbox first = open();
        try (StandbyInbox second = open()) {
            assertThat(first.accept("msg_1", BODY), is(Outcome.ACCEPTED));
            assertThat(second.held().isPresent(), is(false));
            assertThrows(InboxUnavailableException.class, () -> second.accept("msg_1", BODY));
            first.close();
            assertThrows(InboxUnavailableException.class, () -> second.accept("msg_1", BODY));
            nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat("once a second it tries", second.accept("msg_1", BODY), is(Outcome.REPEATED));
            assertThat(second.accept("msg_2", BODY), is(Outcome.ACCEPTED));
            assertThat(second.held().isPresent(), is(true));
        }
    }

    @Test
    void whyItCannotTakeOverIsToldOnceForEachReason() {
        AtomicReference<IOException> why = new AtomicReference<>(new InboxInUseException("held"));
        try (Told told = new Told(StandbyInbox.class);
                StandbyInbox standby = new StandbyInbox(
                        folder,
                        () -> {
                            throw why.get();
                        },
                        nanoTime::get)) {
            for (String reason : List.of("no permission", "no permission", "no space", "no space", "no permission")) {
                why.set(new IOException(reason));
                nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
                assertThrows(InboxUnavailableException.class, () -> standby.accept("msg_1", BODY));
            }
            assertThat(told.lines("SEVERE this process cannot take over").size(), is(3));
        }
    }

    @Test
    void oneThatIsClosedTakesNothingOver() {
        StandbyInbox first = open();
        StandbyInbox second = open();
        second.close();
        first.close();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThrows(InboxUnavailableException.class, () -> second.accept("msg_1", BODY));
        open().close(); // nobody holds it
    }

    @Test
    void aFolderThatCannotBeOneIsRefusedAtOnce() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThrows(UncheckedIOException.class, () -> open(file));
    }
}
