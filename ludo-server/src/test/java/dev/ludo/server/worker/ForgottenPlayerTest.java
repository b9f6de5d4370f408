package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.server.Await;
import dev.ludo.server.webhook.ForgetRequest;
import dev.ludo.server.webhook.Segment;
import dev.ludo.server.webhook.WebhookInbox.Outcome;
import dev.ludo.server.worker.TargetServer.Arrival;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of a player who was forgotten in all that an inbox and a worker write: nothing, once it was passed on. */
class ForgottenPlayerTest extends WorkerTest {
    private void awaitForgotten() throws Exception {
        Await.until("it is out of the inbox", () -> ForgetRequest.in(folder).isEmpty());
    }

    // What stands in all files, and in the bodies of dead letters, which are in base64.
    private List<String> filesWith(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, ISO_8859_1).contains(text)
                        || String.valueOf(file.getFileName()).contains(text)) {
                    found.add(String.valueOf(file.getFileName()));
                }
            }
        }
        DeadLetters.show(folder, letter -> {
            if (new String(letter.bytes(), UTF_8).contains(text)) {
                found.add("the dead letter " + letter.id());
            }
        });
        return found;
    }

    @Test
    void noByteOfAPlayerStaysInTheFolder() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> arrival.id().equals("msg_dead") ? 410 : 204);
        Path asker = Files.createDirectory(folder.resolve("requests")).resolve("0.request.new"); // it was killed
        Files.writeString(asker, "forget-player plr_ann");
        Files.setLastModifiedTime(asker, FileTime.from(Instant.now().minusSeconds(120)));
        Worker worker = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_dead", "gam_2", "ROOM3", "plr_ann", "plr_ben");
        acceptEnd("msg_2", "gam_3", "ROOM3", "plr_ben", "plr_cat");
        accept(
                "msg_3",
                "{\"type\":\"room.moved\",\"data\":{\"player\":{\"id\":\"plr_ann\",\"name\":\"Name of plr_ann\"}}}");
        target.await("all", arrivals -> arrivals.size() == 4);
        Await.until("one is given up", () -> worker.deadLetters() == 1);
        assertThat(filesWith("Name of plr_ann").isEmpty(), is(false));

        forget("plr_ann", "took the player out of 2 games and deleted 1 dead letters");
        awaitForgotten();
        assertThat(filesWith("plr_ann"), is(List.of()));
        assertThat(filesWith("Name of plr_ben").isEmpty(), is(false));
        assertThat(inbox.accept("msg_1", new byte[0]), is(Outcome.REPEATED));
        worker.close();
        worker(target.uri());
        acceptStart("msg_4", "ROOM2");
        List<Arrival> all = target.await("the next", arrivals -> arrivals.size() >= 5);
        assertThat(all.getLast().id(), is("msg_4"));
        assertThat(all.size(), is(5));
    }

    @Test
    void aTargetThatIsBehindGetsWhatWasAcceptedFirst() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 500);
        worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        target.await("an attempt", arrivals -> !arrivals.isEmpty());
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        Await.until("another segment begins", () -> Segment.in(folder).size() == 2);
        assertThat(filesWith("Name of plr_ann"), is(List.of("inbox-000000000001.journal")));

        target.answer(arrival -> 204);
        Await.until("it waits", time::somebodySleeps);
        time.passToTheFirstSleeper();
        List<Arrival> all = target.await("it", arrivals -> arrivals.getLast().status() == 204);
        assertThat(all.getLast().body(), containsString("Name of plr_ann"));
        awaitForgotten();
        assertThat(filesWith("plr_ann"), is(List.of()));
    }

    @Test
    void whatIsGivenUpWhileItIsForgottenIsNoDeadLetter() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 500);
        Worker worker = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        target.await("an attempt", arrivals -> !arrivals.isEmpty());
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        Await.until("another segment begins", () -> Segment.in(folder).size() == 2);
        acceptEnd("msg_2", "gam_2", "ROOM2", "plr_ann", "plr_ben");

        target.answer(arrival -> 410);
        Await.until("it waits", time::somebodySleeps);
        time.passToTheFirstSleeper();
        Await.until(
                "both are given up",
                () -> worker.deadLetters() == 1 && worker.targets().getFirst().depth() == 0);
        awaitForgotten();
        assertThat(
                "only what came later names the player",
                Set.copyOf(filesWith("plr_ann")),
                is(Set.of("inbox-000000000002.journal", "archive-2026-01-01.lines", "the dead letter msg_2")));
    }

    @Test
    void aDeadLetterThatIsTriedAgainMeanwhileDoesNotComeBack() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 410);
        Worker worker = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_2", "gam_2", "ROOM2", "plr_ben", "plr_cat");
        Await.until("they are given up", () -> worker.deadLetters() == 2);
        target.answer(arrival -> 500);
        for (String id : List.of("msg_1", "msg_2")) {
            Path answer = Requests.leave(folder, "replay " + id);
            Await.until("it is asked", () -> Requests.answer(answer).isPresent());
        }
        target.await("an attempt", arrivals -> arrivals.getLast().status() == 500);
        forget("plr_ann", "took the player out of 1 games and deleted 1 dead letters");
        awaitForgotten();

        target.answer(arrival -> 410);
        Await.until("it waits", time::somebodySleeps);
        time.passToTheFirstSleeper();
        // In one lane, so that the first has ended by then.
        target.await(
                "both",
                arrivals -> arrivals.getLast().id().equals("msg_2")
                        && arrivals.getLast().status() == 410
                        && arrivals.size() > 3);
        worker.close();
        assertThat(filesWith("plr_ann"), is(List.of()));
        assertThat(filesWith("Name of plr_cat").isEmpty(), is(false));
        List<String> left = new ArrayList<>();
        DeadLetters.show(folder, letter -> left.add(letter.id()));
        assertThat(left, is(List.of("msg_2")));
    }

    @Test
    void aWorkerWhoseFilesAreOlderPassesOverWhatIsForgotten() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 500);
        Worker first = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_2", "gam_2", "ROOM3", "plr_ben", "plr_cat");
        target.await("attempts", arrivals -> arrivals.size() == 2);
        first.close();
        Path backup = Files.createDirectory(folder.resolve("backup"));
        List<Path> ledgers;
        try (Stream<Path> files = Files.list(folder)) {
            ledgers = files.filter(
                            file -> String.valueOf(file.getFileName()).matches("forward-.*\\.log|worker\\.offsets"))
                    .toList();
        }
        for (Path ledger : ledgers) {
            Files.copy(ledger, backup.resolve(ledger.getFileName()));
        }
        target.answer(arrival -> 204);
        Worker second = worker(target.uri());
        target.await("both", arrivals -> arrivals.size() == 4);
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        awaitForgotten();
        second.close();
        for (Path ledger : ledgers) {
            Files.move(backup.resolve(ledger.getFileName()), ledger, StandardCopyOption.REPLACE_EXISTING);
        }
        Worker third = worker(target.uri());
        acceptStart("msg_3", "ROOM2");
        List<Arrival> all = target.await("what is not forgotten", arrivals -> arrivals.size() >= 6);
        assertThat(
                all.subList(4, all.size()).stream().map(Arrival::id).sorted().toList(), is(List.of("msg_2", "msg_3")));
        Await.until("nothing is open", () -> third.targets().getFirst().depth() == 0);
        assertThat(third.deadLetters(), is(0));
        assertThat(filesWith("plr_ann"), is(List.of()));
    }

    @Test
    void whatIsAcceptedBetweenTheLastLookAndTheRequestIsTakenOutToo() throws Exception {
        CompletableFuture<Path> asked = new CompletableFuture<>();
        InstantSource inTheMiddle = () -> { // of a look, which asks how old the archive is when it has read all
            if (Thread.currentThread().getName().equals("ludo-archive") && !asked.isDone()) {
                acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
                asked.complete(leave("forget-player plr_ann"));
            }
            return time.now();
        };
        worker(new Pace(inTheMiddle.withZone(ZoneOffset.UTC), time, new Random(1)));
        awaitAnswer(asked.get(20, TimeUnit.SECONDS), "took the player out of 1 games and deleted 0 dead letters;");
        awaitForgotten();
        assertThat(filesWith("plr_ann"), is(List.of()));
        assertThat(filesWith("Name of plr_ben"), is(List.of("archive-2026-01-01.lines")));
    }

    private Path leave(String request) {
        try {
            return Requests.leave(folder, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatIsNoRequestHoldsUpNoRoomAndNoRequest() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 500);
        Worker worker = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        acceptEnd("msg_2", "gam_2", "ROOM2", "plr_ben", "plr_cat");
        target.await("an attempt", arrivals -> !arrivals.isEmpty());
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        Path stray = folder.resolve("inbox-forget").resolve("stray.request");
        for (String text : List.of("", "1 8", "x 8 plr_ben", "1 8 ", "1 8 \u00ff")) {
            Files.writeString(stray, text, ISO_8859_1);
            IOException why = assertThrows(IOException.class, () -> ForgetRequest.in(folder));
            assertThat(why.getMessage(), containsString(stray.toString()));
        }

        target.answer(arrival -> 410);
        Await.until("it waits", time::somebodySleeps);
        time.passToTheFirstSleeper();
        Await.until(
                "both are given up",
                () -> worker.deadLetters() == 1 && worker.targets().getFirst().depth() == 0);
        List<String> dead = new ArrayList<>();
        DeadLetters.show(folder, letter -> dead.add(letter.id()));
        assertThat(dead, is(List.of("msg_2")));
        Files.delete(stray);
        awaitForgotten();
        assertThat(filesWith("plr_ann"), is(List.of()));
    }

    @Test
    void aTargetThatWasNotNamedMeanwhileIsNotWaitedForAndThatIsTold() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 500);
        Worker first = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        target.await("an attempt", arrivals -> !arrivals.isEmpty());
        first.close();
        Worker without = worker();
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        awaitForgotten();
        without.close();

        target.answer(arrival -> 204);
        Logger logger = Logger.getLogger(Forwarder.class.getName());
        List<String> told = new CopyOnWriteArrayList<>();
        logger.setFilter(entry -> {
            told.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
            return true;
        });
        try {
            Worker again = worker(target.uri());
            acceptStart("msg_2", "ROOM2");
            target.await("the next", arrivals -> arrivals.getLast().id().equals("msg_2"));
            assertThat(again.deadLetters(), is(0));
        } finally {
            logger.setFilter(null);
        }
        assertThat(target.taken(), is(List.of("msg_2")));
        assertThat(
                told.stream()
                        .filter(line -> line.startsWith("WARNING msg_1 named a player who is forgotten;"))
                        .count(),
                is(1L));
    }
}
