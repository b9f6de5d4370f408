package dev.ludo.testkit.tck;

import dev.ludo.core.event.MoveResult;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A room of the target and the players who sit in it, each with their tokens. */
final class Table {
    /** A player with a seat. */
    record Seat(PlayerId playerId, Secret session, Secret token) {
        /** Names the player's seat, in a call. */
        String[] proof() {
            return new String[] {Http.PLAYER, token.reveal()};
        }

        String[] proof(String header, String value) {
            return new String[] {Http.PLAYER, token.reveal(), header, value};
        }
    }

    private final Http http;
    private final GameMode mode;
    private final RoomCode code;
    private final List<Seat> seats = new ArrayList<>();

    private Table(Http http, GameMode mode, RoomCode code) {
        this.http = http;
        this.mode = mode;
        this.code = code;
    }

    static Table open(Http http, int maxPlayers, GameMode mode) {
        Room room = http.post("/rooms", "{\"maxPlayers\":" + maxPlayers + ",\"gameMode\":\"" + mode.word() + "\"}")
                .as(201, Room.class);
        return new Table(http, mode, room.code());
    }

    static Registration register(Http http, String name) {
        return http.post("/players", "{\"playerName\":" + LudoJson.write(name) + '}')
                .as(201, Registration.class);
    }

    RoomCode code() {
        return code;
    }

    GameMode mode() {
        return mode;
    }

    /** The seats in joining order. */
    List<Seat> seats() {
        return seats;
    }

    Seat seat(int index) {
        return seats.get(index);
    }

    Seat seatOf(PlayerId who) {
        return seats.stream()
                .filter(seat -> seat.playerId().equals(who))
                .findFirst()
                .orElseThrow();
    }

    /** Registers a player and seats them. */
    Seat seat(String name) {
        Registration player = register(http, name);
        Joined joined = tryJoin(player).as(200, Joined.class);
        Seat seat = new Seat(player.playerId(), player.sessionToken(), joined.playerToken());
        seats.add(seat);
        return seat;
    }

    Reply tryJoin(Registration player) {
        return tryJoin(player.playerId(), player.sessionToken());
    }

    Reply tryJoin(PlayerId who, Secret session) {
        return http.post(path("join"), "{\"playerId\":\"" + who + "\"}", Http.SESSION, session.reveal());
    }

    Reply tryLeave(Seat seat) {
        return http.post(path("leave"), "", seat.proof());
    }

    Reply tryStart(Seat seat) {
        return http.post(path("start"), "", seat.proof());
    }

    /** A path below the room's. */
    String path(String more) {
        return path() + '/' + more;
    }

    String path() {
        return "/rooms/" + code;
    }

    Room room() {
        return http.get(path()).as(200, Room.class);
    }

    /** The game's path; there must be a game. */
    String game() {
        return "/games/"
                + room().gameId()
                        .orElseThrow(() -> new AssertionError("room " + code + " has no gameId while playing"));
    }

    GameState state() {
        return http.get(game() + "/state").as(200, GameState.class);
    }

    Reply tryRoll(GameState state, String... headers) {
        return http.post("/games/" + state.gameId() + "/roll", "", headers);
    }

    /** Rolls for whoever's turn it is. */
    RollResult roll(GameState state) {
        return tryRoll(state, toAct(state).proof()).as(200, RollResult.class);
    }

    Reply tryMove(GameState state, String pieceId, int target, String... headers) {
        return http.post("/games/" + state.gameId() + "/move", move(pieceId, target), headers);
    }

    MoveResult move(GameState state, LegalMove move) {
        Reply reply = tryMove(
                state,
                move.pieceId().toString(),
                move.targetPosition().value(),
                toAct(state).proof());
        return MessageCodec.readMoveResult(
                reply.envelope(200).tree(), reply.http().body());
    }

    private static String move(String pieceId, int target) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("pieceId", pieceId);
        body.put("targetPosition", target);
        return LudoJson.write(body);
    }

    /** The seat of whoever's turn it is. */
    Seat toAct(GameState state) {
        return seatOf(state.turn()
                .orElseThrow(() -> new AssertionError("the game has ended"))
                .playerId());
    }

    /** Some seat whose turn it is not. */
    Seat notToAct(GameState state) {
        Seat acting = toAct(state);
        return seats.stream().filter(seat -> !seat.equals(acting)).findFirst().orElseThrow();
    }

    /** Rolls, for whoever's turn it is, until there is something to move. */
    RollResult rollUntilMovable(GameState from) {
        GameState state = from;
        for (int i = 0; i < 500; i++) {
            RollResult rolled = roll(state);
            if (!rolled.legalMoves().isEmpty()) {
                return rolled;
            }
            state = rolled.state();
        }
        throw new AssertionError("500 rolls, and not once was there a legal move");
    }
}
