package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.server.Await;
import dev.ludo.server.Told;
import dev.ludo.server.inbox.ForgetRequest;
import dev.ludo.server.inbox.Segment;
import dev.ludo.server.inbox.WebhookInbox.Outcome;
import dev.ludo.server.worker.TargetServer.Arrival;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of a player who was forgotten in all that an inbox and a worker write: nothing, once it was passed on. */
class ForgottenPlayerTest extends WorkerTest {
    private void awaitForgotten() throws Exception {
        Await.until(
                "it is out of the inbox",
                () -> ForgetRequest.in(folder).requests().isEmpty());
    }

    // What stands in all files, and in the bodies of dead letters, which are in base64.
    private List<String> filesWith(String text) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                String name = String.valueOf(file.getFileName());
                try {
                    if (name.contains(text)
                            || Files.readString(file, ISO_8859_1).contains(text)) {
                        found.add(name);
                    }
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) { // it has another name by now
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }
        });
        DeadLetters.show(folder, letter -> {
            if (new String(letter.bytes(), UTF_8).contains(text)) {
                found.add("the dead letter " + letter.id());
            }
        });
        return found;
    }

    /** Starts a worker, and returns once the target has not taken {@code msg_1}, which names two players. */
    private Worker refusedOnce(TargetServer target) throws Exception {
        target.answer(arrival -> 500);
        Worker worker = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        target.await("an attempt", arrivals -> !arrivals.isEmpty());
        return worker;
    }

    /** Has the next attempt made, which is answered so. */
    private void tryAgain(TargetServer target, int status) throws Exception {
        target.answer(arrival -> status);
        Await.until("it waits", time::somebodySleeps);
        time.passToTheFirstSleeper();
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
        refusedOnce(target);
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        Await.until("another segment begins", () -> Segment.in(folder).size() == 2);
        assertThat(filesWith("Name of plr_ann"), is(List.of("inbox-000000000001.journal")));

        tryAgain(target, 204);
        List<Arrival> all = target.await("it", arrivals -> arrivals.getLast().status() == 204);
        assertThat(all.getLast().body(), containsString("Name of plr_ann"));
        awaitForgotten();
        assertThat(filesWith("plr_ann"), is(List.of()));
    }

    @Test
    void whatIsGivenUpWhileItIsForgottenIsNoDeadLetter() throws Exception {
        TargetServer target = target();
        Worker worker = refusedOnce(target);
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        Await.until("another segment begins", () -> Segment.in(folder).size() == 2);
        acceptEnd("msg_2", "gam_2", "ROOM2", "plr_ann", "plr_ben");

        tryAgain(target, 410);
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

        tryAgain(target, 410);
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
        worker(time.pace(inTheMiddle.withZone(ZoneOffset.UTC)));
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
        Worker worker = refusedOnce(target);
        acceptEnd("msg_2", "gam_2", "ROOM2", "plr_ben", "plr_cat");
        Path requests = Files.createDirectories(folder.resolve("inbox-forget"));
        List<String> texts = List.of("", "1 8", "x 8 plr_ben", "1 8 ", "1 8 \u00ff");
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(requests.resolve(i + ".request"), texts.get(i), ISO_8859_1);
        }
        Files.createDirectory(requests.resolve("folder.request"));
        Files.createSymbolicLink(requests.resolve("link.request"), requests.resolve("gone"));
        int strays = texts.size() + 1; // what a link leads to is not there
        try (Told told = new Told(DeadLetters.class)) {
            forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
            Await.until("all are counted", () -> inbox.forgetting() == strays + 1);
            tryAgain(target, 410);
            Await.until(
                    "both are given up",
                    () -> worker.deadLetters() == 1
                            && worker.targets().getFirst().depth() == 0);
            assertThat(
                    told.lines("SEVERE a dead letter is kept whatever " + requests)
                            .size(),
                    is(strays));
        }
        List<String> dead = new ArrayList<>();
        DeadLetters.show(folder, letter -> dead.add(letter.id()));
        assertThat(dead, is(List.of("msg_2")));
        awaitForgotten();
        assertThat(filesWith("plr_ann"), is(List.of()));
        Await.until("the strays are counted still", () -> inbox.forgetting() == strays);
    }

    @Test
    void aTargetThatWasNotNamedMeanwhileIsNotWaitedForAndThatIsTold() throws Exception {
        TargetServer target = target();
        Worker first = refusedOnce(target);
        first.close();
        Worker without = worker();
        forget("plr_ann", "took the player out of 1 games and deleted 0 dead letters");
        awaitForgotten();
        without.close();

        target.answer(arrival -> 204);
        try (Told told = new Told(Forwarder.class)) {
            Worker again = worker(target.uri());
            acceptStart("msg_2", "ROOM2");
            target.await("the next", arrivals -> arrivals.getLast().id().equals("msg_2"));
            assertThat(again.deadLetters(), is(0));
            assertThat(
                    told.lines("WARNING msg_1 named a player who is forgotten;").size(), is(1));
        }
        assertThat(target.taken(), is(List.of("msg_2")));
    }
}
