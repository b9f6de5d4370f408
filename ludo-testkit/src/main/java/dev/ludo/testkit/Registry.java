package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds rooms by code, by game and by player token. Guarded by the world's lock. */
final class Registry {
    /** A seat that a token stands for. */
    record Holder(FakeRoom room, PlayerId playerId) {}

    private final Map<RoomCode, FakeRoom> rooms = new LinkedHashMap<>();
    private final Map<String, FakeRoom> byGame = new HashMap<>();
    private final Map<Secret, Holder> byToken = new HashMap<>();
    private final Ids ids;
    private final String epoch;
    private final FakeLimits limits;
    private final Dialect dialect;
    private final InstantSource clock;

    Registry(Ids ids, String epoch, FakeSetup setup) {
        this.ids = ids;
        this.epoch = epoch;
        this.limits = setup.limits();
        this.dialect = Dialect.of(setup);
        this.clock = setup.clock();
    }

    FakeRoom open(NewRoom wish, Agenda agenda) {
        makeRoom();
        RoomCode code = ids.room();
        while (rooms.containsKey(code)) {
            code = ids.room();
        }
        FakeRoom room = new FakeRoom(
                code, wish, clock.instant(), new RoomLog(epoch, limits.resumeWindow(), dialect, clock), agenda);
        rooms.put(code, room);
        return room;
    }

    /** Past the bound, the room that was closed first of those that are still kept makes room for the new one. */
    private void makeRoom() {
        if (rooms.size() < limits.rooms()) {
            return;
        }
        FakeRoom oldest = rooms.values().stream()
                .filter(room -> room.status() == RoomStatus.CLOSED)
                .findFirst()
                .orElseThrow(() -> ApiFailure.of(
                        ErrorCode.UNAVAILABLE, "there are " + limits.rooms() + " rooms, and this fake takes no more"));
        oldest.life.hurry();
    }

    FakeRoom room(RoomCode code) {
        return find(code).orElseThrow(() -> ApiFailure.of(ErrorCode.ROOM_NOT_FOUND, "there is no room " + code));
    }

    Optional<FakeRoom> find(RoomCode code) {
        return Optional.ofNullable(rooms.get(code));
    }

    /** All rooms, closed ones too, in the order in which they were opened. */
    List<Room> rooms() {
        return rooms.values().stream().map(FakeRoom::room).toList();
    }

    /** The rooms that are in some statuses, as JSON, in the order in which they were opened. */
    String json(Predicate<RoomStatus> wanted) {
        StringBuilder out = new StringBuilder("[");
        for (FakeRoom room : rooms.values()) {
            if (wanted.test(room.status())) {
                out.append(out.length() > 1 ? "," : "").append(room.json());
            }
        }
        return out.append(']').toString();
    }

    List<FakeRoom> all() {
        return List.copyOf(rooms.values());
    }

    GameId freshGameId() {
        GameId id = ids.game();
        while (byGame.containsKey(id.value())) {
            id = ids.game();
        }
        return id;
    }

    void addGame(FakeRoom room) {
        byGame.put(room.game().id().value(), room);
    }

    FakeRoom ofGame(String gameId) {
        return findOfGame(gameId)
                .orElseThrow(() -> ApiFailure.of(ErrorCode.GAME_NOT_FOUND, "there is no game " + gameId));
    }

    Optional<FakeRoom> findOfGame(String gameId) {
        return Optional.ofNullable(byGame.get(gameId));
    }

    /** Gives a seat a fresh token; the one before is worth nothing from now on. */
    Secret issueToken(FakeRoom room, Seat seat) {
        Secret token = ids.playerToken();
        while (byToken.containsKey(token)) {
            token = ids.playerToken();
        }
        seat.token().ifPresent(byToken::remove);
        byToken.put(token, new Holder(room, seat.playerId()));
        room.put(seat.withToken(token));
        return token;
    }

    Optional<Holder> holder(Secret token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /** Takes a player's seat away, and what their token was worth. */
    void unseat(FakeRoom room, Seat seat) {
        seat.token().ifPresent(byToken::remove);
        room.remove(seat.playerId());
    }

    void forget(FakeRoom room) {
        room.seats().forEach(seat -> unseat(room, seat));
        rooms.remove(room.code());
        room.anyGame().ifPresent(game -> byGame.remove(game.id().value()));
    }
}
