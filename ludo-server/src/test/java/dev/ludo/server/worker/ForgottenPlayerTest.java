package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.server.Await;
import dev.ludo.server.webhook.ForgetRequest;
import dev.ludo.server.webhook.Segment;
import dev.ludo.server.webhook.WebhookInbox.Outcome;
import dev.ludo.server.worker.TargetServer.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
    void whoTailsWhileSegmentsAreReplacedMissesNothingAndSeesNothingTwice() throws Exception {
        TargetServer target = target();
        AtomicInteger failing = new AtomicInteger();
        target.answer(arrival -> failing.incrementAndGet() % 7 == 0 ? 500 : 204);
        worker(target.uri());
        List<String> accepted = new ArrayList<>();
        List<Path> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String id = "msg_" + i;
            acceptEnd(id, "gam_" + i, "ROOM2", "plr_" + i % 6, "plr_" + (i + 1) % 6);
            accepted.add(id);
            if (i % 20 == 10) {
                answers.add(Requests.leave(folder, "forget-player plr_" + i / 20));
            }
        }
        Await.until("all are taken", () -> {
            time.passToTheFirstSleeper();
            return target.taken().size() >= accepted.size();
        });
        for (Path answer : answers) {
            Await.until("it is obeyed", () -> Requests.answer(answer).isPresent());
        }
        awaitForgotten();
        assertThat(target.taken(), is(accepted));
    }
}
