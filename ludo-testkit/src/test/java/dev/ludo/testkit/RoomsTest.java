package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;

import dev.ludo.core.json.LudoJson;
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
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomsTest extends WithFake {
    @Test
    void aRoomOfWhichNothingIsSaidIsAClassicOneForFour() {
        Api.Reply reply = api.post("rooms", "");
        assertThat(reply.status(), is(201));
        Room room = reply.as(Room.class);
        assertThat(room.code().value(), matchesRegex("[A-HJ-NP-Z2-9]{6}"));
        assertThat(
                room,
                is(new Room(
                        room.code(),
                        RoomStatus.WAITING,
                        0,
                        4,
                        GameMode.CLASSIC,
                        Optional.empty(),
                        List.of(),
                        Optional.of(START))));
        assertThat(api.get("rooms/" + room.code()).as(Room.class), is(room));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"maxPlayers\":1} | maxPlayers",
                "{\"maxPlayers\":5} | maxPlayers",
                "{\"maxPlayers\":\"4\"} | maxPlayers",
                "{\"gameMode\":\"chess\"} | gameMode",
                "{\"gameMode\":\"unknown\"} | gameMode"
            })
    void aBadWishIsNamed(String body, String field) {
        Api.Reply reply = api.post("rooms", body);
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of(field)));
    }

    @Test
    void roomsAreListedByStatusAndWithoutOneAllButTheClosed() {
        Room closed = api.open(2, "classic");
        ludo.advance(RoomLife.UNSTARTED);
        Room waiting = api.open(2, "classic");
        Room playing = api.open(2, "classic");
        api.seat(playing, "Ann");
        api.seat(playing, "Bob");
        Room ended = ended();
        assertThat(codes("rooms"), is(codesOf(waiting, playing, ended)));
        assertThat(codes("rooms?status=waiting"), is(codesOf(waiting)));
        assertThat(codes("rooms?status=playing"), is(codesOf(playing)));
        assertThat(codes("rooms?status=ended"), is(codesOf(ended)));
        assertThat(codes("rooms?status=closed"), is(codesOf(closed)));
    }

    /** A room whose game is over: one of two players left. */
    private Room ended() {
        Room room = api.open(2, "classic");
        Api.Seated one = api.seat(room, "One");
        api.seat(room, "Two");
        api.post("rooms/" + room.code() + "/leave", "", one.header());
        return room;
    }

    private List<String> codes(String path) {
        return LudoJson.readList(api.get(path).list(), Room.class).stream()
                .map(room -> room.code().value())
                .toList();
    }

    private static List<String> codesOf(Room... rooms) {
        return List.of(rooms).stream().map(room -> room.code().value()).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status=open", "status=", "status=unknown", "status=WAITING", "status=waiting&status=ended"})
    void anUnknownStatusIsRefused(String query) {
        Api.Reply reply = api.get("rooms?" + query);
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of("status")));
    }

    @Test
    void aCodeMayBeInLowerCase() {
        Room room = api.open(2, "classic");
        String path = "rooms/" + room.code().value().toLowerCase(Locale.ROOT);
        assertThat(api.get(path).as(Room.class), is(room));
        assertThat(api.post(path + "/start", "").outcome(), is("409 NOT_ENOUGH_PLAYERS"));
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "POST, /join", "POST, /leave", "POST, /start"})
    void aCodeThatIsNoneIsRefusedAndOneThatIsNobodysIsNotFound(String method, String rest) {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        String body = rest.equals("/join") ? "{\"playerId\":\"" + ann.playerId() + "\"}" : "";
        for (String code : List.of("ABC", "ABCDEFGHJKLMN", "AB-CD", "AB%20CD", "%C3%84BCD")) {
            Api.Reply reply = api.call(method, "rooms/" + code + rest, body, ann.header());
            assertThat(code, reply.outcome(), is("422 VALIDATION_FAILED"));
            assertThat(code, reply.fields(), is(List.of("code")));
        }
        for (String code : List.of("ABCD", "abcdefghjklm", "0000")) {
            assertThat(
                    code,
                    api.call(method, "rooms/" + code + rest, body, ann.header()).outcome(),
                    is("404 ROOM_NOT_FOUND"));
        }
    }

    @Test
    void playersSitInJoiningOrderAndHaveNoColourYet() {
        Room room = api.open(4, "classic");
        PlayerId ann = api.register("Ann").playerId();
        PlayerId bob = api.register("Bob").playerId();
        api.join(room, bob);
        Joined joined = api.join(room, ann);
        assertThat(joined.playerId(), is(ann));
        assertThat(joined.room().playerCount(), is(2));
        assertThat(
                joined.room().players(),
                is(List.of(
                        new RoomPlayer(bob, "Bob", Optional.empty(), false),
                        new RoomPlayer(ann, "Ann", Optional.empty(), false))));
    }

    @Test
    void whoJoinsMustBeNamedAndKnown() {
        Room room = api.open(4, "classic");
        Api.Reply unnamed = api.post("rooms/" + room.code() + "/join", "");
        assertThat(unnamed.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(unnamed.fields(), is(List.of("playerId")));
        assertThat(api.tryJoin(room, PlayerId.of("plr_nobody00")).outcome(), is("404 PLAYER_NOT_FOUND"));
        assertThat(api.room(room).playerCount(), is(0));
    }

    @ParameterizedTest
    @CsvSource({"2, RED YELLOW", "3, RED GREEN YELLOW", "4, RED GREEN YELLOW BLUE"})
    void theJoinThatFillsARoomStartsItAndDealsTheColours(int count, String colors) {
        Room room = api.open(count, "classic");
        for (int i = 1; i < count; i++) {
            assertThat(api.join(room, api.register("P" + i).playerId()).room().status(), is(RoomStatus.WAITING));
        }
        Room full = api.join(room, api.register("Last").playerId()).room();
        assertThat(full.status(), is(RoomStatus.PLAYING));
        assertThat(full.gameId().isPresent(), is(true));
        List<Color> expected =
                List.of(colors.split(" ", -1)).stream().map(Color::valueOf).toList();
        assertThat(full.players().stream().map(p -> p.color().orElseThrow()).toList(), is(expected));
        assertThat(api.state(room).players().stream().map(p -> p.color()).toList(), is(expected));
    }

    @Test
    void aRoomIsStartedByHandFromTwoPlayersOnAndOnce() {
        Room room = api.open(4, "classic");
        String start = "rooms/" + room.code() + "/start";
        api.seat(room, "Ann");
        assertThat(api.post(start, "").outcome(), is("409 NOT_ENOUGH_PLAYERS"));
        api.seat(room, "Bob");
        Room started = api.post(start, "").as(Room.class);
        assertThat(started.status(), is(RoomStatus.PLAYING));
        assertThat(api.post(start, "").outcome(), is("409 ALREADY_STARTED"));
    }

    @Test
    void aGameThatIsOnTakesBackOnlyItsOwn() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        api.seat(room, "Bob");
        Registration eve = api.register("Eve");
        assertThat(api.tryJoin(room, eve.playerId()).outcome(), is("409 ALREADY_STARTED"));
        assertThat(api.tryJoin(room, ann.playerId()).outcome(), is("200"));
    }

    @Test
    void anEndedRoomTakesNobodyAndAClosedOneNeither() {
        Room room = ended();
        PlayerId eve = api.register("Eve").playerId();
        PlayerId own = api.room(room).players().getFirst().playerId();
        String start = "rooms/" + room.code() + "/start";
        assertThat(api.tryJoin(room, eve).outcome(), is("409 GAME_OVER"));
        assertThat(api.tryJoin(room, own).outcome(), is("409 GAME_OVER"));
        assertThat(api.post(start, "").outcome(), is("409 GAME_OVER"));
        ludo.advance(RoomLife.ENDED);
        assertThat(api.tryJoin(room, eve).outcome(), is("409 ROOM_CLOSED"));
        assertThat(api.tryJoin(room, own).outcome(), is("409 ROOM_CLOSED"));
        assertThat(api.post(start, "").outcome(), is("409 ROOM_CLOSED"));
    }

    @Test
    void whoLeavesAWaitingRoomMakesPlace() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Room left =
                api.post("rooms/" + room.code() + "/leave", "", ann.header()).as(Room.class);
        assertThat(left.status(), is(RoomStatus.WAITING));
        assertThat(left.players(), is(List.of()));
        api.seat(room, "Bob");
        assertThat(api.join(room, ann.playerId()).room().status(), is(RoomStatus.PLAYING));
        assertThat(
                ludo.messages(room.code()).stream().map(m -> m.event().type()).toList(),
                is(List.of(
                        "room:player-joined",
                        "room:player-left",
                        "room:player-joined",
                        "room:player-joined",
                        "game:started",
                        "game:turn-change")));
    }

    @Test
    void everyRoomHasACodeOfItsOwn() {
        List<String> codes = IntStream.range(0, 100)
                .mapToObj(i -> api.open(2, "classic").code().value())
                .distinct()
                .toList();
        assertThat(codes.size(), is(100));
    }
}
