package dev.ludo.server.worker;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.server.Await;
import dev.ludo.server.inbox.ForgetRequest;
import dev.ludo.server.worker.WorkerDesk.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators ask for where no worker runs leaves nothing behind that holds up the inbox. */
class WorkerDeskTest extends WorkerTest {
    private static final Answer FORGOTTEN = new Answer.Done(
            "took the player out of 1 games and deleted 0 dead letters; the proxy that runs, or the next one,"
                    + " takes the player out of the inbox once all targets have what is there");

    private WorkerDesk desk() {
        return new WorkerDesk(
                new WorkerConfig(folder, Duration.ofDays(30), List.of(), Optional.empty()), Thread::sleep);
    }

    private void askBoth() throws Exception {
        assertThat(desk().replay("msg_9").sentence(), startsWith("there is no dead letter msg_9 "));
        assertThat(desk().forgetPlayer("plr_ann"), is(FORGOTTEN));
    }

    private void awaitForgotten() throws Exception {
        Await.until(
                "it is out of the inbox",
                () -> ForgetRequest.in(folder).requests().isEmpty());
    }

    @Test
    void whereNoWorkerHasEverWorkedAgeAloneGoesOnToCount() throws Exception {
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        askBoth();
        assertThat(Worker.firstUnread(folder), is(Long.MAX_VALUE));
        awaitForgotten();
    }

    @Test
    void whatAWorkerStillNeedsStaysAsItSaid() throws Exception {
        Path unread = folder.resolve("worker.unread");
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        Files.writeString(unread, "0");
        askBoth();
        assertThat(Files.readString(unread), is("0"));
        assertThat(ForgetRequest.in(folder).requests().size(), is(1));
        worker();
        awaitForgotten();
        assertThat(Files.readString(unread), is("2"));
    }
}
