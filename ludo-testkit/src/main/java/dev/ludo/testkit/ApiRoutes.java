package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.json.Requests;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Word;
import java.util.List;
import java.util.Optional;

/** The calls of players, rooms and games: from HTTP to the world and back. */
final class ApiRoutes {
    private final World world;

    ApiRoutes(World world) {
        this.world = world;
    }

    void addTo(RouteTable routes) {
        routes.add("POST", "/v1/players", this::register)
                .add("GET", "/v1/players/me", (call, at) -> Answer.ok(world.me(caller(call))))
                .add("GET", "/v1/players/{playerId}", this::player)
                .add("GET", "/v1/rooms", this::rooms)
                .add("POST", "/v1/rooms", this::open)
                .add("GET", "/v1/rooms/{code}", this::room)
                .add("POST", "/v1/rooms/{code}/join", this::join)
                .add("POST", "/v1/rooms/{code}/leave", this::leave)
                .add("POST", "/v1/rooms/{code}/start", this::start)
                .add("GET", "/v1/games/{gameId}/state", this::state)
                .add("POST", "/v1/games/{gameId}/roll", this::roll)
                .add("POST", "/v1/games/{gameId}/move", this::move);
    }

    private Caller caller(Call call) {
        return world.identify(call.header(World.SESSION_HEADER), call.header(World.PLAYER_HEADER));
    }

    private Answer register(Call call, RouteTable.Params at) {
        NewPlayer wish = Requests.newPlayer(call.fields());
        caller(call);
        return Answer.created(world.register(wish));
    }

    private Answer player(Call call, RouteTable.Params at) {
        caller(call);
        return Answer.ok(world.player(playerId(at)));
    }

    private static PlayerId playerId(RouteTable.Params at) {
        try {
            return PlayerId.of(at.get("playerId"));
        } catch (IllegalArgumentException e) {
            throw ApiFailure.of(ErrorCode.PLAYER_NOT_FOUND, "there is no player with such an id");
        }
    }

    private Answer rooms(Call call, RouteTable.Params at) {
        Optional<RoomStatus> status = call.query("status").map(word -> Word.of(RoomStatus.class, word));
        if (status.filter(RoomStatus.UNKNOWN::equals).isPresent()) {
            throw invalid("status", "must be one of waiting, playing, ended, closed");
        }
        caller(call);
        return Answer.ok(world.rooms(status));
    }

    private Answer open(Call call, RouteTable.Params at) {
        NewRoom wish = Requests.newRoom(call.fields());
        caller(call);
        return Answer.created(world.open(wish));
    }

    private Answer room(Call call, RouteTable.Params at) {
        RoomCode code = code(at);
        caller(call);
        return Answer.ok(world.room(code));
    }

    private Answer join(Call call, RouteTable.Params at) {
        RoomCode code = code(at);
        PlayerId who = Requests.join(call.fields());
        return Answer.ok(world.join(code, who, caller(call)));
    }

    private Answer leave(Call call, RouteTable.Params at) {
        RoomCode code = code(at);
        call.json();
        return Answer.ok(world.leave(code, caller(call)));
    }

    private Answer start(Call call, RouteTable.Params at) {
        RoomCode code = code(at);
        call.json();
        caller(call);
        return Answer.ok(world.start(code));
    }

    private Answer state(Call call, RouteTable.Params at) {
        caller(call);
        return Answer.ok(world.state(at.get("gameId")));
    }

    private Answer roll(Call call, RouteTable.Params at) {
        call.json();
        return Answer.ok(world.roll(at.get("gameId"), caller(call)));
    }

    private Answer move(Call call, RouteTable.Params at) {
        Move move = Requests.move(call.fields());
        return Answer.okJson(MessageCodec.write(world.move(at.get("gameId"), move, caller(call))));
    }

    /** The room code in the path. */
    static RoomCode code(RouteTable.Params at) {
        String text = at.get("code");
        if (!RoomCode.isValid(text)) {
            throw invalid("code", "must be 4 to 12 letters and digits");
        }
        return RoomCode.of(text);
    }

    static InvalidRequestException invalid(String field, String why) {
        return new InvalidRequestException(List.of(new FieldError(field, why)));
    }
}
