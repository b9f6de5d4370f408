package dev.ludo.server.worker;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.Told;
import dev.ludo.server.inbox.Place;
import dev.ludo.server.inbox.Segment;
import dev.ludo.server.worker.TargetServer.Arrival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a target that is down costs, and what is told of it. */
class DownTargetTest extends WorkerTest {
    private static final int EVENTS = 60;

    // As much as five events or so take.
    private static final long LITTLE = 3_500;

    private final AtomicInteger status = new AtomicInteger(500);

    private TargetServer down() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> status.get());
        return target;
    }

    private void passUntil(String what, Await.Condition reached) throws Exception {
        Await.until(what, () -> {
            time.passToTheFirstSleeper();
            return reached.holds();
        });
    }

    private static List<String> takenOf(TargetServer target, String room) {
        return target.arrivals().stream()
                .filter(arrival -> arrival.status() == 204 && arrival.body().contains(room))
                .map(Arrival::id)
                .toList();
    }

    @Test
    void pastItsShareReadingPausesForItAndNothingIsLost() throws Exception {
        TargetServer target = down();
        for (int i = 0; i < EVENTS; i++) {
            acceptStart("msg_" + i, "ROOM" + (2 + i % 3));
        }
        ForwardTarget where = new ForwardTarget(target.uri());
        Ledger ledger = Ledger.open(folder.resolve("forward-test.log"), Place.BEGINNING);
        try (Told told = new Told(Forwarder.class);
                DeadLetters letters = DeadLetters.open(folder);
                Poster poster = new Poster(new WebhookSigner(List.of(SECRET), time.clock()));
                Forwarder forwarder =
                        new Forwarder(where, folder, ledger, letters, poster, new Share(LITTLE), time.pace())) {
            forwarder.start();
            Await.until("it says that it pauses", () -> told.lines("WARNING").size() == 1);
            assertThat(told.lines("WARNING").getFirst(), containsString(" events wait for " + where.name()));
            assertThat(forwarder.state().pauses(), is(true));
            passUntil("it was tried often", () -> target.arrivals().size() > 30);
            assertThat(forwarder.state().depth(), lessThanOrEqualTo(6));
            status.set(204);
            passUntil("all is taken", () -> target.taken().size() == EVENTS);
            Await.until("it does not pause", () -> !forwarder.state().pauses());
            for (int room = 0; room < 3; room++) {
                int first = room;
                assertThat(
                        takenOf(target, "ROOM" + (2 + room)),
                        is(IntStream.range(0, EVENTS / 3)
                                .mapToObj(i -> "msg_" + (3 * i + first))
                                .toList()));
            }
        }
    }

    @Test
    void theLogTellsOnceThatItBeginsToFailAndOnceThatItTakesAgain() throws Exception {
        TargetServer target = down();
        try (Told told = new Told(Attempts.class)) {
            Worker worker = worker(target.uri());
            String name = worker.targets().getFirst().name();
            for (int i = 0; i < 4; i++) {
                acceptStart("msg_" + i, "ROOM" + (2 + i));
            }
            passUntil("it was tried often", () -> target.arrivals().size() > 12);
            assertThat(
                    told.lines("WARNING " + name + " begins to fail: HTTP 500 at msg_")
                            .size(),
                    is(1));
            assertThat(told.lines("INFO"), is(List.of()));
            status.set(204);
            passUntil("all is taken", () -> target.taken().size() == 4);
            Await.until("all is settled", () -> worker.targets().getFirst().depth() == 0);
            assertThat(told.lines("INFO " + name + " takes events again; ").size(), is(1));
            assertThat(told.lines("WARNING").size(), is(1));
        }
    }

    @Test
    void aDiskThatFailsIsToldOnceAndIsNoFailureOfTheTarget() throws Exception {
        TargetServer target = down();
        try (Told told = new Told(Forwarder.class)) {
            Worker worker = worker(target.uri());
            acceptStart("msg_1", "ROOM2");
            acceptStart("msg_2", "ROOM3");
            Await.until("both have failed", () -> target.arrivals().size() == 2);
            Path segment = Segment.in(folder).getFirst().file();
            Path aside = Files.createLink(folder.resolve("aside"), segment);
            Path loop = Files.createSymbolicLink(folder.resolve("loop"), segment.getFileName());
            Files.move(loop, segment, ATOMIC_MOVE); // which cannot be opened, and never is not there
            status.set(204);
            String line = "SEVERE what is for " + worker.targets().getFirst().name() + " waits for the disk";
            passUntil("the disk fails", () -> told.lines(line).size() == 1);
            for (int i = 0; i < 20; i++) {
                Await.until("they wait", time::somebodySleeps);
                time.passToTheFirstSleeper();
            }
            assertThat(told.lines(line).size(), is(1));
            assertThat(target.taken(), is(List.of()));
            Files.move(aside, segment, ATOMIC_MOVE);
            passUntil("both are taken", () -> target.taken().size() == 2);
            assertThat(worker.deadLetters(), is(0));
        }
    }

    @Test
    void aDeadLetterThatIsDeletedWhileItIsReplayedIsNotSentAgain() throws Exception {
        status.set(410);
        TargetServer target = down();
        Worker worker = worker(target.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        Await.until("it is given up", () -> worker.deadLetters() == 1);
        status.set(500);
        awaitAnswer(Requests.leave(folder, "replay msg_1"), "replays msg_1");
        target.await("another attempt", arrivals -> arrivals.size() == 2);
        Await.until("it waits", time::somebodySleeps);
        forget("plr_ann", "took the player out of 1 games and deleted 1 dead letters");
        status.set(204);
        acceptStart("msg_2", "ROOM2");
        passUntil("what follows comes", () -> target.taken().contains("msg_2"));
        assertThat(target.taken(), is(List.of("msg_2")));
        assertThat(target.arrivals().getFirst().body(), containsString("plr_ann"));
    }
}
