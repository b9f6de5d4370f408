package dev.ludo.server.worker;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.core.model.GameId;
import dev.ludo.server.Await;
import dev.ludo.server.inbox.Place;
import dev.ludo.server.worker.TargetServer.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What operators' own services are told, and what becomes of it where they fail. */
class ForwardingTest extends WorkerTest {
    private List<DeadLetter> deadLetters() throws IOException {
        List<DeadLetter> all = new ArrayList<>();
        DeadLetters.show(folder, all::add);
        return all;
    }

    // Returns once somebody waits for the attempt after them.
    private void passAttempts(int attempts) throws Exception {
        for (int i = 0; i < attempts; i++) {
            Await.until("an attempt has failed", time::somebodySleeps);
            time.passToTheFirstSleeper();
        }
        Await.until("an attempt has failed", time::somebodySleeps);
    }

    private static List<String> ids(List<Arrival> arrivals) {
        return arrivals.stream().map(Arrival::id).toList();
    }

    @Test
    void everyTargetGetsEveryEventAsItCameSignedAndWithItsId() throws Exception {
        String body =
                "{\"type\":\"room.moved\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{}}  \n \u00e4\ud83c\udfb2";
        TargetServer one = target();
        TargetServer two = target();
        accept("msg_before", body);
        Worker worker = worker(one.uri(), two.uri());
        accept("msg_after", "this is no event");
        for (TargetServer target : List.of(one, two)) {
            List<Arrival> all = target.await("both", arrivals -> arrivals.size() == 2);
            assertThat(all.getFirst(), is(new Arrival("msg_before", body, 204)));
            assertThat(all.getLast(), is(new Arrival("msg_after", "this is no event", 204)));
        }
        worker.close();
        assertThat(one.arrivals().size(), is(2));
    }

    @Test
    void whatWasTakenIsNotPassedOnAgainAfterARestart() throws Exception {
        TargetServer target = target();
        Worker first = worker(target.uri());
        acceptStart("msg_1", "ROOM2");
        target.await("the first", arrivals -> arrivals.size() == 1);
        Await.until("nothing is open", () -> first.targets().getFirst().depth() == 0);
        first.close();
        acceptStart("msg_2", "ROOM2");
        worker(target.uri());
        assertThat(ids(target.await("the second", arrivals -> arrivals.size() >= 2)), is(List.of("msg_1", "msg_2")));
    }

    @Test
    void aRoomThatFailsHoldsUpNoOtherAndKeepsItsOrder() throws Exception {
        TargetServer target = target();
        AtomicBoolean sick = new AtomicBoolean(true);
        target.answer(arrival -> sick.get() && arrival.body().contains("SICK2") ? 500 : 204);
        worker(target.uri());
        acceptStart("msg_1", "SICK2");
        acceptStart("msg_2", "SICK2");
        List<String> well = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            acceptStart("msg_well_" + i, "WELL2");
            well.add("msg_well_" + i);
        }
        target.await("the other room", arrivals -> target.taken().size() == 50);
        assertThat(target.taken(), is(well));
        passAttempts(3);
        sick.set(false);
        time.passToTheFirstSleeper();
        target.await("the rest", arrivals -> target.taken().size() == 52);
        assertThat(target.taken().subList(50, 52), is(List.of("msg_1", "msg_2")));
        List<String> tried = ids(target.arrivals());
        assertThat("the second waits for the first", tried.indexOf("msg_2"), is(tried.lastIndexOf("msg_2")));
    }

    @Test
    void aTargetThatCannotBeReachedHoldsUpNoOther() throws Exception {
        TargetServer gone = target();
        gone.close();
        TargetServer well = target();
        Worker worker = worker(gone.uri(), well.uri());
        for (int i = 0; i < 20; i++) {
            acceptStart("msg_" + i, "ROOM" + i % 4);
        }
        well.await("all", arrivals -> arrivals.size() == 20);
        Await.until(
                "the other target's are open", () -> worker.targets().getFirst().depth() == 20);
        Await.until(
                "they were tried",
                () -> worker.targets().getFirst().attempts().keySet().equals(Set.of("unreachable")));
        TargetState state = worker.targets().getFirst();
        assertThat(state.oldest().isPresent(), is(true));
        Await.until(
                "all are counted", () -> worker.targets().getLast().attempts().equals(Map.of("taken", 20L)));
    }

    @Test
    void aDeliveryIsGivenUpAfterADayAndKeptWithTheReason() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> arrival.id().equals("msg_1") ? 503 : 204);
        Worker worker = worker(target.uri());
        Instant begun = time.now();
        acceptStart("msg_1", "ROOM2");
        acceptStart("msg_2", "ROOM2");
        Await.until("it is given up", () -> {
            time.passToTheFirstSleeper();
            return worker.deadLetters() == 1;
        });
        Duration tried = Duration.between(begun, time.now());
        assertThat(tried, greaterThanOrEqualTo(Duration.ofDays(1)));
        assertThat(tried, lessThanOrEqualTo(Duration.ofDays(1).plusMinutes(30)));
        target.await("the next one of the room", arrivals -> target.taken().contains("msg_2"));
        DeadLetter dead = deadLetters().getFirst();
        long attempts = target.arrivals().stream()
                .filter(arrival -> arrival.id().equals("msg_1"))
                .count();
        assertThat(dead.id() + ' ' + dead.room() + ' ' + dead.reason(), is("msg_1 ROOM2 HTTP 503"));
        assertThat((long) dead.attempts(), is(attempts));
        assertThat(dead.attempts(), greaterThan(40));
        assertThat(target.uri().toString(), containsString(dead.target().replaceAll("-.*", "")));
    }

    @Test
    void howLongADeliveryHasFailedOutlastsARestart() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 500);
        Worker first = worker(target.uri());
        acceptStart("msg_1", "ROOM2");
        passAttempts(2);
        first.close();
        time.pass(Duration.ofDays(1));
        Worker second = worker(target.uri());
        Await.until("it is given up", () -> second.deadLetters() == 1);
        assertThat(deadLetters().getFirst().attempts(), is(target.arrivals().size()));
    }

    @Test
    void aDeadLetterIsReplayedAndForgottenOnceItIsTaken() throws Exception {
        TargetServer target = target();
        AtomicInteger status = new AtomicInteger(410);
        target.answer(arrival -> status.get());
        Worker first = worker(target.uri());
        acceptStart("msg_1", "ROOM2");
        Await.until("it is given up at once", () -> first.deadLetters() == 1);
        assertThat(deadLetters().getFirst().reason(), is("HTTP 410"));
        first.close();
        status.set(204);
        Worker second = worker(target.uri());
        assertThat(ask("replay msg_2"), containsString("no dead letter msg_2"));
        assertThat(ask("replay msg_1"), is("replays msg_1 for " + target.uri().getHost() + nameEnd(second)));
        target.await("it", arrivals -> target.taken().equals(List.of("msg_1")));
        Await.until("it is no dead letter any more", () -> second.deadLetters() == 0);
        assertThat(deadLetters(), is(List.of()));
        second.close();
        assertThat(worker(target.uri()).deadLetters(), is(0));
        assertThat(target.taken(), is(List.of("msg_1")));
    }

    private void bury(TargetServer target, String body) throws IOException {
        String name = new ForwardTarget(target.uri()).name();
        try (DeadLetters letters = DeadLetters.open(folder)) {
            letters.add(
                    new DeadLetter("msg_1", name, "ROOM2", Instant.EPOCH, Instant.EPOCH, 3, "HTTP 500", body),
                    Place.BEGINNING);
        }
    }

    @Test
    void aDeadLetterWhoseBodyIsGoneIsNotReplayedAndThatIsSaid() throws Exception {
        TargetServer gone = target();
        TargetServer whole = target();
        bury(gone, "");
        bury(whole, "e30=");
        Worker worker = worker(gone.uri(), whole.uri());
        String refused = "cannot replay msg_1 for " + new ForwardTarget(gone.uri()).name()
                + ", since its body is gone: the inbox had deleted it before it was taken";
        assertThat(
                ask("replay msg_1"), is("replays msg_1 for " + new ForwardTarget(whole.uri()).name() + "; " + refused));
        List<Arrival> all = whole.await("it", arrivals -> !arrivals.isEmpty());
        assertThat(all, is(List.of(new Arrival("msg_1", "{}", 204))));
        Await.until("it is no dead letter any more", () -> worker.deadLetters() == 1);
        assertThat(ask("replay msg_1"), is(refused));
        worker.close();
        assertThat(gone.arrivals(), is(List.of()));
    }

    private static String nameEnd(Worker worker) {
        return worker.targets().getFirst().name().substring("127.0.0.1".length());
    }

    private String ask(String request) throws Exception {
        Path answer = Requests.leave(folder, request);
        AtomicReference<String> said = new AtomicReference<>("");
        Await.until("it is answered", () -> {
            Requests.answer(answer).ifPresent(told -> said.set(told.sentence()));
            return !said.get().isEmpty();
        });
        return said.get();
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        TargetServer target = target();
        target.answer(arrival -> 307);
        Worker worker = worker(target.uri());
        acceptStart("msg_1", "ROOM2");
        Await.until(
                "it has failed", () -> worker.targets().getFirst().attempts().equals(Map.of("307", 1L)));
    }

    @Test
    void aTargetThatIsNewGetsWhatComesFromThenOn() throws Exception {
        TargetServer old = target();
        Worker first = worker(old.uri());
        acceptEnd("msg_1", "gam_1", "ROOM2", "plr_ann", "plr_ben");
        old.await("it", arrivals -> arrivals.size() == 1);
        try (Archive archive = new Archive(folder, System::nanoTime)) {
            Await.until(
                    "the worker itself has read it",
                    () -> archive.game(GameId.of("gam_1")).isPresent());
        }
        first.close();
        TargetServer fresh = target();
        worker(old.uri(), fresh.uri());
        acceptStart("msg_2", "ROOM2");
        fresh.await("the new one", arrivals -> !arrivals.isEmpty());
        assertThat(ids(fresh.arrivals()), is(List.of("msg_2")));
    }

    @Test
    void oneWorkerAtATimeWorksInAFolderAndAnotherTakesOver() throws Exception {
        TargetServer target = target();
        Worker first = worker(target.uri());
        Worker second = worker(target.uri());
        assertThat(first.isWorking() + " " + second.isWorking(), is("true false"));
        acceptStart("msg_1", "ROOM2");
        target.await("the first event", arrivals -> arrivals.size() == 1);
        Await.until("it is written down", () -> first.targets().getFirst().depth() == 0);
        first.close();
        acceptStart("msg_2", "ROOM2");
        target.await("the second event", arrivals -> arrivals.size() == 2);
        Await.until("it says that it works", second::isWorking);
        assertThat(target.taken(), is(List.of("msg_1", "msg_2")));
    }
}
