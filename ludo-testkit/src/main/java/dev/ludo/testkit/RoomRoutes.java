package dev.ludo.testkit;

import dev.ludo.core.json.Requests;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import java.util.Optional;

/** Rooms: finding, opening, joining, leaving and starting them. */
final class RoomRoutes {
    private final World world;

    RoomRoutes(World world) {
        this.world = world;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", "/v1/rooms", this::rooms)
                .add("POST", "/v1/rooms", this::open)
                .add("GET", "/v1/rooms/{code}", this::room)
                .add("POST", "/v1/rooms/{code}/join", this::join)
                .add("POST", "/v1/rooms/{code}/leave", this::leave)
                .add("POST", "/v1/rooms/{code}/start", this::start);
    }

    private Answer rooms(Call call, RouteTable.Params at) {
        Optional<RoomStatus> status = ApiRoutes.word(call, "status", RoomStatus.class);
        ApiRoutes.caller(call, world);
        return Answer.okJson(world.ask(
                now -> now.registry.json(room -> status.map(room::equals).orElse(room != RoomStatus.CLOSED))));
    }

    private Answer open(Call call, RouteTable.Params at) {
        NewRoom wish = Requests.newRoom(call.fields());
        ApiRoutes.caller(call, world);
        return Answer.created(world.ask(now -> now.lobby.open(wish).room()));
    }

    private Answer room(Call call, RouteTable.Params at) {
        RoomCode code = ApiRoutes.code(at);
        ApiRoutes.caller(call, world);
        return Answer.okJson(world.ask(now -> now.registry.room(code).json()));
    }

    private Answer join(Call call, RouteTable.Params at) {
        RoomCode code = ApiRoutes.code(at);
        PlayerId who = Requests.join(call.fields());
        Caller caller = ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> {
            FakeRoom room = now.registry.room(code);
            now.gate.requireNobodyElse(caller, who);
            return now.lobby.join(room, who);
        }));
    }

    private Answer leave(Call call, RouteTable.Params at) {
        RoomCode code = ApiRoutes.code(at);
        call.json();
        Caller caller = ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> {
            FakeRoom room = now.registry.room(code);
            now.lobby.leave(room, now.gate.requireSeated(room, caller));
            return room.room();
        }));
    }

    private Answer start(Call call, RouteTable.Params at) {
        RoomCode code = ApiRoutes.code(at);
        call.json();
        ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> {
            FakeRoom room = now.registry.room(code);
            now.lobby.start(room);
            return room.room();
        }));
    }
}
