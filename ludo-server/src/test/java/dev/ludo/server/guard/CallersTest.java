package dev.ludo.server.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and who may act without a token of their own. */
class CallersTest {
    private static final List<String> ACTING = List.of(
            "/rooms/ROOM1/join {\"playerId\":\"p\"}",
            "/rooms/ROOM1/leave ",
            "/games/g1/roll ",
            "/games/g1/move {\"pieceId\":\"red-0\",\"targetPosition\":0}",
            "/games/move {\"gameId\":\"g1\",\"pieceId\":\"red-0\",\"targetPosition\":0}");

    private StubUpstream api;
    private ServerConfig config;

    @BeforeEach
    void start() throws IOException {
        api = new StubUpstream();
        config = ServerConfig.of(api.uri(), Secret.of("lk_test_demo"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aTrustedCallerActsWithoutATokenOfItsOwn() {
        try (LudoServer proxy = LudoServer.start(config.withTrustCallers(true));
                Wire wire = new Wire(proxy.uri())) {
            for (String call : ACTING) {
                assertThat(call, act(wire, call).status(), is(200));
            }
            assertThat("nobody is anybody", wire.get("/players/me").status(), is(403));
        }
    }

    @Test
    void aCallerWithAProxyTokenActsWithoutATokenOfItsOwn() {
        try (LudoServer proxy = LudoServer.start(config.withProxyTokens(Secret.of("first"), Secret.of("second")));
                Wire wire = new Wire(proxy.uri())) {
            for (String call : ACTING) {
                assertThat(
                        call, act(wire, call, "Authorization", "Bearer second").status(), is(200));
            }
        }
    }

    @Test
    void theRefusalNamesTheHeaderThatIsMissing() {
        try (LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            for (String call : ACTING) {
                Answer answer = act(wire, call);
                assertThat(answer.code(), is("FORBIDDEN"));
                assertThat(
                        answer.json().getJsonArray("details").getJsonObject(0).getString("field"),
                        is(call.contains("/join") ? "X-Session-Token" : "X-Player-Token"));
            }
            assertThat(api.asked(), is(List.of()));
        }
    }

    @Test
    void withProxyTokensEverybodyElseIsTurnedAway() {
        try (LudoServer proxy = LudoServer.start(config.withProxyTokens(Secret.of("right")));
                Wire wire = new Wire(proxy.uri())) {
            Answer none = wire.get("/rooms");
            assertThat(none.status(), is(401));
            assertThat(none.code(), is("UNAUTHORIZED"));
            assertThat(none.header("WWW-Authenticate"), is(Optional.of("Bearer")));
            for (String wrong : List.of("Bearer wrong", "Bearer right2", "Bearer ", "Basic right", "right")) {
                assertThat(wrong, wire.get("/rooms", "Authorization", wrong).status(), is(401));
            }
            assertThat(wire.get("/rooms?token=right").status(), is(401));
            assertThat(wire.get("/rooms", "Cookie", "token=right").status(), is(401));
            assertThat(api.asked(), is(List.of()));
            assertThat(wire.get("/rooms", "Authorization", "bearer right").status(), is(200));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health"})
    void someRoutesAreForEverybody(String path) {
        try (LudoServer proxy = LudoServer.start(config.withProxyTokens(Secret.of("right")));
                Wire wire = new Wire(proxy.uri())) {
            assertThat(wire.get(path).status(), is(200));
            assertThat(wire.get(path, "Authorization", "Bearer wrong").status(), is(200));
        }
    }

    private static Answer act(Wire wire, String call, String... headers) {
        int space = call.indexOf(' ');
        return wire.post(call.substring(0, space), call.substring(space + 1), headers);
    }
}
