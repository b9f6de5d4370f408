package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.json.Requests;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.PlayerId;

/** Who plays, what they have played and who is best. */
final class PlayerRoutes {
    private final World world;

    PlayerRoutes(World world) {
        this.world = world;
    }

    void addTo(RouteTable routes) {
        routes.add("POST", "/v1/players", this::register)
                .add("GET", "/v1/players/me", this::me)
                .add("GET", "/v1/players/{playerId}", this::player);
    }

    private Answer register(Call call, RouteTable.Params at) {
        NewPlayer wish = Requests.newPlayer(call.fields());
        ApiRoutes.caller(call, world);
        return Answer.created(world.ask(now -> now.players.register(wish)));
    }

    private Answer me(Call call, RouteTable.Params at) {
        Caller caller = ApiRoutes.caller(call, world);
        return Answer.ok(
                world.ask(now -> now.players.get(now.gate.player(caller)).player()));
    }

    private Answer player(Call call, RouteTable.Params at) {
        PlayerId who = playerId(at);
        ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> now.players.get(who).player()));
    }

    private static PlayerId playerId(RouteTable.Params at) {
        try {
            return PlayerId.of(at.get("playerId"));
        } catch (IllegalArgumentException e) {
            throw ApiFailure.of(ErrorCode.PLAYER_NOT_FOUND, "there is no player with such an id");
        }
    }
}
