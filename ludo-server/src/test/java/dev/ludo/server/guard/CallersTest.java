package dev.ludo.server.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Wire.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and who may act without a token of their own. */
class CallersTest extends ProxyTest {
    private static final List<String> ACTING = List.of(
            "/rooms/ROOM1/join {\"playerId\":\"p\"}",
            "/rooms/ROOM1/leave ",
            "/games/g1/roll ",
            "/games/g1/move {\"pieceId\":\"red-0\",\"targetPosition\":0}",
            "/games/move {\"gameId\":\"g1\",\"pieceId\":\"red-0\",\"targetPosition\":0}");

    @Test
    void aTrustedCallerActsWithoutATokenOfItsOwn() {
        restart(usual -> usual.withTrustCallers(true));
        for (String call : ACTING) {
            assertThat(call, act(call).status(), is(200));
        }
        assertThat("nobody is anybody", wire.get("/players/me").status(), is(403));
    }

    @Test
    void aCallerWithAProxyTokenActsWithoutATokenOfItsOwn() {
        restart(usual -> usual.withProxyTokens(Secret.of("first"), Secret.of("second")));
        for (String call : ACTING) {
            assertThat(call, act(call, "Authorization", "Bearer second").status(), is(200));
        }
    }

    @Test
    void theRefusalNamesTheHeaderThatIsMissing() {
        for (String call : ACTING) {
            Answer answer = act(call);
            assertThat(answer.code(), is("FORBIDDEN"));
            assertThat(
                    answer.json().getJsonArray("details").getJsonObject(0).getString("field"),
                    is(call.contains("/join") ? "X-Session-Token" : "X-Player-Token"));
        }
        assertThat(api.asked(), is(List.of()));
    }

    @Test
    void withProxyTokensEverybodyElseIsTurnedAway() {
        restart(usual -> usual.withProxyTokens(Secret.of("right")));
        Answer none = wire.get("/rooms");
        assertThat(none.status(), is(401));
        assertThat(none.code(), is("UNAUTHORIZED"));
        assertThat(none.header("WWW-Authenticate"), is(Optional.of("Bearer")));
        for (String wrong : List.of("Bearer wrong", "Bearer right2", "Bearer ", "Basic right", "right")) {
            assertThat(wrong, wire.get("/rooms", "Authorization", wrong).status(), is(401));
        }
        assertThat("no route", wire.get("/nope").status(), is(401));
        assertThat("no method", wire.call("DELETE", "/rooms", "").status(), is(401));
        assertThat(wire.get("/rooms?token=right").status(), is(401));
        assertThat(wire.get("/rooms", "Cookie", "token=right").status(), is(401));
        assertThat(api.asked(), is(List.of()));
        assertThat(wire.get("/rooms", "Authorization", "bearer right").status(), is(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health"})
    void someRoutesAreForEverybody(String path) {
        restart(usual -> usual.withProxyTokens(Secret.of("right")));
        assertThat(wire.get(path).status(), is(200));
        assertThat(wire.get(path, "Authorization", "Bearer wrong").status(), is(200));
    }

    private Answer act(String call, String... headers) {
        int space = call.indexOf(' ');
        return wire.post(call.substring(0, space), call.substring(space + 1), headers);
    }
}
