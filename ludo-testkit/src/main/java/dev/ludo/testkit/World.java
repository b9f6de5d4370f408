package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.core.rules.BotPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Everything that the fake knows, behind one lock. Each method is one step that nobody sees half done; what comes out is
 * immutable. The lock is never held over input or output.
 */
final class World {
    static final String SESSION_HEADER = "X-Session-Token";
    static final String PLAYER_HEADER = "X-Player-Token";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Supplier<Realm> realms;
    private Realm realm;

    /**
     * An empty world.
     *
     * @param epochs gives each history a name that no other has
     */
    World(long seed, Duration turnTime, VirtualClock clock, Timers timers, Supplier<String> epochs) {
        this.realms = () -> new Realm(
                seed,
                epochs.get(),
                turnTime,
                clock,
                new Agenda(
                        timers,
                        task -> locked(() -> {
                            task.run();
                            return true;
                        })));
        this.realm = realms.get();
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Forgets everything and all that was planned, and closes all sockets. */
    void reset() {
        locked(() -> {
            realm.agenda.end();
            realm.visits.end("the fake was reset");
            realm = realms.get();
            return true;
        });
    }

    /** Closes all sockets, and at once those that still come. */
    void end() {
        locked(() -> {
            realm.visits.end("the fake is closing");
            return true;
        });
    }

    /** A socket has come, which has to join a room now. */
    Visitor arrive(Outbox outbox) {
        return locked(() -> realm.visits.arrive(outbox));
    }

    /** Does what a socket says; what comes of it is on its way when this returns. */
    void obey(Visitor visitor, RoomCommand command) {
        locked(() -> {
            realm.visits.obey(visitor, command);
            return true;
        });
    }

    /** A socket has gone. */
    void gone(Visitor visitor) {
        locked(() -> {
            realm.visits.gone(visitor);
            return true;
        });
    }

    /** Checks the tokens of a call: one that is there must be good, whatever the call is. */
    Caller identify(Optional<String> session, Optional<String> seat) {
        return locked(() -> new Caller(
                session.map(text -> secret(text)
                        .flatMap(realm.players::bySession)
                        .orElseThrow(() -> forbidden(SESSION_HEADER, "is not valid, or no longer"))),
                seat.map(text -> secret(text)
                        .filter(token -> realm.registry.holder(token).isPresent())
                        .orElseThrow(() -> forbidden(PLAYER_HEADER, "is not valid, or no longer")))));
    }

    private static Optional<Secret> secret(String text) {
        try {
            return Optional.of(Secret.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what no token can look like is no token
        }
    }

    private static ApiFailure forbidden(String header, String why) {
        return ApiFailure.of(ErrorCode.FORBIDDEN, header + ' ' + why, header, why);
    }

    Registration register(NewPlayer wish) {
        return locked(() -> realm.players.register(wish));
    }

    Player player(PlayerId id) {
        return locked(() -> realm.players.get(id).player());
    }

    Player me(Caller caller) {
        return player(caller.session().orElseThrow(() -> forbidden(SESSION_HEADER, "is needed to say who you are")));
    }

    /** The rooms in a status, or all that are not closed, in the order in which they were opened. */
    List<Room> rooms(Optional<RoomStatus> status) {
        return locked(() -> realm.registry.all().stream()
                .filter(room -> status.map(room.status()::equals).orElse(room.status() != RoomStatus.CLOSED))
                .map(FakeRoom::room)
                .toList());
    }

    /** All rooms that can be read, closed ones too. */
    List<Room> allRooms() {
        return locked(() -> realm.registry.all().stream().map(FakeRoom::room).toList());
    }

    Optional<Room> findRoom(RoomCode code) {
        return locked(() -> realm.registry.find(code).map(FakeRoom::room));
    }

    Optional<GameState> findGame(String gameId) {
        return locked(() -> realm.registry.findOfGame(gameId).map(FakeRoom::state));
    }

    /** What a room has told everybody, as far as it is kept. */
    List<RoomMessage> messages(RoomCode code) {
        return locked(() -> realm.registry.room(code).log().after(0));
    }

    Room room(RoomCode code) {
        return locked(() -> realm.registry.room(code).room());
    }

    Room open(NewRoom wish) {
        return locked(() -> realm.lobby.open(wish).room());
    }

    Joined join(RoomCode code, PlayerId who, Caller caller) {
        return locked(() -> {
            FakeRoom room = realm.registry.room(code);
            if (caller.session().filter(session -> !session.equals(who)).isPresent()) {
                throw forbidden(SESSION_HEADER, "is another player's");
            }
            return realm.lobby.join(room, who);
        });
    }

    Room leave(RoomCode code, Caller caller) {
        return locked(() -> {
            FakeRoom room = realm.registry.room(code);
            PlayerId who = seated(room, caller)
                    .orElseThrow(() -> forbidden(PLAYER_HEADER, "is needed to say whose seat it is"));
            realm.lobby.leave(room, who);
            return room.room();
        });
    }

    Room start(RoomCode code) {
        return locked(() -> {
            FakeRoom room = realm.registry.room(code);
            realm.lobby.start(room);
            return room.room();
        });
    }

    Room seatBots(RoomCode code, int count, BotPolicy policy, Duration delay) {
        return locked(() -> {
            FakeRoom room = realm.registry.room(code);
            realm.lobby.seatBots(room, count, policy, delay);
            return room.room();
        });
    }

    GameState state(String gameId) {
        return locked(() -> realm.registry.ofGame(gameId).state());
    }

    RollResult roll(String gameId, Caller caller) {
        return locked(() -> {
            FakeRoom room = realm.registry.ofGame(gameId);
            return realm.master.roll(room, seated(room, caller));
        });
    }

    MoveResult move(String gameId, Move move, Caller caller) {
        return locked(() -> {
            FakeRoom room = realm.registry.ofGame(gameId);
            return realm.master.move(room, seated(room, caller), move);
        });
    }

    /** Whose seat the call's player token stands for, if it has one; it must be one in this room. */
    private Optional<PlayerId> seated(FakeRoom room, Caller caller) {
        return caller.seat()
                .map(token -> realm.registry
                        .holder(token)
                        .filter(holder -> holder.room() == room)
                        .orElseThrow(() -> forbidden(PLAYER_HEADER, "is no seat's in this room"))
                        .playerId());
    }

    /** Queues dice for a game, or for whichever rolls next; says how many wait now. Empty if there is no such game. */
    Optional<Integer> rollNext(Optional<String> gameId, List<Integer> values) {
        return locked(() -> gameId.isEmpty()
                ? Optional.of(realm.dice.queue(values))
                : realm.registry
                        .findOfGame(gameId.get())
                        .map(room -> room.game().dice().queue(values)));
    }

    void reseed(long seed) {
        locked(() -> {
            realm.dice.reseed(seed);
            return true;
        });
    }

    /** Everything at one moment. */
    WorldView view() {
        return locked(() -> WorldView.of(realm));
    }

    /** Waits, in real time, until a room is as it should be, or time is up; gives the room as it is then, if there is one. */
    Optional<Room> await(RoomCode code, Predicate<Room> until, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Room> room = realm.registry.find(code).map(FakeRoom::room);
                if (left <= 0 || room.isEmpty() || until.test(room.get())) {
                    return room;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
