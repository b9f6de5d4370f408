package dev.ludo.testkit;

import dev.ludo.core.event.MoveResult;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.json.Requests;
import dev.ludo.core.model.AppliedMove;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.Page;
import java.util.List;

/** Games: how they stand, rolling and moving. */
final class GameRoutes {
    private final World world;

    GameRoutes(World world) {
        this.world = world;
    }

    void addTo(RouteTable routes) {
        routes.add("GET", "/v1/games/{gameId}/state", this::state)
                .add("GET", "/v1/games/{gameId}/moves", this::moves)
                .add("POST", "/v1/games/{gameId}/roll", this::roll)
                .add("POST", "/v1/games/{gameId}/move", this::move);
    }

    private Answer state(Call call, RouteTable.Params at) {
        ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> now.registry.ofGame(at.get("gameId")).state()));
    }

    private Answer moves(Call call, RouteTable.Params at) {
        int limit = ApiRoutes.limit(call, 20);
        long after = Cursor.in(call).orElse(0);
        ApiRoutes.caller(call, world);
        Page<AppliedMove> page = world.ask(now -> {
            List<AppliedMove> all = now.registry.ofGame(at.get("gameId")).game().moves();
            return Cursor.page(all.stream().filter(move -> move.seq() > after).iterator(), limit, AppliedMove::seq);
        });
        return Answer.page(page);
    }

    private Answer roll(Call call, RouteTable.Params at) {
        call.json();
        Caller caller = ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> {
            FakeRoom room = now.registry.ofGame(at.get("gameId"));
            return now.master.roll(room, now.gate.seated(room, caller));
        }));
    }

    private Answer move(Call call, RouteTable.Params at) {
        Move move = Requests.move(call.fields());
        Caller caller = ApiRoutes.caller(call, world);
        MoveResult result = world.ask(now -> {
            FakeRoom room = now.registry.ofGame(at.get("gameId"));
            return now.master.move(room, now.gate.seated(room, caller), move);
        });
        return Answer.okJson(MessageCodec.write(result));
    }
}
