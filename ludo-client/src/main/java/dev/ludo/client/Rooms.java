package dev.ludo.client;

import dev.ludo.core.model.Joined;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import java.util.List;
import java.util.Map;

/** The calls about rooms. Thread-safe. All throw {@link dev.ludo.core.error.CallException}. */
public final class Rooms {
    private final Caller caller;

    Rooms(Caller caller) {
        this.caller = caller;
    }

    /**
     * All rooms that are not closed.
     *
     * @return the rooms
     */
    public List<Room> list() {
        return list(ApiRequest.get("/rooms"));
    }

    /**
     * The rooms of one status.
     *
     * @param status not {@link RoomStatus#UNKNOWN}
     * @return the rooms
     */
    public List<Room> list(RoomStatus status) {
        if (status == RoomStatus.UNKNOWN) {
            throw new IllegalArgumentException("there are no rooms of unknown status");
        }
        return list(ApiRequest.get("/rooms").query("status", status.word()));
    }

    private List<Room> list(ApiRequest request) {
        return caller.list(request, Room.class);
    }

    /**
     * Makes a room.
     *
     * @param room how many seats and how to play
     * @return the room, still empty
     */
    public Room create(NewRoom room) {
        return caller.call(ApiRequest.post("/rooms").body(room), Room.class);
    }

    /**
     * Looks a room up.
     *
     * @param code its code
     * @return the room
     */
    public Room get(RoomCode code) {
        return caller.call(ApiRequest.get("/rooms/{code}", code), Room.class);
    }

    /**
     * Takes a seat for a player, trusted by the key alone. Whoever has a seat keeps it and gets a fresh token.
     *
     * @param code the room
     * @param playerId who
     * @return the seat's token, and the room
     */
    public Joined join(RoomCode code, PlayerId playerId) {
        return caller.call(join(code, playerId.value()), Joined.class);
    }

    /**
     * Takes a seat for a player who proves who they are.
     *
     * @param code the room
     * @param playerId who
     * @param sessionToken that player's
     * @return the seat's token, and the room
     */
    public Joined join(RoomCode code, PlayerId playerId, Secret sessionToken) {
        return caller.call(join(code, playerId.value()).sessionToken(sessionToken), Joined.class);
    }

    private static ApiRequest join(RoomCode code, String playerId) {
        return ApiRequest.post("/rooms/{code}/join", code).body(Map.of("playerId", playerId));
    }

    /**
     * Gives up a seat.
     *
     * @param code the room
     * @param playerToken the seat's token
     * @return the room without the player
     */
    public Room leave(RoomCode code, Secret playerToken) {
        return caller.call(ApiRequest.post("/rooms/{code}/leave", code).playerToken(playerToken), Room.class);
    }

    /**
     * Starts the game of a room that is not full.
     *
     * @param code the room; two players at least must sit in it
     * @return the room, with its game
     */
    public Room start(RoomCode code) {
        return caller.call(ApiRequest.post("/rooms/{code}/start", code), Room.class);
    }
}
