package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitTest extends WithFake {
    @Override
    FakeLudoBuilder setup() {
        return super.setup().rateLimit(3);
    }

    private static List<Optional<String>> limits(Api.Reply reply) {
        return List.of(
                reply.header("X-RateLimit-Limit"),
                reply.header("X-RateLimit-Remaining"),
                reply.header("X-RateLimit-Reset"));
    }

    private static List<Optional<String>> limits(int remaining, long reset) {
        return List.of(Optional.of("3"), Optional.of(Integer.toString(remaining)), Optional.of(Long.toString(reset)));
    }

    @Test
    void everyAnswerSaysHowManyCallsAreLeft() {
        long reset = START.getEpochSecond() + 60;
        assertThat(limits(api.get("rooms")), is(limits(2, reset)));
        assertThat(limits(api.get("rooms/nothing-here")), is(limits(1, reset)));
        assertThat(limits(api.callWithoutKey("GET", "health", "")), is(limits(1, reset)));
        assertThat(limits(api.callWithoutKey("GET", "rooms", "")), is(limits(1, reset)));
        assertThat(limits(api.post("rooms", "no json")), is(limits(0, reset)));
    }

    @Test
    void oneCallTooManyIsRefusedUntilTheWindowEnds() {
        for (int i = 0; i < 3; i++) {
            assertThat(api.get("rooms").outcome(), is("200"));
        }
        ludo.advance(Duration.ofMillis(20_500));
        Api.Reply refused = api.post("rooms", "", "Idempotency-Key", "k");
        assertThat(refused.outcome(), is("429 RATE_LIMITED"));
        assertThat(refused.header("Retry-After"), is(Optional.of("40")));
        assertThat(limits(refused), is(limits(0, START.getEpochSecond() + 60)));
        assertThat(ludo.rooms(), is(List.of()));
        ludo.advance(Duration.ofMillis(39_500));
        Api.Reply retried = api.post("rooms", "", "Idempotency-Key", "k");
        assertThat("a 429 is not kept for the key", retried.outcome(), is("201"));
        assertThat(limits(retried), is(limits(2, START.getEpochSecond() + 120)));
    }

    @Test
    void anotherKeyUsesUpNothing() {
        for (int i = 0; i < 10; i++) {
            api.callWithoutKey("GET", "rooms", "", "Authorization", "Bearer lk_another");
        }
        assertThat(api.get("rooms").outcome(), is("200"));
    }

    @Test
    void aResetGivesAllCallsBack() {
        for (int i = 0; i < 4; i++) {
            api.get("rooms");
        }
        ludo.reset();
        assertThat(api.get("rooms").header("X-RateLimit-Remaining"), is(Optional.of("2")));
    }

    @Test
    void theControlApiIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertThat(api.control("GET", "state", "").status(), is(200));
        }
        assertThat(limits(api.control("GET", "state", "")).stream().allMatch(Optional::isEmpty), is(true));
    }

    @Test
    void withoutALimitNothingIsSaidOfOne() {
        try (FakeLudo free = setup().rateLimit(0).start();
                Api calls = new Api(free)) {
            for (int i = 0; i < 10; i++) {
                Api.Reply reply = calls.get("rooms");
                assertThat(reply.outcome(), is("200"));
                assertThat(limits(reply).stream().allMatch(Optional::isEmpty), is(true));
            }
        }
    }
}
