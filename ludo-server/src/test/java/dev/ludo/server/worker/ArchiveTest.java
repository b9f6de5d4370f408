package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.Await;
import dev.ludo.server.Told;
import dev.ludo.server.worker.WorkerDesk.Answer.Done;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The archive of finished games: what comes into it, how it is found, and how it goes. */
class ArchiveTest extends WorkerTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private Archive archive = reopened();

    private Archive reopened() {
        // Each look is a second after the one before.
        return new Archive(folder, () -> nanos.addAndGet(1_000_000_000L));
    }

    @BeforeEach
    void openArchive() {
        archive = reopened();
    }

    @AfterEach
    void closeArchive() {
        archive.close();
    }

    private Optional<String> game(String gameId) throws IOException {
        return archive.game(GameId.of(gameId));
    }

    private List<String> room(String code) throws IOException {
        return archive.games(RoomCode.of(code));
    }

    private void awaitGame(String gameId) throws Exception {
        Await.until(gameId + " is in the archive", () -> game(gameId).isPresent());
    }

    private String allFiles() throws IOException {
        StringBuilder all = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ArchiveLine.GLOB)) {
            for (Path file : files) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void aFinishedGameIsFoundByItsIdAndByItsRoom() throws Exception {
        assertThat(game("gam_1"), is(Optional.empty()));
        worker();
        acceptStart("msg_1", "ROOM2");
        acceptEnd("msg_2", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_3", "gam_2", "OTHER2", "plr_ben", "plr_ann");
        acceptEnd("msg_4", "gam_3", "ROOM2", "plr_ben", "plr_ann");
        awaitGame("gam_3");
        String first = game("gam_1").orElseThrow();
        assertThat(first, containsString("\"gameId\":\"gam_1\""));
        assertThat(first, containsString("\"winnerId\":\"plr_ann\""));
        assertThat(first, containsString("\"ranking\":[\"plr_ann\",\"plr_ben\"]"));
        assertThat(room("ROOM2"), is(List.of(first, game("gam_3").orElseThrow())));
        assertThat(room("NONE2"), is(List.of()));
        assertThat("a game that only started", game("gam_msg_1"), is(Optional.empty()));
    }

    @Test
    void aGameWhoseEndIsToldTwiceIsThereOnce() throws Exception {
        worker();
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_2", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_3", "gam_2", "ROOM2", "plr_ann", "plr_ben");
        awaitGame("gam_2");
        assertThat(room("ROOM2").size(), is(2));
    }

    @Test
    void aLineThatWasCutIsDroppedAndTheNextIsWhole() throws Exception {
        Worker first = worker();
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        awaitGame("gam_1");
        first.close();
        Path file = ArchiveLine.file(folder, LocalDate.of(2026, 1, 1));
        Files.writeString(file, "gam_2 ROOM2 {\"gameId\":", StandardOpenOption.APPEND);
        assertThat(game("gam_2"), is(Optional.empty()));
        worker();
        acceptEnd("msg_3", "gam_3", "ROOM2", "plr_ann", "plr_ben");
        awaitGame("gam_3");
        assertThat(game("gam_2"), is(Optional.empty()));
        assertThat(room("ROOM2").size(), is(2));
    }

    @Test
    void gamesAreKeptForAsLongAsIsSaid() throws Exception {
        worker();
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        awaitGame("gam_1");
        time.pass(Duration.ofDays(30));
        acceptEnd("msg_2", "gam_2", "ROOM2", "plr_ann", "plr_ben");
        awaitGame("gam_2");
        assertThat("kept for 30 days", game("gam_1").isPresent(), is(true));
        time.pass(Duration.ofDays(1));
        Await.until("what is older is deleted", () -> game("gam_1").isEmpty());
        assertThat(room("ROOM2"), is(List.of(game("gam_2").orElseThrow())));
    }

    @Test
    void aPlayerIsTakenOutOfAllGamesAndDeadLetters() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 410);
        Worker worker = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_2", "gam_2", "ROOM3", "plr_ben", "plr_cat");
        awaitGame("gam_2");
        Await.until("both are given up", () -> worker.deadLetters() == 2);
        forget("plr_ann", "took the player out of 1 games and deleted 1 dead letters");
        assertThat(allFiles(), not(containsString("plr_ann")));
        assertThat(allFiles(), not(containsString("Name of plr_ann")));
        assertThat(allFiles(), containsString("Name of plr_ben"));
        assertThat(Files.readString(folder.resolve("dead-letters.log")).lines().count(), is(1L));
        String game = game("gam_1").orElseThrow();
        assertThat(game, containsString("\"ranking\":[\"forgotten\",\"plr_ben\"]"));
        assertThat(room("ROOM2"), is(List.of(game)));
        acceptEnd("msg_3", "gam_3", "ROOM2", "plr_ben", "plr_cat");
        awaitGame("gam_3");
        assertThat(room("ROOM2").size(), is(2));
    }

    @Test
    void whoAsksAtThisMomentIsNotDisturbed() throws Exception {
        Path asking = Files.createDirectory(folder.resolve("requests")).resolve("0.request.new");
        Files.writeString(asking, "forget-pla");
        worker();
        forget("plr_ann", "took the player out of 0 games and deleted 0 dead letters");
        assertThat(Files.exists(asking), is(true));
    }

    @Test
    void whatIsNoRequestHoldsUpNone() throws Exception {
        Path requests = Files.createDirectory(folder.resolve("requests"));
        Files.writeString(requests.resolve("0.request"), "forget-player");
        Files.writeString(requests.resolve("1.request"), "forget-player not an id");
        Files.writeString(requests.resolve("2.request"), "forget-player plr_\u00ff", ISO_8859_1);
        Path stray = Files.createDirectory(requests.resolve("3.request"));
        Files.createSymbolicLink(requests.resolve("4.request"), requests.resolve("gone"));
        try (Told told = new Told(Requests.class)) {
            Worker worker = worker();
            forget("plr_ann", "took the player out of 0 games and deleted 0 dead letters");
            awaitAnswer(requests.resolve("0.answer"), "there is no request forget-player");
            awaitAnswer(requests.resolve("1.answer"), "cannot forget not an id: ");
            awaitAnswer(requests.resolve("2.answer"), "cannot obey what is no text in UTF-8");
            forget("plr_ben", "took the player out of 0 games and deleted 0 dead letters");
            assertThat(told.lines("").size(), is(1));
            assertThat(
                    told.lines("SEVERE " + stray + " cannot be read as a request")
                            .size(),
                    is(1));
            assertThat(worker.trouble(), is(""));
        }
    }

    @Test
    void whatCannotBeAnsweredIsToldOnceAndHoldsUpNothingElse() throws Exception {
        Path requests = Files.createDirectory(folder.resolve("requests"));
        Files.writeString(requests.resolve("0.request"), "forget-player plr_ann");
        Path answer = Files.createDirectory(requests.resolve("0.answer")); // so that it cannot be written
        try (Told told = new Told(Requests.class)) {
            Worker worker = worker();
            Await.until("it is told", () -> !worker.trouble().isEmpty());
            forget("plr_ben", "took the player out of 0 games and deleted 0 dead letters");
            acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
            awaitGame("gam_1");
            assertThat(worker.trouble(), containsString("0.request is obeyed and cannot be answered yet: "));
            Files.delete(answer);
            awaitAnswer(answer, "took the player out of 0 games and deleted 0 dead letters");
            Await.until("that is over", () -> worker.trouble().isEmpty());
            assertThat(told.lines("SEVERE ").size(), is(1));
        }
    }

    @Test
    void whatIsDoneIsNotDoneAgainWhenItCannotBeAnsweredAndPausesGrow() throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        Requests requests = new Requests(
                folder,
                asked -> new Done(asked + " for the time " + done.incrementAndGet()),
                Clock.systemUTC(),
                now::get);
        Path answer = Requests.leave(folder, "replay msg_1");
        Files.createDirectory(answer); // so that it cannot be written
        List<Path> asked = requests.open();
        for (int i = 0; i < 3; i++) {
            requests.obey(asked);
            now.addAndGet(Duration.ofMillis(20L << (i + 1)).toNanos());
        }
        requests.obey(asked); // for the fourth time: the next one is after 320 ms
        assertThat(requests.trouble(), containsString("is obeyed and cannot be answered yet: "));
        Files.delete(answer);
        now.addAndGet(Duration.ofMillis(319).toNanos());
        requests.obey(asked);
        assertThat("it is too early", Files.exists(answer), is(false));
        now.addAndGet(Duration.ofMillis(1).toNanos());
        requests.obey(asked);
        assertThat(Requests.answer(answer), is(Optional.of(new Done("replay msg_1 for the time 1"))));
        assertThat(requests.trouble(), is(""));
        assertThat(requests.open(), is(List.of()));
    }

    @Test
    void whatFailsWithinIsNoAnswerAndThePlayerIsForgottenLater() throws Exception {
        Path day = ArchiveLine.file(folder, LocalDate.of(2025, 12, 20));
        Files.writeString(day, "plr_ann\n"); // no line of an archive
        Worker worker = worker();
        Path answer = Requests.leave(folder, "forget-player plr_ann");
        Await.until(
                "it is told", () -> worker.trouble().endsWith("cannot be obeyed yet: no line of the archive: plr_ann"));
        assertThat(Files.exists(answer), is(false));
        Files.delete(day);
        awaitAnswer(answer, "took the player out of 0 games and deleted 0 dead letters");
    }
}
