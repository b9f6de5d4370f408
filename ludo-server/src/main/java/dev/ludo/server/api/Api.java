package dev.ludo.server.api;

import dev.ludo.client.ApiRequest;
import dev.ludo.client.LudoClient;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.json.Fields;
import dev.ludo.core.json.Requests;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.server.api.Route.Access;
import dev.ludo.server.guard.Guards;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.WhoActs.Demand;
import dev.ludo.server.webhook.Deliveries;
import dev.ludo.server.worker.Archive;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The routes of the proxy; {@link #routes} is their list. */
public final class Api {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    private final Upstream upstream;
    private final CachedReads reads;
    private final RoomStreams streams;
    private final RateLimits limits;

    private Api(Upstream upstream, CachedReads reads, RoomStreams streams, RateLimits limits) {
        this.upstream = upstream;
        this.reads = reads;
        this.streams = streams;
        this.limits = limits;
    }

    /**
     * What the proxy serves.
     *
     * @param client asks the API
     * @param apiKey the key that the client sends, so that it can be kept out of answers
     * @param reads the reads that are shared
     * @param streams tells what happens in rooms
     * @param operations what operators ask
     * @param deliveries takes webhooks; empty if this proxy takes none
     * @param archive finds finished games; empty if this proxy keeps none
     * @param guards what a call has to pass
     * @param log takes each request once it is answered
     * @param nanoTime the clock that durations are measured by
     * @param draining whether connections are to end with their next answer
     * @return the routes
     */
    public static Routes routes(
            LudoClient client,
            Secret apiKey,
            CachedReads reads,
            RoomStreams streams,
            Operations operations,
            Optional<Deliveries> deliveries,
            Optional<Archive> archive,
            Guards guards,
            Consumer<Served> log,
            LongSupplier nanoTime,
            BooleanSupplier draining) {
        Api api = new Api(new Upstream(client, apiKey, nanoTime), reads, streams, guards.limits());
        List<Route> routes = new ArrayList<>(operations.open());
        routes.addAll(Docs.routes());
        routes.addAll(api.routes());
        routes.addAll(new FinishedGames(archive, guards.limits()).routes());
        routes.add(new Route(
                "POST", "/webhooks/ludo", Demand.NONE, Access.SIGNED, new WebhookEndpoint(deliveries, nanoTime)));
        return new Routes(new FrontDoor(guards, log, nanoTime, draining), routes);
    }

    /**
     * What is served on the port that is for operators alone.
     *
     * @param operations what operators ask
     * @param guards what a call has to pass
     * @param nanoTime the clock that durations are measured by
     * @param draining whether connections are to end with their next answer
     * @return the routes
     */
    public static Routes inside(Operations operations, Guards guards, LongSupplier nanoTime, BooleanSupplier draining) {
        return new Routes(new FrontDoor(guards, served -> {}, nanoTime, draining), operations.inside());
    }

    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("GET", "/", Demand.NONE, Access.OPEN, Pages::index));

        routes.add(post("/players", Demand.NONE, this::register));
        routes.add(get("/players/me", Demand.SESSION_ALWAYS, this::me));
        routes.add(get("/players/{playerId}", Demand.NONE, this::player));
        routes.add(get("/players/{playerId}/games", Demand.NONE, this::playersGames));
        routes.add(get("/leaderboard", Demand.NONE, this::leaderboard));

        routes.add(get("/rooms", Demand.NONE, this::rooms));
        routes.add(post("/rooms", Demand.NONE, this::createRoom));
        routes.add(get("/rooms/{code}", Demand.NONE, this::room));
        routes.add(get("/rooms/{code}/events", Demand.NONE, this::events));
        routes.add(post("/rooms/{code}/join", Demand.SESSION, this::join));
        routes.add(post("/rooms/{code}/leave", Demand.SEAT, this::leave));
        routes.add(post("/rooms/{code}/start", Demand.NONE, this::start));

        // Requests that are an upgrade do not come this way.
        routes.add(new Route("GET", "/ws/game/{code}", Demand.NONE, Access.OPEN, exchange -> {
            throw Refusal.of(ErrorCode.UPGRADE_REQUIRED, "This route is a WebSocket.")
                    .with("Upgrade", "websocket");
        }));

        routes.add(post("/games/move", Demand.SEAT, this::moveByBody));
        routes.add(get("/games/{gameId}/state", Demand.NONE, this::state));
        routes.add(get("/games/{gameId}/moves", Demand.NONE, this::moves));
        routes.add(post("/games/{gameId}/roll", Demand.SEAT, this::roll));
        routes.add(post("/games/{gameId}/move", Demand.SEAT, this::move));
        return routes;
    }

    private static Route get(String template, Demand demand, Endpoint endpoint) {
        return new Route("GET", template, demand, Access.GUARDED, endpoint);
    }

    private static Route post(String template, Demand demand, Endpoint endpoint) {
        return new Route("POST", template, demand, Access.GUARDED, exchange -> {
            exchange.check(exchange::idempotencyKey); // what is wrong with it is told with the rest
            return endpoint.serve(exchange);
        });
    }

    private Reply register(Exchange exchange) {
        Supplier<NewPlayer> player = exchange.check(() -> Requests.newPlayer(exchange.fields()));
        return upstream.post(exchange, ApiRequest.post("/players").body(player.get()));
    }

    private Reply me(Exchange exchange) {
        return upstream.get(exchange, ApiRequest.get("/players/me"));
    }

    private Reply player(Exchange exchange) {
        return upstream.get(exchange, ApiRequest.get("/players/{}", exchange.pathValue("playerId", PlayerId::of)));
    }

    private Reply playersGames(Exchange exchange) {
        Supplier<PlayerId> playerId = exchange.check(() -> exchange.pathValue("playerId", PlayerId::of));
        return page(exchange, () -> ApiRequest.get("/players/{}/games", playerId.get()));
    }

    private Reply moves(Exchange exchange) {
        Supplier<GameId> gameId = gameId(exchange);
        return page(exchange, () -> ApiRequest.get("/games/{}/moves", gameId.get()));
    }

    private Reply page(Exchange exchange, Supplier<ApiRequest> request) {
        Supplier<Optional<String>> cursor = exchange.check(() -> exchange.queryValue("cursor", Queries::cursor));
        Supplier<Optional<Integer>> limit = exchange.check(() -> exchange.queryValue("limit", Queries::limit));
        ApiRequest page = request.get();
        if (cursor.get().isPresent()) {
            page = page.query("cursor", cursor.get().get());
        }
        if (limit.get().isPresent()) {
            page = page.query("limit", limit.get().get());
        }
        return upstream.get(exchange, page);
    }

    private Reply leaderboard(Exchange exchange) {
        Supplier<Optional<GameMode>> asked = exchange.check(() -> exchange.queryValue("mode", Queries::gameMode));
        Supplier<Optional<Integer>> most = exchange.check(() -> exchange.queryValue("limit", Queries::limit));
        String mode = asked.get().orElse(GameMode.RANKED).word();
        int limit = most.get().orElse(50);
        ApiRequest request = ApiRequest.get("/leaderboard").query("mode", mode).query("limit", limit);
        return reads.leaderboard(exchange, mode, limit, () -> upstream.get(exchange, request));
    }

    private Reply rooms(Exchange exchange) {
        Optional<String> status =
                exchange.queryValue("status", Queries::roomStatus).map(RoomStatus::word);
        ApiRequest all = ApiRequest.get("/rooms");
        ApiRequest request = status.map(word -> all.query("status", word)).orElse(all);
        return reads.rooms(exchange, status, () -> upstream.get(exchange, request));
    }

    private Reply createRoom(Exchange exchange) {
        NewRoom room = exchange.check(() -> Requests.newRoom(exchange.fields())).get();
        try {
            return upstream.post(exchange, ApiRequest.post("/rooms").body(room));
        } finally {
            reads.roomsChanged();
        }
    }

    private Reply room(Exchange exchange) {
        RoomCode code = code(exchange).get();
        ApiRequest request = ApiRequest.get("/rooms/{}", code);
        return ofRoom(exchange, () -> reads.room(exchange, code, () -> upstream.get(exchange, request)));
    }

    private Reply events(Exchange exchange) {
        RoomCode code = code(exchange).get();
        if (exchange.method().equals("HEAD")) {
            room(exchange);
            return Reply.events(Optional.empty());
        }
        limits.mayAskForRoom(exchange.caller());
        try {
            Optional<RoomStreams.Stream> stream = streams.open(code, exchange.caller(), exchange.header(LAST_EVENT_ID));
            return stream.isPresent() ? Reply.events(stream) : Reply.empty(204);
        } catch (Refusal e) {
            if (e.code() == ErrorCode.ROOM_NOT_FOUND) {
                limits.roomWasUnknown(exchange.caller());
            }
            throw e;
        }
    }

    private Reply join(Exchange exchange) {
        Supplier<RoomCode> code = code(exchange);
        PlayerId playerId =
                exchange.check(() -> Requests.join(exchange.fields())).get();
        return writeRoom(
                exchange,
                code.get(),
                room -> ApiRequest.post("/rooms/{}/join", room).body(Map.of("playerId", playerId.value())));
    }

    private Reply leave(Exchange exchange) {
        Supplier<RoomCode> code = code(exchange);
        exchange.fields();
        return writeRoom(exchange, code.get(), room -> ApiRequest.post("/rooms/{}/leave", room));
    }

    private Reply start(Exchange exchange) {
        Supplier<RoomCode> code = code(exchange);
        exchange.fields();
        return writeRoom(exchange, code.get(), room -> ApiRequest.post("/rooms/{}/start", room));
    }

    // Also a write that fails may have been done, so what it touches is dropped in any case.
    private Reply writeRoom(Exchange exchange, RoomCode code, Function<RoomCode, ApiRequest> request) {
        return ofRoom(exchange, () -> {
            try {
                return upstream.post(exchange, request.apply(code), reads::changed);
            } finally {
                reads.roomChanged(code);
            }
        });
    }

    private Reply state(Exchange exchange) {
        GameId gameId = gameId(exchange).get();
        ApiRequest request = ApiRequest.get("/games/{}/state", gameId);
        return reads.state(exchange, gameId, seen -> upstream.get(exchange, request, seen));
    }

    private Reply roll(Exchange exchange) {
        Supplier<GameId> gameId = gameId(exchange);
        exchange.fields();
        return play(exchange, gameId.get(), ApiRequest.post("/games/{}/roll", gameId.get()));
    }

    private Reply move(Exchange exchange) {
        Supplier<GameId> gameId = gameId(exchange);
        Move move = exchange.check(() -> Requests.move(exchange.fields())).get();
        return play(
                exchange,
                gameId.get(),
                ApiRequest.post("/games/{}/move", gameId.get()).body(move));
    }

    private Reply moveByBody(Exchange exchange) {
        Fields fields = exchange.fields();
        Optional<GameId> named = fields.text("gameId", GameId::of);
        fields.require("gameId");
        Move move = exchange.check(() -> Requests.move(fields)).get();
        GameId gameId = named.orElseThrow();
        return play(exchange, gameId, ApiRequest.post("/games/{}/move", gameId).body(move));
    }

    private Reply play(Exchange exchange, GameId gameId, ApiRequest request) {
        try {
            return upstream.post(exchange, request, reads::changed);
        } finally {
            reads.gameChanged(gameId);
        }
    }

    // Whoever asks for many rooms that do not exist is looking for one to which nobody gave them the code.
    private Reply ofRoom(Exchange exchange, Supplier<Reply> serve) {
        limits.mayAskForRoom(exchange.caller());
        try {
            return serve.get();
        } catch (PassedOn e) {
            if (e.status() == 404) {
                limits.roomWasUnknown(exchange.caller());
            }
            throw e;
        }
    }

    private static Supplier<RoomCode> code(Exchange exchange) {
        return exchange.check(() -> exchange.pathValue("code", RoomCode::of));
    }

    private static Supplier<GameId> gameId(Exchange exchange) {
        return exchange.check(() -> exchange.pathValue("gameId", GameId::of));
    }
}
