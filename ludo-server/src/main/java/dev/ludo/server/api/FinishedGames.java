package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.api.Route.Access;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.WhoActs.Demand;
import dev.ludo.server.worker.Archive;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** The archive of finished games, which a worker fills. */
final class FinishedGames {
    private static final Logger LOG = System.getLogger(FinishedGames.class.getName());

    private interface Search<T> {
        T in(Archive archive) throws IOException;
    }

    private final Optional<Archive> archive;
    private final RateLimits limits;

    FinishedGames(Optional<Archive> archive, RateLimits limits) {
        this.archive = archive;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/games/{gameId}", Demand.NONE, Access.GUARDED, this::game),
                new Route("GET", "/rooms/{code}/games", Demand.NONE, Access.GUARDED, this::ofRoom));
    }

    private Reply game(Exchange exchange) {
        GameId gameId = exchange.pathValue("gameId", GameId::of);
        return search(exchange, ErrorCode.GAME_NOT_FOUND, all -> all.game(gameId))
                .map(json -> Reply.json(200, "{\"success\":true,\"data\":" + json + '}'))
                .orElseThrow(
                        () -> Refusal.of(ErrorCode.GAME_NOT_FOUND, "The archive has no finished game of this id."));
    }

    // Whoever asks for many rooms that are not there is looking for one to which nobody gave them the code.
    private Reply ofRoom(Exchange exchange) {
        RoomCode code = exchange.pathValue("code", RoomCode::of);
        limits.mayAskForRoom(exchange.caller());
        List<String> games = search(exchange, ErrorCode.ROOM_NOT_FOUND, all -> all.games(code));
        if (games.isEmpty()) {
            limits.roomWasUnknown(exchange.caller());
            throw Refusal.of(ErrorCode.ROOM_NOT_FOUND, "The archive has no finished game of this room.");
        }
        return Reply.json(200, "{\"success\":true,\"data\":[" + String.join(",", games) + "]}");
    }

    private <T> T search(Exchange exchange, ErrorCode none, Search<T> search) {
        Archive open = archive.orElseThrow(() -> Refusal.of(
                none, "This proxy keeps no finished games: neither LUDO_WEBHOOK_SECRETS nor LUDO_PUBLIC_URL is set."));
        try {
            return search.in(open);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "request " + exchange.requestId() + " needs an archive that cannot be read",
                    e);
            throw Refusal.of(ErrorCode.UNAVAILABLE, "The archive cannot be read now.");
        }
    }
}
