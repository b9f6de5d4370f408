package dev.ludo.server.demo;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.rules.BotPolicy;
import dev.ludo.testkit.FakeLudo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Three games of bots that never stop: where one has ended, the next begins within two seconds. */
final class DemoGames implements AutoCloseable {
    private static final Duration PER_MOVE = Duration.ofMillis(700);

    /** Where one game after the other is played in one way. */
    private static final class Table {
        private final FakeLudo fake;
        private final NewRoom room;
        private final BotPolicy policy;
        private RoomCode code;

        Table(FakeLudo fake, NewRoom room, BotPolicy policy) {
            this.fake = fake;
            this.room = room;
            this.policy = policy;
            this.code = open(fake, room, policy);
        }

        private static RoomCode open(FakeLudo fake, NewRoom room, BotPolicy policy) {
            RoomCode code = fake.openRoom(room).code();
            return fake.seatBots(code, room.maxPlayers(), policy, PER_MOVE).code();
        }

        // The room's numbers grow by one with each broadcast, and the opening's come before anybody has rolled.
        void awaitMoves() throws InterruptedException {
            Room playing = fake.awaitRoom(code, r -> r.gameId().isPresent(), Duration.ofSeconds(10));
            GameId game = playing.gameId().orElseThrow();
            long opening = fake.game(game).orElseThrow().seq();
            while (fake.game(game).orElseThrow().seq() == opening) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        void replaceEnded() {
            RoomStatus status = fake.room(code).map(Room::status).orElse(RoomStatus.CLOSED);
            if (status == RoomStatus.ENDED || status == RoomStatus.CLOSED) {
                code = open(fake, room, policy);
            }
        }
    }

    private final List<Table> tables;
    private final Thread keeper;

    private DemoGames(FakeLudo fake) {
        this.tables = List.of(
                new Table(fake, new NewRoom(4, GameMode.CLASSIC), BotPolicy.GREEDY),
                new Table(fake, new NewRoom(3, GameMode.QUICK), BotPolicy.RANDOM),
                new Table(fake, new NewRoom(2, GameMode.RANKED), BotPolicy.CAREFUL));
        this.keeper = Thread.ofVirtual().name("ludo-demo-games").unstarted(this::keep);
    }

    /** Starts the games and returns once each has seen its first roll. */
    static DemoGames start(FakeLudo fake) throws InterruptedException {
        DemoGames games = new DemoGames(fake);
        for (Table table : games.tables) {
            table.awaitMoves();
        }
        games.keeper.start();
        return games;
    }

    private void keep() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(1);
                tables.forEach(Table::replaceEnded);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        keeper.interrupt();
    }
}
