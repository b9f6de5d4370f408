package dev.ludo.server.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.realtime.Leaks;
import dev.ludo.client.realtime.Tournament;
import dev.ludo.client.realtime.Tournament.Stretch;
import dev.ludo.client.realtime.Trouble;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.realtime.SocketMeter.Comeback;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.FaultProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client's tournament through the proxy, with faults on both sides of it, silence too, and an API's side that is made anew
 * behind the clients' backs. The seed is {@code -Dludo.seed}, or printed on failure.
 */
@Timeout(300)
class RelayTournamentTest {
    /** Where faults happen: before the relay, between it and clients, or behind it. */
    private enum Side {
        BEFORE,
        BEHIND
    }

    private static final boolean SOAK = Boolean.getBoolean("ludo.soak");
    private static final int GAMES = SOAK ? 30 : 3;
    private static final int FAULTS = SOAK ? 600 : 60;
    private static final Duration WITHIN = Duration.ofSeconds(SOAK ? 200 : 90);

    private final long seed = Long.getLong("ludo.seed", 9_020_260);

    @TempDir
    private Path dir;

    @Test
    void everybodyIsToldEverythingOnceAndInOrderOrWhatIsMissing() throws Exception {
        try (Leaks leaks = new Leaks(dir)) {
            play(1, 0, Side.BEHIND);
            long before = Leaks.openDescriptors();
            play(GAMES, FAULTS, Side.BEFORE, Side.BEHIND);
            assertThat(
                    "resumed behind the clients' backs", play(GAMES, FAULTS, Side.BEHIND), is(greaterThan(FAULTS / 6)));
            Leaks.waitUntil(() -> Leaks.openDescriptors() <= before);
            assertThat(Leaks.openDescriptors(), is(lessThanOrEqualTo(before)));
            Leaks.waitUntil(() -> leaks.threads().isEmpty());
            assertThat(leaks.threads(), is(empty()));
        }
    }

    /** Plays, and gives how often the API's side was made anew with nothing lost. */
    private int play(int games, int faults, Side... sides) throws Exception {
        try (FakeLudo fake = Tournament.fake(seed);
                FaultProxy behind = FaultProxy.to(fake.wsUri());
                LegWatch watch = LegWatch.start();
                TestRelay relay = new TestRelay(
                        config(fake, behind),
                        watch,
                        Tournament.IMPATIENT,
                        Duration.ofSeconds(1),
                        System::nanoTime,
                        RelayTournamentTest::sleep);
                FaultProxy before = FaultProxy.to(URI.create("http://127.0.0.1:" + relay.port()))) {
            List<Stretch> way = Stream.of(sides)
                    .map(side -> new Stretch(side == Side.BEFORE ? before : behind, List.of(Trouble.values())))
                    .toList();
            String uri = "ws://127.0.0.1:" + before.port() + "/ws/game/{code}";
            new Tournament(fake, uri, way, faults, seed).play(games, WITHIN);
            Leaks.waitUntil(() -> relay.sessions.open() == 0);
            assertThat(relay.sessions.open(), is(0));
            return Collections.frequency(relay.comebacks, Comeback.RESUMED);
        }
    }

    // An API that is tried again later is back less often before something else happens.
    private static void sleep(Duration howLong) throws InterruptedException {
        Thread.sleep(howLong.dividedBy(10));
    }

    private static SocketConfig config(FakeLudo fake, FaultProxy behind) {
        return SocketConfig.of(behind.through(fake.wsUri())).withMessageLimit(0).withLimits(1_000, 1_000);
    }
}
