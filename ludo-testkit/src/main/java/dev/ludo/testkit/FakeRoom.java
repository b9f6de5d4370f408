package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.RuleSet;
import dev.ludo.core.rules.Step;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A room: who sits in it, how far it is in its life, its game, its log, and what is planned for it. Guarded by the world's lock. */
final class FakeRoom {
    private final RoomCode code;
    private final NewRoom wish;
    private final Instant createdAt;
    private final RoomLog log;
    private final Map<PlayerId, Seat> seats = new LinkedHashMap<>();
    private RoomStatus status = RoomStatus.WAITING;
    private Optional<FakeGame> game = Optional.empty();
    private BiFunction<RuleSet, List<PlayerId>, Step> opening = Game::start;
    private @Nullable Room seen;
    private @Nullable String written;

    /** The next step of its life: giving up on players who never start, closing, being forgotten. */
    final Agenda.Slot life;

    /** The end of the present turn's time. */
    final Agenda.Slot turnEnd;

    /** What the bot whose turn it is does next. */
    final Agenda.Slot botStep;

    FakeRoom(RoomCode code, NewRoom wish, Instant createdAt, RoomLog log, Agenda agenda) {
        this.code = code;
        this.wish = wish;
        this.createdAt = createdAt;
        this.log = log;
        this.life = agenda.slot();
        this.turnEnd = agenda.slot();
        this.botStep = agenda.slot();
    }

    RoomCode code() {
        return code;
    }

    NewRoom wish() {
        return wish;
    }

    RoomLog log() {
        return log;
    }

    Audience audience() {
        return log.audience();
    }

    /** A player's first socket has come, or their last has gone. */
    void connection(PlayerId who, boolean connected) {
        seen = null;
        log.append(new PlayerConnection(who, connected));
    }

    RoomStatus status() {
        return status;
    }

    void status(RoomStatus next) {
        status = next;
        seen = null;
    }

    List<Seat> seats() {
        return List.copyOf(seats.values());
    }

    Optional<Seat> seat(PlayerId who) {
        return Optional.ofNullable(seats.get(who));
    }

    int freeSeats() {
        return wish.maxPlayers() - seats.size();
    }

    /** Puts a seat in the place of the player's old one, or behind all others. */
    void put(Seat seat) {
        seats.put(seat.playerId(), seat);
        seen = null;
    }

    void remove(PlayerId who) {
        seats.remove(who);
        audience().unseat(who);
        seen = null;
    }

    /** How its game begins. */
    BiFunction<RuleSet, List<PlayerId>, Step> opening() {
        return opening;
    }

    void opening(BiFunction<RuleSet, List<PlayerId>, Step> other) {
        opening = other;
    }

    /** Its game, of a room that is playing or later. */
    FakeGame game() {
        return game.orElseThrow();
    }

    Optional<FakeGame> anyGame() {
        return game;
    }

    void game(FakeGame started) {
        game = Optional.of(started);
        seen = null;
    }

    /** The game as of now. */
    GameState state() {
        return game().state(this, log.top());
    }

    /** Refuses whoever wants to sit down or to start, unless the room waits for that. */
    void requireWaiting() {
        switch (status) {
            case WAITING -> {}
            case PLAYING -> throw ApiFailure.of(ErrorCode.ALREADY_STARTED, "the game in room " + code + " has started");
            case ENDED -> throw ApiFailure.of(ErrorCode.GAME_OVER, "the game in room " + code + " is over");
            case CLOSED -> throw ApiFailure.of(ErrorCode.ROOM_CLOSED, "room " + code + " is closed");
            case UNKNOWN -> throw new IllegalStateException("a room of the fake is in a known state");
        }
    }

    /** The room for everybody to see. */
    Room room() {
        Room room = seen;
        if (room == null) {
            room = new Room(
                    code,
                    status,
                    seats.size(),
                    wish.maxPlayers(),
                    wish.gameMode(),
                    game.map(FakeGame::id),
                    seats.values().stream()
                            .map(seat -> seat.player(audience().hasPlayer(seat.playerId())))
                            .toList(),
                    Optional.of(createdAt));
            seen = room;
            written = null;
        }
        return room;
    }

    /** The room as JSON. Lists of rooms are asked for far more often than rooms change. */
    String json() {
        Room room = room();
        String text = written;
        if (text == null) {
            text = LudoJson.write(room);
            written = text;
        }
        return text;
    }
}
