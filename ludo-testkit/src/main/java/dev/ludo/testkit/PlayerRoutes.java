package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.json.Requests;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.PlayerId;
import java.time.Duration;
import java.util.OptionalLong;

/** Who plays, what they have played and who is best. */
final class PlayerRoutes {
    /** How long caches may go on showing a leaderboard. */
    private static final Duration LEADERBOARD_LIFE = Duration.ofSeconds(10);

    private final World world;

    PlayerRoutes(World world) {
        this.world = world;
    }

    void addTo(RouteTable routes) {
        routes.add("POST", "/v1/players", this::register)
                .add("GET", "/v1/players/me", this::me)
                .add("GET", "/v1/players/{playerId}", this::player)
                .add("GET", "/v1/players/{playerId}/games", this::games)
                .add("GET", "/v1/leaderboard", this::leaderboard);
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

    private Answer games(Call call, RouteTable.Params at) {
        PlayerId who = playerId(at);
        int limit = ApiRoutes.limit(call, 20);
        OptionalLong after = Cursor.in(call);
        ApiRoutes.caller(call, world);
        return Answer.page(world.ask(now -> {
            now.players.get(who);
            return now.history.page(who, after, limit);
        }));
    }

    private Answer leaderboard(Call call, RouteTable.Params at) {
        GameMode mode = ApiRoutes.word(call, "mode", GameMode.class).orElse(GameMode.RANKED);
        int limit = ApiRoutes.limit(call, 50);
        ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> now.players.leaderboard(mode, limit)))
                .cacheable(LEADERBOARD_LIFE, call.header("If-None-Match"));
    }

    private static PlayerId playerId(RouteTable.Params at) {
        try {
            return PlayerId.of(at.get("playerId"));
        } catch (IllegalArgumentException e) {
            throw ApiFailure.of(ErrorCode.PLAYER_NOT_FOUND, "there is no player with such an id");
        }
    }
}
