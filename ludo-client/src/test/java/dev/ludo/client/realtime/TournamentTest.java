package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.client.realtime.RoomNotice.Diverged;
import dev.ludo.client.realtime.RoomNotice.Received;
import dev.ludo.core.error.CommandException;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.rules.BotPolicy;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.SeatedPlayer;
import dev.ludo.testkit.fault.FaultConnection;
import dev.ludo.testkit.fault.FaultProxy;
import dev.ludo.testkit.fault.LineFault;
import dev.ludo.testkit.fault.LineFault.Toward;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Games between bots over a line that is cut, reset, stalled, half-opened, delayed and truncated at random: everybody is told
 * all that happened, once and in order, or what is missing. The seed is {@code -Dludo.seed}, or printed on failure.
 */
@Timeout(300)
class TournamentTest {
    private static final boolean SOAK = Boolean.getBoolean("ludo.soak");
    private static final int GAMES = SOAK ? 50 : 5;
    private static final int FAULTS = SOAK ? 1_000 : 100;
    /** A fault for so many messages told, so that the games outlast the faults. */
    private static final int MESSAGES_PER_FAULT = 15;

    private static final LegLimits IMPATIENT = new LegLimits(
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            64 * 1024,
            256,
            1 << 20);

    private final long seed = Long.getLong("ludo.seed", 20_260);
    private final ReentrantLock lock = new ReentrantLock();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile boolean spoiling;

    @TempDir
    private Path dir = Path.of("");

    /** A game, who plays it, and what its room has told. */
    private record Match(RoomCode room, GameId game, RoomLogReader reader, List<TournamentPlayer> players) {}

    @Test
    void everybodyIsToldEverythingOnceAndInOrderOrWhatIsMissing() throws Exception {
        try (Leaks leaks = new Leaks(dir)) {
            play(1, 0);
            long before = Leaks.openDescriptors();
            spoiling = false;
            messages.set(0);
            play(GAMES, FAULTS);
            Leaks.waitUntil(() -> Leaks.openDescriptors() <= before);
            assertThat(Leaks.openDescriptors(), is(lessThanOrEqualTo(before)));
            Leaks.waitUntil(() -> leaks.threads().isEmpty());
            assertThat(leaks.threads(), is(empty()));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void play(int games, int wanted) throws Exception {
        try (FakeLudo fake = FakeLudo.builder()
                        .turnTime(Duration.ZERO)
                        .rateLimit(0)
                        .resumeWindow(40)
                        .seed(seed)
                        .start();
                FaultProxy line = FaultProxy.to(fake.wsUri());
                HttpClient http = HttpClient.newHttpClient();
                RoomSockets sockets = sockets(fake, line)) {
            List<Match> matches = new ArrayList<>();
            for (int i = 0; i < games; i++) {
                matches.add(match(fake, http, sockets, () -> spoil(line, wanted)));
            }
            for (Match match : matches) {
                for (TournamentPlayer player : match.players()) {
                    player.connection.open();
                }
            }
            spoiling = true;
            for (Match match : matches) {
                for (TournamentPlayer player : match.players()) {
                    assertThat(
                            "a player is stuck: " + fake.game(match.game()),
                            player.ended.await(SOAK ? 200 : 90, TimeUnit.SECONDS),
                            is(true));
                }
            }
            assertThat(faults.get(), is(greaterThanOrEqualTo(wanted)));
            line.heal();
            for (Match match : matches) {
                judge(fake, match);
            }
            line.awaitOpen(0, Duration.ofSeconds(20));
        }
    }

    private RoomSockets sockets(FakeLudo fake, FaultProxy line) {
        return RoomSockets.builder()
                .uri(line.through(fake.wsUri()).toString())
                .apiKey(fake::apiKey)
                .handshakeTimeout(Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(1))
                .limits(IMPATIENT)
                .reconnects(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(100), 0).unlimited())
                .build();
    }

    private Match match(FakeLudo fake, HttpClient http, RoomSockets sockets, Runnable onMessage) throws Exception {
        RoomCode room = fake.openRoom(4, GameMode.QUICK).code();
        RoomLogReader reader = RoomLogReader.of(fake, http, room);
        List<SeatedPlayer> seats = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seats.add(fake.seat(room, "Player " + i));
        }
        GameId game = fake.room(room).orElseThrow().gameId().orElseThrow();
        List<TournamentPlayer> players = seats.stream()
                .map(seat ->
                        new TournamentPlayer(sockets, room, seat, BotPolicy.GREEDY.bot(new Random(seed)), onMessage))
                .toList();
        return new Match(room, game, reader, players);
    }

    /** Now and then does something to some connection. */
    private void spoil(FaultProxy line, int wanted) {
        if (!spoiling || messages.incrementAndGet() % MESSAGES_PER_FAULT != 0 || faults.get() >= wanted) {
            return;
        }
        lock.lock();
        try {
            List<FaultConnection> open = line.connections();
            if (!open.isEmpty()) {
                FaultConnection victim = open.get(random.nextInt(open.size()));
                faults.incrementAndGet();
                switch (random.nextInt(8)) {
                    case 0 -> victim.finish();
                    case 1 -> victim.reset();
                    case 2 -> victim.add(LineFault.stallAfter(random.nextInt(500)));
                    case 3 -> victim.add(LineFault.blackHole(random.nextBoolean() ? Toward.CLIENT : Toward.SERVER));
                    case 4 -> victim.add(LineFault.delay(Duration.ofMillis(1 + random.nextInt(20))));
                    case 5 -> victim.add(LineFault.resetAfter(random.nextInt(2_000)));
                    case 6 -> victim.add(LineFault.finishAfter(random.nextInt(2_000)));
                    default -> line.resetAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static void judge(FakeLudo fake, Match match) {
        GameState truth = fake.game(match.game()).orElseThrow();
        for (TournamentPlayer player : match.players()) {
            assertThat(latest(player).ranking(), is(truth.ranking()));
            assertThat(latest(player).players(), is(truth.players()));
            assertThat(player.connection.game().orElseThrow().ranking(), is(truth.ranking()));
            player.close();
        }
        Leaks.waitUntil(() -> match.reader().log().size()
                >= fake.messages(match.room()).getLast().at().orElseThrow().seq());
        List<RoomMessage> log = match.reader().log();
        long end = log.stream()
                .filter(message -> message.event() instanceof GameEnded)
                .findFirst()
                .flatMap(RoomMessage::at)
                .orElseThrow()
                .seq();
        for (TournamentPlayer player : match.players()) {
            assertThat(judge(player.told, log), is(greaterThanOrEqualTo(end)));
        }
        match.reader().close();
    }

    private static GameState latest(TournamentPlayer player) {
        while (true) {
            try {
                return player.connection.sync();
            } catch (CommandException e) {
                Thread.onSpinWait(); // it is coming back
            }
        }
    }

    /** Holds what was told against what was sent; gives up to which broadcast it goes. */
    private static long judge(List<RoomNotice> told, List<RoomMessage> log) {
        long last = -1;
        for (RoomNotice notice : told) {
            switch (notice) {
                case Received(RoomMessage message)
                when message.event() instanceof RoomJoined joined -> {
                    assertThat(last, is(-1L));
                    last = joined.seq();
                }
                case Received(RoomMessage message) -> {
                    if (message.at().isPresent()) {
                        last++;
                        assertThat(message, is(log.get((int) last - 1)));
                    }
                }
                case Resynced(Optional<Sequence> from, Optional<Sequence> to, var state, var room) -> {
                    assertThat(from.orElseThrow().seq(), is(last));
                    last = to.orElseThrow().seq();
                    assertThat(state.orElseThrow().seq(), is(last));
                }
                case Diverged diverged -> throw new AssertionError(diverged.toString());
                default -> {}
            }
        }
        return last;
    }
}
