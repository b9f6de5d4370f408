package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

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
import dev.ludo.testkit.fault.FaultProxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Games between bots, each at a socket of its own, on a way to the fake that something happens to all the time: everybody
 * must be told all that happened, once and in order, or what is missing, and all must end with the same state.
 */
public final class Tournament {
    /** A fault for so many messages told, so that the games outlast the faults. */
    private static final int MESSAGES_PER_FAULT = 15;

    /** Limits by which silence is found while games are played. */
    public static final LegLimits IMPATIENT = new LegLimits(
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            64 * 1024,
            256,
            1 << 20);

    /**
     * A part of the way, and what happens there.
     *
     * @param line where it happens
     * @param troubles what may happen
     */
    public record Stretch(FaultProxy line, List<Trouble> troubles) {}

    private final FakeLudo fake;
    private final String uri;
    private final List<Stretch> way;
    private final int wanted;
    private final long seed;
    private final ReentrantLock lock = new ReentrantLock();
    private final SplittableRandom random;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile boolean spoiling;

    /** A game, who plays it, and what its room has told. */
    private record Match(RoomCode room, GameId game, RoomLogReader reader, List<TournamentPlayer> players) {}

    /**
     * Prepares a tournament.
     *
     * @param fake where it is played
     * @param uri the players' socket
     * @param way the parts of the way from there to the fake
     * @param faults how many faults there are to be
     * @param seed decides on everything but the order in which threads run
     */
    public Tournament(FakeLudo fake, String uri, List<Stretch> way, int faults, long seed) {
        this.fake = fake;
        this.uri = uri;
        this.way = List.copyOf(way);
        this.wanted = faults;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** A fake of the kind that such games need. */
    public static FakeLudo fake(long seed) {
        return FakeLudo.builder()
                .turnTime(Duration.ZERO)
                .rateLimit(0)
                .resumeWindow(40)
                .seed(seed)
                .start();
    }

    /**
     * Plays so many games at a time to their ends.
     *
     * @param games how many
     * @param within how long all of them may take
     * @throws AssertionError if anybody was told something else than what happened
     */
    public void play(int games, Duration within) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                RoomSockets sockets = sockets()) {
            List<Match> matches = new ArrayList<>();
            try {
                play(http, sockets, matches, games, within);
            } finally {
                matches.forEach(
                        match -> match.reader().close()); // or the client would wait for them, and nobody hear why
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void play(HttpClient http, RoomSockets sockets, List<Match> matches, int games, Duration within)
            throws Exception {
        for (int i = 0; i < games; i++) {
            matches.add(match(http, sockets));
        }
        for (Match match : matches) {
            for (TournamentPlayer player : match.players()) {
                player.connection.open();
            }
        }
        spoiling = true;
        long due = System.nanoTime() + within.toNanos();
        for (Match match : matches) {
            for (TournamentPlayer player : match.players()) {
                assertThat(
                        "a player is stuck, " + player + ": " + fake.game(match.game()),
                        player.ended.await(due - System.nanoTime(), TimeUnit.NANOSECONDS),
                        is(true));
            }
        }
        assertThat(faults.get(), is(greaterThanOrEqualTo(wanted)));
        way.forEach(stretch -> stretch.line().heal());
        matches.forEach(this::judge);
        for (Stretch stretch : way) {
            stretch.line().awaitOpen(0, Duration.ofSeconds(20));
        }
    }

    private RoomSockets sockets() {
        return RoomSockets.builder()
                .uri(uri)
                .apiKey(fake::apiKey)
                .handshakeTimeout(Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(1))
                .limits(IMPATIENT)
                .reconnects(new ReconnectPolicy(Duration.ofMillis(10), Duration.ofMillis(100), 0).unlimited())
                .build();
    }

    private Match match(HttpClient http, RoomSockets sockets) throws Exception {
        RoomCode room = fake.openRoom(4, GameMode.QUICK).code();
        RoomLogReader reader = RoomLogReader.of(fake, http, room);
        List<SeatedPlayer> seats = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seats.add(fake.seat(room, "Player " + i));
        }
        GameId game = fake.room(room).orElseThrow().gameId().orElseThrow();
        List<TournamentPlayer> players = seats.stream()
                .map(seat ->
                        new TournamentPlayer(sockets, room, seat, BotPolicy.GREEDY.bot(new Random(seed)), this::spoil))
                .toList();
        return new Match(room, game, reader, players);
    }

    /** Now and then does something to some connection. */
    private void spoil() {
        if (!spoiling || messages.incrementAndGet() % MESSAGES_PER_FAULT != 0 || faults.get() >= wanted) {
            return;
        }
        lock.lock();
        try {
            Stretch stretch = way.get(random.nextInt(way.size()));
            Trouble trouble =
                    stretch.troubles().get(random.nextInt(stretch.troubles().size()));
            if (trouble.befall(stretch.line(), random)) {
                faults.incrementAndGet();
            }
        } finally {
            lock.unlock();
        }
    }

    private void judge(Match match) {
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
