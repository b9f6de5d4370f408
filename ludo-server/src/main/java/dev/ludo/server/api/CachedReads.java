package dev.ludo.server.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ludo.core.error.CallException;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.webhook.WebhookEvent;
import dev.ludo.core.webhook.WebhookEvent.GameEnded;
import dev.ludo.core.webhook.WebhookEvent.GameStarted;
import dev.ludo.core.webhook.WebhookEvent.PlayerJoined;
import dev.ludo.core.webhook.WebhookEvent.RoomClosed;
import dev.ludo.core.webhook.WebhookEvent.RoomCreated;
import dev.ludo.core.webhook.WebhookEvent.UnknownWebhookEvent;
import dev.ludo.server.cache.CacheConfig;
import dev.ludo.server.cache.Flights;
import dev.ludo.server.cache.Flights.Landed;
import dev.ludo.server.cache.ResponseCache;
import dev.ludo.server.cache.ResponseCache.Found;
import dev.ludo.server.cache.ResponseCache.Kept;
import dev.ludo.server.cache.Touched;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads that many callers share: kept for a short while, asked once at a time, served stale while the API fails, and dropped by
 * every write that touches them. A call with a token of a player's is never shared. Thread-safe.
 */
public final class CachedReads {
    private static final HeaderName AGE = HeaderNames.create("Age");
    private static final Header STALE = HeaderValues.createCached("Warning", "110 - \"Response is Stale\"");

    // A browser asks again each time and is told 304; one that did not would miss what its own player just did.
    private static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Set<String> OVER = Set.of("ended", "closed");
    private static final List<String> ROOM_LISTS =
            List.of("rooms", "rooms/waiting", "rooms/playing", "rooms/ended", "rooms/closed");

    private final CacheConfig config;
    private final ResponseCache cache;
    private final Flights flights;
    private final AtomicLong season = new AtomicLong();

    // Which game was last seen in which room, so that what happens in the room drops the game too.
    private final Cache<String, String> games = forRooms();

    // When something last happened in which room, for games of which it is not known yet in which room they are.
    private final Cache<String, Long> touched = forRooms();
    private final AtomicLong touches = new AtomicLong();

    /**
     * Reads that are kept nowhere yet.
     *
     * @param config how long answers are kept
     * @param cache where
     */
    public CachedReads(CacheConfig config, ResponseCache cache) {
        this.config = config;
        this.cache = cache;
        this.flights = new Flights(cache);
    }

    private static <T> Cache<String, T> forRooms() {
        return Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build();
    }

    /** The key of a list of rooms. */
    static String rooms(Optional<String> status) {
        return status.map(word -> "rooms/" + word).orElse("rooms");
    }

    static String room(RoomCode code) {
        return "room/" + code;
    }

    static String state(GameId gameId) {
        return "state/" + gameId;
    }

    /** The key of a leaderboard; all are dropped together, by beginning new keys. */
    String leaderboard(String mode, int limit) {
        return "leaderboard/" + season.get() + '/' + mode + '/' + limit;
    }

    Reply rooms(Exchange exchange, Optional<String> status, Supplier<Reply> ask) {
        return read(exchange, rooms(status), config.rooms(), ASK_AGAIN, ask);
    }

    Reply room(Exchange exchange, RoomCode code, Supplier<Reply> ask) {
        return read(exchange, room(code), config.room(), ASK_AGAIN, ask);
    }

    /** Reads a state; whoever asks for it shows the answer to what it is given. */
    Reply state(Exchange exchange, GameId gameId, Function<Consumer<JsonObject>, Reply> ask) {
        Supplier<Reply> watched = () -> {
            long before = touches.get();
            return ask.apply(answer -> stateSeen(answer, before));
        };
        return read(exchange, state(gameId), config.state(), ASK_AGAIN, watched);
    }

    Reply leaderboard(Exchange exchange, String mode, int limit, Supplier<Reply> ask) {
        Header maxAge = HeaderValues.create(
                HeaderNames.CACHE_CONTROL, "max-age=" + config.leaderboard().toSeconds());
        return read(exchange, leaderboard(mode, limit), config.leaderboard(), maxAge, ask);
    }

    private Reply read(Exchange exchange, String key, Duration life, Header control, Supplier<Reply> ask) {
        if (life.isZero() || exchange.tokens().any()) {
            return ask.get();
        }
        Duration useful = life.plus(config.staleFor());
        Supplier<Kept> load = () -> kept(ask.get());
        if (wantsFresh(exchange)) {
            exchange.trail().cache("bypass");
            return reply(exchange, flights.askAgain(key, useful, load), control);
        }
        Optional<Found> found = cache.find(key);
        if (found.isPresent() && found.get().age().compareTo(life) < 0) {
            exchange.trail().cache("hit");
            return aged(exchange, found.get(), control);
        }
        try {
            Landed landed = flights.ask(key, useful, load);
            exchange.trail().cache(landed.own() ? "miss" : "wait");
            return reply(exchange, landed.kept(), control);
        } catch (RuntimeException e) {
            if (found.isEmpty() || !isUpstreamFailure(e)) {
                throw e;
            }
            exchange.trail().cache("stale");
            return aged(exchange, found.get(), control).with(List.of(STALE));
        }
    }

    private static boolean isUpstreamFailure(RuntimeException e) {
        return e instanceof CallException || (e instanceof PassedOn passed && passed.status() >= 500);
    }

    private static boolean wantsFresh(Exchange exchange) {
        return exchange.header(HeaderNames.CACHE_CONTROL)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .filter(value -> value.contains("no-cache") || value.contains("no-store"))
                .isPresent();
    }

    private static Reply aged(Exchange exchange, Found found, Header control) {
        return reply(exchange, found.kept(), control)
                .with(AGE, Long.toString(found.age().toSeconds()));
    }

    private static Reply reply(Exchange exchange, Kept kept, Header control) {
        return EntityTag.reply(exchange, kept.etag(), () -> Reply.json(200, kept.body()))
                .with(List.of(control));
    }

    private static Kept kept(Reply reply) {
        return new Kept(reply.body(), EntityTag.of(reply.body()));
    }

    /** Drops the lists of rooms. */
    void roomsChanged() {
        ROOM_LISTS.forEach(flights::drop);
    }

    /** Drops what is known of a room, of its game and of the lists that it is in: something happened there. */
    void roomChanged(RoomCode code) {
        gameChangedIn(code);
        flights.drop(room(code));
        roomsChanged();
    }

    private void gameChangedIn(RoomCode code) {
        touched.put(code.value(), touches.incrementAndGet());
        String gameId = games.getIfPresent(code.value());
        if (gameId != null) {
            flights.drop("state/" + gameId);
        }
    }

    /**
     * Drops what a message from a room touches.
     *
     * @param code the room
     * @param what what that is
     */
    public void heardIn(RoomCode code, Touched what) {
        switch (what) {
            case NOTHING -> {}
            case GAME -> gameChangedIn(code);
            case ROOM -> roomChanged(code);
            case RATINGS -> {
                roomChanged(code);
                season.incrementAndGet();
            }
        }
    }

    /** Drops a game's state. */
    void gameChanged(GameId gameId) {
        flights.drop(state(gameId));
    }

    // Remembers in which room a game is; a state that was asked for before something happened there may be old, and is
    // not kept.
    private void stateSeen(JsonObject answer, long before) {
        if (answer.get("data") instanceof JsonObject state) {
            Optional<String> room = text(state, "roomCode");
            Optional<String> game = text(state, "gameId");
            if (room.isPresent() && game.isPresent()) {
                games.put(room.get(), game.get());
                Long last = touched.getIfPresent(room.get());
                if (last != null && last > before) {
                    flights.drop("state/" + game.get());
                }
            }
        }
    }

    /**
     * Drops what a write's answer tells that it touched beside: of a join the game, of the last move the room, and of whatever ends a
     * game the leaderboards.
     */
    void changed(JsonObject answer) {
        if (answer.get("data") instanceof JsonObject data) {
            text(data, "gameId").ifPresent(id -> flights.drop("state/" + id));
            inside(data, "room").flatMap(room -> text(room, "gameId")).ifPresent(id -> flights.drop("state/" + id));
            inside(data, "state")
                    .filter(state -> text(state, "status").equals(Optional.of("ended")))
                    .ifPresent(state -> ended(text(state, "roomCode")));
            // A seat that is left may end the game, and the answer is the room.
            text(data, "status").filter(OVER::contains).ifPresent(status -> ended(text(data, "code")));
        }
    }

    private void ended(Optional<String> code) {
        code.filter(RoomCode::isValid).map(RoomCode::of).ifPresent(this::roomChanged);
        season.incrementAndGet();
    }

    /**
     * Drops what an event of the API touches.
     *
     * @param event what a webhook tells
     */
    public void heardFrom(WebhookEvent event) {
        switch (event) {
            case RoomCreated created -> changed(created.room());
            case PlayerJoined joined -> changed(joined.room());
            case RoomClosed closed -> {
                changed(closed.room());
                season.incrementAndGet();
            }
            case GameStarted started -> changed(started.game());
            case GameEnded ended -> {
                changed(ended.game());
                season.incrementAndGet();
            }
            case UnknownWebhookEvent unknown -> {
                // nobody knows what it touches
            }
        }
    }

    private void changed(Room room) {
        roomChanged(room.code());
        room.gameId().ifPresent(this::gameChanged);
    }

    private void changed(GameSummary game) {
        roomChanged(game.roomCode());
        gameChanged(game.gameId());
    }

    private static Optional<JsonObject> inside(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject inner ? Optional.of(inner) : Optional.empty();
    }

    private static Optional<String> text(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }
}
