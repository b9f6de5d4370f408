package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.RoomEvent.PlayerJoined;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.core.rules.BotPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Opens rooms, seats players and bots, lets them leave, starts games. Guarded by the world's lock. */
final class Lobby {
    private final Registry registry;
    private final Players players;
    private final RoomLife life;
    private final GameMaster master;
    private final Agenda agenda;
    private final SplittableRandom chance;

    Lobby(
            Registry registry,
            Players players,
            RoomLife life,
            GameMaster master,
            Agenda agenda,
            SplittableRandom chance) {
        this.registry = registry;
        this.players = players;
        this.life = life;
        this.master = master;
        this.agenda = agenda;
        this.chance = chance;
    }

    FakeRoom open(NewRoom wish) {
        FakeRoom room = registry.open(wish, agenda);
        life.opened(room);
        return room;
    }

    /** Gives a player a seat, or a fresh token for the one they have. The last seat starts the game. */
    Joined join(FakeRoom room, PlayerId who) {
        Players.Entry player = players.get(who);
        if (players.isBot(who)) {
            throw ApiFailure.of(ErrorCode.FORBIDDEN, who + " is a bot and plays by itself");
        }
        boolean open = room.status() == RoomStatus.WAITING || room.status() == RoomStatus.PLAYING;
        Optional<Seat> own = room.seat(who).filter(seat -> open);
        if (own.isPresent()) {
            return new Joined(registry.issueToken(room, own.get()), who, room.room());
        }
        room.requireWaiting();
        Seat seat = Seat.of(player);
        Secret token = registry.issueToken(room, seat);
        seated(room, seat);
        return new Joined(token, who, room.room());
    }

    private void seated(FakeRoom room, Seat seat) {
        room.log()
                .append(new PlayerJoined(
                        seat.playerId(), seat.playerName(), room.seats().size()));
        life.joined(room, seat.playerId());
        if (room.freeSeats() == 0) {
            master.start(room);
        }
    }

    void seatBots(FakeRoom room, int count, BotPolicy policy, Duration delay) {
        room.requireWaiting();
        if (count > room.freeSeats()) {
            throw ApiFailure.of(
                    ErrorCode.ROOM_FULL,
                    "room " + room.code() + " has " + room.freeSeats() + " free seats, not " + count,
                    "count",
                    "must be at most " + room.freeSeats() + " here");
        }
        String kind = policy.name().charAt(0) + policy.name().substring(1).toLowerCase(Locale.ROOT);
        for (int i = 0; i < count; i++) {
            Players.Entry player = players.addBot(kind + " bot " + (room.seats().size() + 1));
            Seat seat = Seat.of(player).withBot(new BotDriver.BotStyle(policy.bot(chance.split()), delay));
            room.put(seat);
            seated(room, seat);
        }
    }

    void start(FakeRoom room) {
        room.requireWaiting();
        if (room.seats().size() < 2) {
            throw ApiFailure.of(
                    ErrorCode.NOT_ENOUGH_PLAYERS,
                    "a game needs two players, room " + room.code() + " has "
                            + room.seats().size());
        }
        master.start(room);
    }

    void leave(FakeRoom room, PlayerId who) {
        if (room.status() == RoomStatus.CLOSED) {
            throw ApiFailure.of(ErrorCode.ROOM_CLOSED, "room " + room.code() + " is closed");
        }
        PlayerLeft left = master.unseat(room, who);
        if (room.status() == RoomStatus.PLAYING) {
            master.leave(room, left);
        } else {
            room.log().append(left);
        }
        life.left(room);
    }
}
