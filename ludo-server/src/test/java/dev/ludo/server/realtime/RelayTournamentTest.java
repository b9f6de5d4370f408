package dev.ludo.server.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.client.realtime.Leaks;
import dev.ludo.client.realtime.Tournament;
import dev.ludo.client.realtime.Tournament.Stretch;
import dev.ludo.client.realtime.Trouble;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.SocketConfig;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.FaultProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client's tournament through the proxy, with faults on both sides of it. The seed is {@code -Dludo.seed}, or printed on
 * failure.
 */
@Timeout(300)
class RelayTournamentTest {
    private static final boolean SOAK = Boolean.getBoolean("ludo.soak");
    private static final int GAMES = SOAK ? 30 : 3;
    private static final int FAULTS = SOAK ? 600 : 60;
    private static final Duration WITHIN = Duration.ofSeconds(SOAK ? 200 : 90);

    /** The proxy finds a silent API within 30 s, which is too long for games. */
    private static final List<Trouble> NO_SILENCE = List.of(
            Trouble.FINISH, Trouble.RESET, Trouble.FINISH_LATER, Trouble.RESET_LATER, Trouble.DELAY, Trouble.RESET_ALL);

    private final long seed = Long.getLong("ludo.seed", 9_020_260);

    @TempDir
    private Path dir;

    @Test
    void everybodyIsToldEverythingOnceAndInOrderOrWhatIsMissing() throws Exception {
        try (Leaks leaks = new Leaks(dir)) {
            play(1, 0);
            long before = Leaks.openDescriptors();
            play(GAMES, FAULTS);
            Leaks.waitUntil(() -> Leaks.openDescriptors() <= before);
            assertThat(Leaks.openDescriptors(), is(lessThanOrEqualTo(before)));
            Leaks.waitUntil(() -> leaks.threads().isEmpty());
            assertThat(leaks.threads(), is(empty()));
        }
    }

    private void play(int games, int faults) throws Exception {
        try (FakeLudo fake = Tournament.fake(seed);
                FaultProxy behind = FaultProxy.to(fake.wsUri());
                LudoServer proxy = LudoServer.start(config(fake, behind));
                FaultProxy before = FaultProxy.to(URI.create("http://127.0.0.1:" + proxy.port()))) {
            List<Stretch> way =
                    List.of(new Stretch(before, List.of(Trouble.values())), new Stretch(behind, NO_SILENCE));
            String uri = "ws://127.0.0.1:" + before.port() + "/ws/game/{code}";
            new Tournament(fake, uri, way, faults, seed).play(games, WITHIN);
            Leaks.waitUntil(() -> proxy.openSockets() == 0);
            assertThat(proxy.openSockets(), is(0));
        }
    }

    private static ServerConfig config(FakeLudo fake, FaultProxy behind) {
        SocketConfig sockets = SocketConfig.of(behind.through(fake.wsUri()))
                .withMessageLimit(0)
                .withLimits(1_000, 1_000)
                // Else a command that is under way when the API is lost is waited for until it is overdue.
                .withResumes(false);
        return ProxyTest.config(fake).withSockets(sockets);
    }
}
