package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckCase.Mark.A;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomPlayer;
import dev.ludo.core.model.RoomStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rooms: opening, finding, joining, starting, leaving. Section 1 of the contract. */
public abstract class RoomsTck extends TckSuite {
    /** For subclasses. */
    protected RoomsTck() {}

    @TckCase(value = "1: POST /rooms", mark = A)
    void aRoomIsOpenedAsAskedFor() {
        Json room = http().post("/rooms", "{\"maxPlayers\":3,\"gameMode\":\"quick\"}")
                .data(201);
        assertEquals(3, room.number("maxPlayers"));
        assertEquals(0, room.number("playerCount"));
        assertEquals("waiting", room.text("status"));
        assertTrue(room.text("code").matches("[A-Za-z0-9]{4,12}"), "code was " + room.text("code"));
    }

    @TckCase("1: Shapes, room")
    void aRoomHasAllItsFields() {
        Json room = http().post("/rooms", "{\"maxPlayers\":3,\"gameMode\":\"quick\"}")
                .data(201);
        assertTrue(room.text("code").matches("[A-HJ-NP-Z2-9]{6}"), "code was " + room.text("code"));
        assertEquals("quick", room.text("gameMode"));
        assertEquals(List.of(), room.objects("players"));
        room.assertAbsent("gameId");
        room.time("createdAt");
    }

    @TckCase("1: POST /rooms, defaults")
    void aRoomIsForFourAndClassicUnlessAskedOtherwise() {
        Json room = http().post("/rooms", "{}").data(201);
        assertEquals(4, room.number("maxPlayers"));
        assertEquals("classic", room.text("gameMode"));
    }

    @TckCase("1: POST /rooms, ranges")
    void aRoomIsForTwoToFourInAKnownMode() {
        for (String value : List.of("1", "5", "-2", "2.5", "\"2\"", "true", "4294967298")) {
            http().post("/rooms", "{\"maxPlayers\":" + value + '}').invalid("maxPlayers");
        }
        for (String value : List.of("\"chess\"", "\"\"", "7")) {
            http().post("/rooms", "{\"gameMode\":" + value + '}').invalid("gameMode");
        }
    }

    @TckCase(value = "1: GET /rooms/{code}", mark = A)
    void aRoomIsFoundByItsCode() {
        Room room = http().post("/rooms", "{\"maxPlayers\":2}").as(201, Room.class);
        assertEquals(room, http().get("/rooms/" + room.code()).as(200, Room.class));
    }

    @TckCase("1: Shapes, code in any case")
    void aCodeIsUpperCased() {
        Table table = table(2, GameMode.CLASSIC);
        String lower = table.code().value().toLowerCase(Locale.ROOT);
        assertEquals(table.room(), http().get("/rooms/" + lower).as(200, Room.class));
    }

    @TckCase("1: Shapes, 4 to 12 alphanumerics")
    void whatIsNoCodeIsInvalidAndAnUnknownOneIsNotFound() {
        for (String code : List.of("ABC", "ABCDEFGHIJKLM", "AB-CD", "AB%20CD", "%C3%84BCD")) {
            http().get("/rooms/" + code).failure(422, "VALIDATION_FAILED");
        }
        http().get("/rooms/ZZZZZZ9999").failure(404, "ROOM_NOT_FOUND");
    }

    @TckCase(value = "1: GET /rooms", mark = A)
    void openRoomsAreListed() {
        Table table = table(2, GameMode.CLASSIC);
        assertEquals(Optional.of("waiting"), listed("", table));
    }

    /** The room's status in the list; empty if it is not there. */
    private Optional<String> listed(String query, Table table) {
        return http().get("/rooms" + query).list(200).stream()
                .filter(room -> room.text("code").equals(table.code().value()))
                .map(room -> room.text("status"))
                .findFirst();
    }

    @TckCase(value = "1: GET /rooms, status", mark = A)
    void roomsAreFilteredByStatus() {
        Table waiting = table(2, GameMode.CLASSIC);
        assertEquals(Optional.of("waiting"), listed("?status=waiting", waiting));
        assertEquals(Optional.empty(), listed("?status=playing", waiting));
    }

    @TckCase("1: GET /rooms, status of every kind")
    void aRoomIsListedUnderItsStatusAlone() {
        Table table = playing(2, GameMode.CLASSIC);
        assertListedAs("playing", table);
        table.tryLeave(table.seat(0)).data(200);
        assertListedAs("ended", table);
        table.tryLeave(table.seat(1)).data(200);
        assertEquals(Optional.of("closed"), listed("?status=closed", table));
        assertEquals(Optional.empty(), listed("", table), "a closed room must not be in the list of all");
    }

    private void assertListedAs(String status, Table table) {
        for (String word : List.of("waiting", "playing", "ended", "closed")) {
            assertEquals(
                    word.equals(status) ? Optional.of(word) : Optional.empty(), listed("?status=" + word, table), word);
        }
        assertEquals(Optional.of(status), listed("", table));
    }

    @TckCase("1: GET /rooms, unknown word")
    void anUnknownStatusIsInvalid() {
        http().get("/rooms?status=asleep").invalid("status");
    }

    @TckCase("1: POST /rooms/{code}/join")
    void whoJoinsGetsASeatAndAToken() {
        Table table = table(3, GameMode.CLASSIC);
        Registration ann = Table.register(http(), "Ann");
        Json joined = table.tryJoin(ann).data(200);
        assertEquals(ann.playerId().value(), joined.text("playerId"));
        assertEquals(false, joined.text("playerToken").isBlank(), "playerToken must not be blank");
        Json room = joined.object("room");
        assertEquals("waiting", room.text("status"));
        assertEquals(1, room.number("playerCount"));
        Json player = room.objects("players").getFirst();
        assertEquals("Ann", player.text("playerName"));
        assertEquals(false, player.flag("connected"));
        player.assertAbsent("color");
    }

    @TckCase("1: POST /rooms/{code}/join, again")
    void whoJoinsAgainKeepsTheSeatAndGetsAFreshToken() {
        Table table = table(2, GameMode.CLASSIC);
        Table.Seat ann = table.seat("Ann");
        Joined again = table.tryJoin(ann.playerId(), ann.session()).as(200, Joined.class);
        assertEquals(1, again.room().playerCount());
        assertNotEquals(ann.token(), again.playerToken(), "the token must be a fresh one");
        table.seat("Bob");
        Joined whilePlaying = table.tryJoin(ann.playerId(), ann.session()).as(200, Joined.class);
        assertEquals(RoomStatus.PLAYING, whilePlaying.room().status());
        assertEquals(ann.playerId(), whilePlaying.room().players().getFirst().playerId());
    }

    @TckCase("1: POST /rooms/{code}/join, refused")
    void whoMayNotJoinIsToldWhy() {
        Table table = table(2, GameMode.CLASSIC);
        Registration ann = Table.register(http(), "Ann");
        Registration bob = Table.register(http(), "Bob");
        table.tryJoin(ann.playerId(), bob.sessionToken()).failure(403, "FORBIDDEN");
        http().post(table.path("join"), "{\"playerId\":\"" + ann.playerId() + "\"}", Http.SESSION, "not-a-token")
                .failure(403, "FORBIDDEN");
        http().post(table.path("join"), "{}", Http.SESSION, ann.sessionToken().reveal())
                .invalid("playerId");
        http().post(
                        "/rooms/ZZZZZZ9999/join",
                        "{\"playerId\":\"" + ann.playerId() + "\"}",
                        Http.SESSION,
                        ann.sessionToken().reveal())
                .failure(404, "ROOM_NOT_FOUND");
        assertEquals(0, table.room().playerCount(), "nobody must have a seat");
    }

    @TckCase("1: POST /rooms/{code}/start, the join that fills a room")
    void theLastToJoinStartsTheGame() {
        Table table = table(2, GameMode.CLASSIC);
        table.seat("Ann");
        Json joined = table.tryJoin(Table.register(http(), "Bob")).data(200);
        assertEquals("playing", joined.object("room").text("status"));
        assertEquals(false, joined.object("room").text("gameId").isBlank());
    }

    @TckCase("1: Shapes, color")
    void seatsAreDealtByTheNumberOfPlayers() {
        Map<Integer, List<Color>> expected = Map.of(
                2, List.of(Color.RED, Color.YELLOW),
                3, List.of(Color.RED, Color.GREEN, Color.YELLOW),
                4, List.of(Color.RED, Color.GREEN, Color.YELLOW, Color.BLUE));
        expected.forEach((count, colors) -> {
            Table table = playing(count, GameMode.CLASSIC);
            List<RoomPlayer> players = table.room().players();
            assertEquals(
                    colors, players.stream().map(p -> p.color().orElseThrow()).toList());
            List<PlayerId> inOrder =
                    table.seats().stream().map(Table.Seat::playerId).toList();
            assertEquals(inOrder, players.stream().map(RoomPlayer::playerId).toList());
        });
    }

    @TckCase("1: POST /rooms/{code}/start")
    void aGameStartsWithTwoOrMore() {
        Table table = table(4, GameMode.CLASSIC);
        Table.Seat ann = table.seat("Ann");
        table.tryStart(ann).failure(409, "NOT_ENOUGH_PLAYERS");
        table.seat("Bob");
        Room started = table.tryStart(ann).as(200, Room.class);
        assertEquals(RoomStatus.PLAYING, started.status());
        assertEquals(started.gameId(), table.room().gameId());
        assertEquals(
                List.of(Optional.of(Color.RED), Optional.of(Color.YELLOW)),
                started.players().stream().map(RoomPlayer::color).toList());
        table.tryStart(ann).failure(409, "ALREADY_STARTED");
    }

    @TckCase("1: Shapes, status: join refuses while playing")
    void aRunningGameTakesNobodyElse() {
        Table table = playing(2, GameMode.CLASSIC);
        table.tryJoin(Table.register(http(), "Eve")).failure(409, "ALREADY_STARTED");
    }

    @TckCase("1: POST /rooms/{code}/leave")
    void whoLeavesMakesPlace() {
        Table table = table(2, GameMode.CLASSIC);
        Table.Seat ann = table.seat("Ann");
        Room left = table.tryLeave(ann).as(200, Room.class);
        assertEquals(List.of(), left.players());
        assertEquals(RoomStatus.WAITING, left.status());
        assertEquals(
                1,
                table.tryJoin(Table.register(http(), "Bob"))
                        .as(200, Joined.class)
                        .room()
                        .playerCount());
    }

    @TckCase("1: POST /rooms/{code}/leave, player token, always")
    void onlyThePlayerLeaves() {
        Table table = table(2, GameMode.CLASSIC);
        Table.Seat ann = table.seat("Ann");
        Table other = table(2, GameMode.CLASSIC);
        Table.Seat bob = other.seat("Bob");
        http().post(table.path("leave"), "").failure(403, "FORBIDDEN");
        http().post(table.path("leave"), "", Http.PLAYER, "not-a-token").failure(403, "FORBIDDEN");
        http().post(table.path("leave"), "", bob.proof()).failure(403, "FORBIDDEN");
        assertEquals(ann.playerId(), table.room().players().getFirst().playerId());
    }

    @TckCase("1: Shapes, status: ended, then closed with the last seat")
    void aRoomEndsWithItsGameAndClosesWithItsLastSeat() {
        Table table = playing(2, GameMode.CLASSIC);
        Registration eve = Table.register(http(), "Eve");
        assertEquals(
                RoomStatus.ENDED,
                table.tryLeave(table.seat(0)).as(200, Room.class).status());
        table.tryJoin(eve).failure(409, "GAME_OVER");
        assertEquals(
                RoomStatus.CLOSED,
                table.tryLeave(table.seat(1)).as(200, Room.class).status());
        table.tryJoin(eve).failure(409, "ROOM_CLOSED");
        assertEquals(RoomStatus.CLOSED, table.room().status(), "a closed room can still be read");
    }
}
