package dev.ludo.server.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.client.realtime.Leaks;
import dev.ludo.client.realtime.Trouble;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.rules.BotPolicy;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.SocketConfig;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.FaultProxy;
import dev.ludo.testkit.journal.JournalEntry;
import dev.ludo.testkit.journal.JournalEntry.Kind;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Games of bots that many watch, while the way to the API is spoiled: everybody is told what happens, once and in order, or
 * where something is missing. The seed is {@code -Dludo.seed}, or printed on failure.
 */
@Timeout(300)
class WatchedGamesTest {
    private static final boolean SOAK = Boolean.getBoolean("ludo.soak");
    private static final int GAMES = SOAK ? 10 : 1;
    private static final int EACH = 30;
    private static final int STUCK = 20; // one in so many does not read
    private static final int FAULTS = SOAK ? 200 : 10;
    private static final int MESSAGES_PER_FAULT = 15;
    private static final Duration MOVE = Duration.ofMillis(SOAK ? 20 : 4);
    private static final List<Trouble> TROUBLES =
            List.of(Trouble.FINISH, Trouble.RESET, Trouble.FINISH_LATER, Trouble.RESET_LATER, Trouble.DELAY);

    private final long seed = Long.getLong("ludo.seed", 10_020_260);
    private final ReentrantLock lock = new ReentrantLock();
    private final SplittableRandom random = new SplittableRandom(seed);
    private volatile boolean spoiling;
    private int messages;
    private int faults;

    @TempDir
    private Path dir;

    @Test
    void everybodyIsToldEverythingOnceAndInOrderOrWhatIsMissing() throws Exception {
        try (Leaks leaks = new Leaks(dir)) {
            watch(1, 2, 0); // so that what is needed once is there
            long before = Leaks.openDescriptors();
            watch(GAMES, EACH, FAULTS);
            Leaks.waitUntil(() -> Leaks.openDescriptors() <= before);
            assertThat(Leaks.openDescriptors(), is(lessThanOrEqualTo(before)));
            Leaks.waitUntil(() -> leaks.threads().isEmpty());
            assertThat(leaks.threads(), is(empty()));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void watch(int games, int each, int wanted) throws Exception {
        try (FakeLudo fake = FakeLudo.builder()
                        .turnTime(Duration.ZERO)
                        .rateLimit(0)
                        .messageLimit(0)
                        .resumeWindow(10_000)
                        .journalSize(400_000)
                        .seed(seed)
                        .start();
                FaultProxy way = FaultProxy.to(fake.wsUri());
                LudoServer proxy = LudoServer.start(ProxyTest.config(fake)
                        .withSockets(SocketConfig.of(way.through(fake.wsUri())).withLimits(1_000, 1_000)))) {
            List<RoomCode> rooms = new ArrayList<>();
            List<List<Onlooker>> onlookers = new ArrayList<>();
            faults = 0;
            spoiling = false;
            for (int game = 0; game < games; game++) {
                RoomCode room = fake.openRoom(4, GameMode.QUICK).code();
                rooms.add(room);
                onlookers.add(onlookers(proxy.port(), room, each, () -> spoil(way, wanted)));
            }
            assertThat(way.accepted(), is(games));
            spoiling = true;
            for (RoomCode room : rooms) {
                fake.seatBots(room, 4, BotPolicy.GREEDY, MOVE);
            }
            for (RoomCode room : rooms) {
                fake.awaitRoom(room, now -> now.status() == RoomStatus.ENDED, Duration.ofSeconds(200));
            }
            way.heal();
            fake.advance(Duration.ofSeconds(60)); // which closes the rooms
            for (int game = 0; game < games; game++) {
                judge(fake, rooms.get(game), onlookers.get(game));
            }
            assertThat(faults, is(greaterThanOrEqualTo(wanted / 2))); // a way that is gone cannot be spoiled
            assertOneConnectionEach(fake, rooms);
            assertThat(onlookers.stream().mapToInt(List::size).sum(), is(games * each));
            Leaks.waitUntil(() -> proxy.openSockets() == 0);
            assertThat(proxy.openSockets(), is(0));
            way.awaitOpen(0, Duration.ofSeconds(20));
        }
    }

    /** Half of them have sockets. The first has a stream, so that the room is heard when the others come. */
    private List<Onlooker> onlookers(int port, RoomCode room, int count, Runnable spoil) throws Exception {
        List<Onlooker> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean stuck = i % STUCK == Math.floorMod(room.value().hashCode(), 2) + 2;
            Onlooker onlooker = i % 2 == 0
                    ? Onlooker.byStream(port, room.value(), stuck, seq -> spoil.run())
                    : Onlooker.bySocket(port, room.value(), stuck, seq -> spoil.run());
            all.add(onlooker);
            if (!stuck) {
                onlooker.begun().get(20, TimeUnit.SECONDS);
            }
        }
        return all;
    }

    /** Now and then does something to some connection to the API. */
    private void spoil(FaultProxy way, int wanted) {
        if (!spoiling) {
            return;
        }
        lock.lock();
        try {
            messages++;
            if (messages % MESSAGES_PER_FAULT == 0 && faults < wanted) {
                if (TROUBLES.get(random.nextInt(TROUBLES.size())).befall(way, random)) {
                    faults++;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static void judge(FakeLudo fake, RoomCode room, List<Onlooker> onlookers) throws Exception {
        List<JsonObject> log = fake.messages(room).stream()
                .filter(message -> message.at().isPresent())
                .map(MessageCodec::write)
                .map(text -> LudoJson.parseObject(text.getBytes(StandardCharsets.UTF_8), 1 << 20))
                .toList();
        assertThat(log.getLast().getString("type"), is("room:closed"));
        assertThat(log.size(), is(greaterThan(100)));
        for (Onlooker onlooker : onlookers) {
            onlooker.read();
            onlooker.over().get(60, TimeUnit.SECONDS);
            assertThat(told(onlooker, log), is((long) log.size()));
            onlooker.close();
        }
    }

    /** Holds what somebody was told against what happened; gives up to which broadcast it goes. */
    private static long told(Onlooker onlooker, List<JsonObject> log) {
        long last = -1;
        for (JsonObject message : onlooker.told()) {
            JsonObject data = message.getJsonObject("data");
            switch (message.getString("type")) {
                case "room:joined" -> {
                    assertThat("once, for nothing is lost", last, is(-1L));
                    last = data.getJsonNumber("seq").longValue();
                }
                case "proxy:reconnecting" -> {}
                case "proxy:resumed" -> assertThat(data.getBoolean("resumed"), is(true));
                default -> {
                    last++;
                    assertThat(message, is(log.get((int) last - 1)));
                }
            }
        }
        return last;
    }

    /** Each connection to the API but a room's first goes on where another was lost. */
    private static void assertOneConnectionEach(FakeLudo fake, List<RoomCode> rooms) {
        Map<Integer, JsonObject> entries = new TreeMap<>();
        for (JournalEntry entry : fake.journal().entries()) {
            if (entry.kind() == Kind.FRAME_IN
                    && entry.type().filter("room:watch"::equals).isPresent()) {
                entries.putIfAbsent(
                        entry.connection(), LudoJson.parseObject(entry.body().getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(fake.journal().lost(), is(0L));
        for (RoomCode room : rooms) {
            assertThat(
                    entries.values().stream()
                            .filter(entry -> entry.getString("roomCode").equals(room.value()))
                            .filter(entry -> !entry.containsKey("lastSeq"))
                            .toList(),
                    hasSize(1));
        }
    }
}
