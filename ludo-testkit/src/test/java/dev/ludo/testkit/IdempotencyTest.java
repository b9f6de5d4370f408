package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Room;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest extends WithFake {
    private static final String REPLAYED = "Idempotent-Replayed";

    private Api.Reply open(String key, String body) {
        return api.post("rooms", body, "Idempotency-Key", key);
    }

    @Test
    void aRepeatGetsTheFirstAnswerAndDoesNothing() {
        Api.Reply first = open("k-1", "{\"maxPlayers\":2}");
        Api.Reply second = open("k-1", "{\"maxPlayers\":2}");
        assertThat(first.header(REPLAYED), is(Optional.empty()));
        assertThat(second.header(REPLAYED), is(Optional.of("true")));
        assertThat(second.status(), is(201));
        assertThat(second.text(), is(first.text()));
        assertThat(ludo.rooms().size(), is(1));
        assertThat(open("k-2", "{\"maxPlayers\":2}").text(), not(first.text()));
    }

    @Test
    void anotherBodyIsAConflict() {
        Api.Reply first = open("k", "{\"maxPlayers\":2}");
        assertThat(open("k", "{\"maxPlayers\": 2}").outcome(), is("409 IDEMPOTENCY_CONFLICT"));
        assertThat(open("k", "").outcome(), is("409 IDEMPOTENCY_CONFLICT"));
        assertThat(open("k", "{\"maxPlayers\":2}").text(), is(first.text()));
        assertThat(ludo.rooms().size(), is(1));
    }

    @Test
    void aKeyIsGoodForOnePath() {
        open("k", "").data();
        Api.Reply player = api.post("players", "{\"playerName\":\"Ann\"}", "Idempotency-Key", "k");
        assertThat(player.status(), is(201));
        assertThat(player.header(REPLAYED), is(Optional.empty()));
    }

    @Test
    void aRollIsRolledOncePerKey() {
        Room room = api.open(2, "classic");
        api.seat(room, "Ann");
        api.seat(room, "Bob");
        GameState state = api.state(room);
        ludo.rollNext(6, 5);
        Api.Reply first = api.tryRoll(state, "Idempotency-Key", "k");
        assertThat(api.tryRoll(state, "Idempotency-Key", "k").text(), is(first.text()));
        assertThat(first.data().getInt("value"), is(6));
        Api.Reply refused = api.tryRoll(state, "Idempotency-Key", "k2");
        assertThat(refused.outcome(), is("409 MOVE_FIRST"));
        api.tryMove(state, "red-0", 0, "Idempotency-Key", "k").data();
        Api.Reply again = api.tryRoll(state, "Idempotency-Key", "k2");
        assertThat("a refusal is an answer too", again.text(), is(refused.text()));
        assertThat(again.header(REPLAYED), is(Optional.of("true")));
    }

    @Test
    void aReadTakesNoNoticeOfTheKey() {
        assertThat(api.get("rooms", "Idempotency-Key", "k").list().size(), is(0));
        open("k2", "").data();
        assertThat(api.get("rooms", "Idempotency-Key", "k").list().size(), is(1));
    }

    @Test
    void anAnswerIsKeptForADay() {
        String first = open("k", "").text();
        ludo.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(open("k", "").text(), is(first));
        ludo.advance(Duration.ofMillis(1));
        Api.Reply late = open("k", "");
        assertThat(late.header(REPLAYED), is(Optional.empty()));
        assertThat(late.text(), not(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00e4", "a\u00ff"})
    void aKeyIsPrintableAscii(String key) throws IOException {
        String answer = RawHttp.exchange(
                ludo.port(),
                "POST /v1/rooms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n"
                        + "Authorization: Bearer lk_test_demo\r\nIdempotency-Key: " + key + "\r\n\r\n");
        assertThat(answer, RawHttp.status(answer), is(422));
        assertThat(answer, containsString("\"field\":\"Idempotency-Key\""));
        assertThat(ludo.rooms(), is(List.of()));
    }

    @Test
    void aKeyHas255CharactersAtMost() {
        assertThat(open("k".repeat(255), "").status(), is(201));
        Api.Reply tooLong = open("k".repeat(256), "");
        assertThat(tooLong.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(tooLong.fields(), is(List.of("Idempotency-Key")));
    }

    @Test
    void aRepeatWaitsForTheFirstThatStillRuns() throws Exception {
        Idempotency idempotency = new Idempotency(ludo.clock());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Supplier<Answer> work = () -> {
            running.countDown();
            await(goOn);
            return Answer.ok(Map.of("n", done.incrementAndGet()));
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first = threads.submit(() -> idempotency.once("k", bytes("a"), work));
            await(running);
            Future<Answer> second = threads.submit(() -> idempotency.once("k", bytes("a"), work));
            ApiFailure conflict = assertThrows(ApiFailure.class, () -> idempotency.once("k", bytes("b"), work));
            assertThat(conflict.code(), is(ErrorCode.IDEMPOTENCY_CONFLICT));
            assertThat(second.isDone(), is(false));
            goOn.countDown();
            assertThat(second.get().body(), is(first.get().body()));
            assertThat(second.get().headers(), is(Map.of(REPLAYED, "true")));
        }
        assertThat(done.get(), is(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void whatTheServerFailedToDoIsDoneAgain(int status) throws Exception {
        Idempotency idempotency = new Idempotency(ludo.clock());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Supplier<Answer> failing = () -> {
            running.countDown();
            await(goOn);
            return new Answer(status, Map.of(), "failed");
        };
        Answer good = Answer.ok(Map.of());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first = threads.submit(() -> idempotency.once("k", bytes(""), failing));
            await(running);
            Future<Answer> second = threads.submit(() -> idempotency.once("k", bytes(""), () -> good));
            goOn.countDown();
            assertThat(first.get().status(), is(status));
            assertThat(second.get(), is(good));
        }
        assertThat(idempotency.once("k", bytes(""), failing).body(), is(good.body()));
    }

    @Test
    void workThatThrowsIsDoneAgainToo() {
        Idempotency idempotency = new Idempotency(ludo.clock());
        assertThrows(
                IllegalStateException.class,
                () -> idempotency.once("k", bytes(""), () -> {
                    throw new IllegalStateException("no");
                }));
        Answer good = Answer.ok(Map.of());
        assertThat(idempotency.once("k", bytes(""), () -> good), is(good));
    }

    @Test
    void theOldestAnswersGoWhenThereAreTooMany() {
        Idempotency idempotency = new Idempotency(ludo.clock());
        for (int i = 0; i <= 20_000; i++) {
            idempotency.once("k" + i, bytes(""), Answer::noContent);
        }
        assertThat(idempotency.once("k1", bytes(""), Answer::noContent).headers(), is(Map.of(REPLAYED, "true")));
        assertThat(idempotency.once("k0", bytes(""), Answer::noContent).headers(), is(Map.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not come about");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aResetForgetsTheAnswers() {
        open("k", "").data();
        ludo.reset();
        assertThat(open("k", "").header(REPLAYED), is(Optional.empty()));
        assertThat(ludo.rooms().size(), is(1));
    }
}
