package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.client.realtime.Tournament.Stretch;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tournament over a line that is cut, reset, stalled, half-opened, delayed and truncated at random. The seed is
 * {@code -Dludo.seed}, or printed on failure.
 */
@Timeout(300)
class TournamentTest {
    private static final boolean SOAK = Boolean.getBoolean("ludo.soak");
    private static final int GAMES = SOAK ? 50 : 5;
    private static final int FAULTS = SOAK ? 1_000 : 100;
    private static final Duration WITHIN = Duration.ofSeconds(SOAK ? 200 : 90);

    private final long seed = Long.getLong("ludo.seed", 20_260);

    @TempDir
    private Path dir = Path.of("");

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
                FaultProxy line = FaultProxy.to(fake.wsUri())) {
            Stretch all = new Stretch(line, List.of(Trouble.values()));
            new Tournament(fake, line.through(fake.wsUri()).toString(), List.of(all), faults, seed).play(games, WITHIN);
        }
    }
}
