package dev.ludo.server.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire.Answer;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.Networks;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How much one client may ask for, and all together. */
class LimitsTest extends ProxyTest {
    private void guarded(GuardConfig guard) {
        restart(usual -> usual.withGuard(guard));
    }

    @Test
    void aClientThatCallsTooOftenIsToldWhenToComeBack() {
        // One a minute, so that none comes back while the test runs.
        guarded(GuardConfig.DEFAULT.withLimits(1, 10));
        Answer first = wire.get("/rooms");
        assertThat(first.status(), is(200));
        assertThat(first.header("X-RateLimit-Limit"), is(Optional.of("1")));
        assertThat(first.header("X-RateLimit-Remaining"), is(Optional.of("0")));
        Answer second = wire.get("/rooms");
        assertThat(second.status(), is(429));
        assertThat(second.code(), is("RATE_LIMITED"));
        assertThat(second.header("X-RateLimit-Remaining"), is(Optional.of("0")));
        assertThat(second.header("X-RateLimit-Reset"), is(first.header("X-RateLimit-Reset")));
        assertThat(Integer.parseInt(second.header("Retry-After").orElseThrow()) > 50, is(true));
        assertThat(wire.get("/nope").status(), is(429));
        assertThat(wire.call("DELETE", "/rooms", "").status(), is(429));
        for (int i = 0; i < 5; i++) {
            assertThat(wire.get("/health").status(), is(200));
            assertThat(wire.get("/health").header("X-RateLimit-Limit"), is(Optional.empty()));
        }
        assertThat(api.asked().size(), is(1));
    }

    @Test
    void theApisOwnLimitIsNotShown() {
        api.answers(200, "{\"success\":true,\"data\":{}}", "X-RateLimit-Limit", "77");
        guarded(GuardConfig.DEFAULT);
        assertThat(wire.get("/rooms").header("X-RateLimit-Limit"), is(Optional.empty()));
    }

    @Test
    void clientsBehindATrustedProxyAreCountedEachForItself() {
        guarded(GuardConfig.DEFAULT.withLimits(1, 10).withTrustedProxies(Networks.parse("127.0.0.1")));
        assertThat(wire.get("/rooms", "X-Forwarded-For", "1.2.3.4").status(), is(200));
        assertThat(wire.get("/rooms", "X-Forwarded-For", "1.2.3.5").status(), is(200));
        assertThat(wire.get("/rooms", "X-Forwarded-For", "2001:db8::1").status(), is(200));
        assertThat(wire.get("/rooms", "X-Forwarded-For", "2001:db8::2").status(), is(429));
        assertThat(wire.get("/rooms", "X-Forwarded-For", "6.6.6.6, 1.2.3.4").status(), is(429));
    }

    @Test
    void whoeverTriesTokensIsLimitedByTheirAddress() {
        GuardConfig guard = GuardConfig.DEFAULT.withLimits(2, 10).withProxyTokens(java.util.List.of(Secret.of("good")));
        guarded(guard);
        assertThat(wire.get("/rooms", "Authorization", "Bearer a").status(), is(401));
        assertThat(wire.get("/rooms", "Authorization", "Bearer b").status(), is(401));
        assertThat(wire.get("/rooms", "Authorization", "Bearer c").status(), is(429));
        assertThat(wire.get("/rooms", "Authorization", "Bearer good").status(), is(200));
    }

    @Test
    void whoeverLooksForRoomsIsStopped() {
        api.answers(404, "{\"success\":false,\"data\":null,\"error\":\"no\",\"code\":\"ROOM_NOT_FOUND\"}");
        guarded(GuardConfig.DEFAULT);
        for (int i = 0; i < 30; i++) {
            assertThat(
                    wire.get("/rooms/AAAA" + (char) ('A' + i % 8) + (char) ('A' + i / 8))
                            .status(),
                    is(404));
        }
        Answer answer = wire.get("/rooms/ROOM1");
        assertThat(answer.status(), is(429));
        assertThat(answer.header("Retry-After").isPresent(), is(true));
        assertThat(wire.post("/rooms/ROOM2/start", "").status(), is(429));
        assertThat(wire.get("/games/g1/state").status(), is(404)); // asks for no room
        assertThat(api.asked().size(), is(31));
    }

    @Test
    void overloadIsRefusedAtOnceAndHealthIsNot() throws Exception {
        guarded(GuardConfig.DEFAULT.withLimits(0, 1));
        StubUpstream.Gate gate = api.holds();
        AtomicReference<Answer> held = new AtomicReference<>();
        Thread calling = Thread.startVirtualThread(() -> held.set(wire.get("/rooms")));
        gate.awaitCall();
        Answer refused = wire.get("/players/p1");
        assertThat(refused.status(), is(503));
        assertThat(refused.code(), is("UNAVAILABLE"));
        assertThat(refused.header("Retry-After"), is(Optional.of("1")));
        assertThat(wire.get("/health").status(), is(200));
        gate.open();
        calling.join();
        assertThat(held.get().status(), is(200));
        assertThat(wire.get("/players/p1").status(), is(200));
    }
}
