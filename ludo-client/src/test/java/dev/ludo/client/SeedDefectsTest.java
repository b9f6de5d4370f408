package dev.ludo.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.FaultProxy;
import dev.ludo.testkit.fault.LineFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client that this one replaces got wrong over HTTP, each defect by its name. */
class SeedDefectsTest {
    private static LudoClient client(RawApi api, VirtualTime time) {
        return LudoClient.builder()
                .baseUri(api.uri())
                .apiKey("lk_test_demo")
                .clock(time.clock())
                .random(new Random(5))
                .retry(RetryConfig.DEFAULT.withAttempts(6))
                .deadline(Duration.ofMinutes(5))
                .time(time, time)
                .build();
    }

    /** {@code 1**attempt} was 1 for every attempt: no back-off. */
    @Test
    void backOffGrowsFromAttemptToAttempt() throws IOException {
        Duration[] most = new Duration[5];
        Arrays.fill(most, Duration.ZERO);
        VirtualTime time = new VirtualTime();
        try (RawApi api = RawApi.answering(RawApi.answer(503, ""));
                LudoClient client = client(api, time)) {
            for (int i = 0; i < 3; i++) {
                client.send(ApiRequest.get("/rooms"));
            }
        }
        for (int i = 0; i < 15; i++) {
            Duration wait = time.slept.get(i);
            most[i % 5] = most[i % 5].compareTo(wait) < 0 ? wait : most[i % 5];
        }
        assertThat(most[4], greaterThan(Duration.ofSeconds(1)));
        assertThat(most[4], greaterThan(most[0].multipliedBy(2)));
    }

    /** After the last 429 or 5xx the old loop ended and gave {@code None}: a failure that looked like success. */
    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void aCallThatFailedToTheLastIsAFailure(int status) throws IOException {
        try (RawApi api = RawApi.answering(RawApi.answer(status, ""));
                LudoClient client = client(api, new VirtualTime())) {
            RejectedException e =
                    assertThrows(RejectedException.class, () -> client.rooms().list());
            assertThat(e.status(), is(status));
            assertThat(e.attempts(), is(6));
        }
    }

    /** POSTs were tried again without an idempotency key, so that a move could be made twice. */
    @Test
    void aPostIsTriedAgainUnderTheSameKey() throws IOException {
        try (RawApi api = RawApi.answering(
                        List.of(RawApi.answer(502, ""), RawApi.answer(503, ""), RawApi.answer(200, "{}")));
                LudoClient client = client(api, new VirtualTime())) {
            client.post(NewRoom.DEFAULT, "/rooms");
            List<String> keys = api.asked.stream()
                    .map(asked -> asked.headers().get("idempotency-key"))
                    .toList();
            assertThat(keys.size(), is(3));
            assertThat(keys.stream().distinct().count(), is(1L));
        }
    }

    /** The same against the rules: the answer to a move is lost after the move was made. */
    @Test
    void aMoveWhoseAnswerIsLostIsMadeOnce() throws Exception {
        try (FakeLudo fake = FakeLudo.start();
                FaultProxy line = FaultProxy.to(fake.baseUri());
                LudoClient direct = LudoClient.builder()
                        .baseUri(fake.baseUri())
                        .apiKey(fake::apiKey)
                        .build();
                LudoClient client = LudoClient.builder()
                        .baseUri(line.through(fake.baseUri()))
                        .apiKey(fake::apiKey)
                        .retry(RetryConfig.DEFAULT.withWaits(Duration.ofMillis(1), Duration.ofMillis(1)))
                        .build()) {
            fake.rollNext(6, 1);
            Room room = direct.rooms().create(new NewRoom(2, GameMode.CLASSIC));
            PlayerId ann = direct.players().register("Ann").playerId();
            Joined seat = direct.rooms().join(room.code(), ann);
            GameId game = direct.rooms()
                    .join(room.code(), direct.players().register("Ben").playerId())
                    .room()
                    .gameId()
                    .orElseThrow();
            LegalMove move =
                    direct.games().roll(game, seat.playerToken()).legalMoves().getFirst();
            line.onNext(LineFault.resetAfter(40)); // in the middle of the answer's head

            client.games().move(game, move.asMove(), seat.playerToken());

            assertThat("connections: the spoilt one and another", line.accepted(), is(2));
            assertThat("moves made", direct.games().moves(game).stream().count(), is(1L));
        }
    }

    /** {@code Retry-After} was not read. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "Thu, 01 Jan 2026 00:00:07 GMT"})
    void retryAfterIsHeeded(String hint) throws IOException {
        VirtualTime time = new VirtualTime();
        try (RawApi api = RawApi.answering(List.of(RawApi.answer(429, "", "Retry-After: " + hint), RawApi.OK));
                LudoClient client = client(api, time)) {
            client.health();
            assertThat(time.slept, is(List.of(Duration.ofSeconds(7))));
        }
    }

    /** There was no jitter: clients that failed together came back together. */
    @Test
    void twoClientsThatFailTogetherDoNotComeBackTogether() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        VirtualTime one = new VirtualTime();
        VirtualTime other = new VirtualTime();
        try (RawApi api = new RawApi((request, socket, out) -> {
                    asked.incrementAndGet();
                    out.write(RawApi.answer(503, "").getBytes(ISO_8859_1));
                    return true;
                });
                LudoClient a = client(api, one);
                LudoClient b = LudoClient.builder()
                        .baseUri(api.uri())
                        .apiKey("lk_test_demo")
                        .random(new Random(6))
                        .time(other, other)
                        .build()) {
            a.send(ApiRequest.get("/rooms"));
            b.send(ApiRequest.get("/rooms"));
        }
        assertThat(one.slept.get(0).equals(other.slept.get(0)), is(false));
        assertThat(one.slept.get(1).equals(other.slept.get(1)), is(false));
        assertThat(asked.get(), is(6 + 3));
    }
}
