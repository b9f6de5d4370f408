package dev.ludo.testkit.tck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TckTargetTest {
    private static final RoomCode ROOM = RoomCode.of("K7Q2M9");

    private static TckTarget upstream(String base, String socket) {
        return TckTarget.upstream(URI.create(base), URI.create(socket), Secret.of("lk_secret_of_ours"));
    }

    @Test
    void anUpstreamHasOneSocketAddressAndTheKey() {
        TckTarget target = upstream("https://api.example/v1/", "wss://api.example/ws");
        assertThat(target.baseUri(), is(URI.create("https://api.example/v1")));
        assertThat(target.socketUri(ROOM), is(URI.create("wss://api.example/ws")));
        assertThat(target.headers(), is(Map.of("Authorization", "Bearer lk_secret_of_ours")));
        assertThat(target.toString(), not(containsString("lk_secret")));
    }

    @Test
    void aProxyHasASocketAddressForEachRoomAndNoKey() {
        TckTarget target = TckTarget.proxy(URI.create("https://proxy.example"));
        assertThat(target.socketUri(ROOM), is(URI.create("wss://proxy.example/ws/game/K7Q2M9")));
        assertThat(target.headers(), is(Map.of()));
        assertThat(target.offers(TckFeature.API_KEY), is(false));
        assertThat(target.offers(TckFeature.DESIGNED), is(true));
        assertThat(target.with(TckFeature.TRUSTED_APPLICATION).offers(TckFeature.TRUSTED_APPLICATION), is(true));
        assertThat(
                target.withSocketUri("ws://other.example/{code}/socket").socketUri(ROOM),
                is(URI.create("ws://other.example/K7Q2M9/socket")));
    }

    @Test
    void aHeaderThatIsSetAgainIsReplacedInWhateverCase() {
        TckTarget target = upstream("http://a.example", "ws://a.example").withHeader("authorization", "Bearer other");
        assertThat(target.headers().get("Authorization"), is("Bearer other"));
        assertThat(target.headers().size(), is(1));
    }

    @ParameterizedTest
    @CsvSource({
        "api.example/v1, ws://a.example, baseUri",
        "ftp://api.example, ws://a.example, baseUri",
        "http://a.example, http://a.example, socketUri"
    })
    void anAddressOfAnotherKindIsRefused(String base, String socket, String named) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> upstream(base, socket));
        assertThat(e.getMessage(), containsString(named));
    }

    @Test
    void timesMustMakeSense() {
        TckTarget target = upstream("http://a.example", "ws://a.example");
        assertThrows(IllegalArgumentException.class, () -> target.withDeadline(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> target.withPatience(Duration.ofSeconds(-1)));
    }

    /** The pauses move the fake's clock, by which its rates are counted. */
    @Test
    void whoHasPatienceCallsAgainWhenTold() {
        VirtualClock clock = VirtualClock.manual(Instant.parse("2030-01-01T00:00:00Z"));
        try (FakeLudo ludo = FakeLudo.builder().rateLimit(2).clock(clock).start()) {
            List<Duration> pauses = new ArrayList<>();
            TckTarget target = TckTarget.upstream(ludo.baseUri(), ludo.wsUri(), ludo.apiKey())
                    .withPatience(Duration.ofSeconds(90));
            try (Http http = new Http(target, time -> {
                pauses.add(time);
                clock.advance(time);
            })) {
                for (int i = 0; i < 4; i++) {
                    http.get("/rooms").list(200);
                }
                assertThat(pauses, is(List.of(Duration.ofSeconds(60))));
                http.get("/rooms").failure(429, "RATE_LIMITED");
                assertThat(pauses.size(), is(1));
            }
        }
    }
}
