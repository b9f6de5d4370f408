package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysAndTokensTest extends WithFake {
    @ParameterizedTest
    @CsvSource({
        "POST, players",
        "GET, players/me",
        "GET, players/plr_x",
        "GET, rooms",
        "POST, rooms",
        "GET, rooms/AAAAAA",
        "POST, rooms/AAAAAA/join",
        "POST, rooms/AAAAAA/leave",
        "POST, rooms/AAAAAA/start",
        "GET, games/x/state",
        "POST, games/x/roll",
        "POST, games/x/move",
        "GET, nothing",
        "POST, health",
        "HEAD, rooms"
    })
    void everyCallButHealthNeedsTheKey(String method, String path) {
        Api.Reply reply = api.callWithoutKey(method, path, "");
        assertThat(reply.status(), is(401));
        assertThat(reply.header("WWW-Authenticate"), is(Optional.of("Bearer")));
        if (!method.equals("HEAD")) {
            assertThat(reply.failure().code(), is("UNAUTHORIZED"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer lk_test_demO", "Bearer ", "Bearer", "lk_test_demo", "Basic lk_test_demo", "Bearer a b"})
    void anyOtherKeyIsRefused(String authorization) {
        assertThat(
                api.callWithoutKey("GET", "rooms", "", "Authorization", authorization)
                        .outcome(),
                is("401 UNAUTHORIZED"));
    }

    @Test
    void healthNeedsNoKeyAndTheSchemeHasNoCase() {
        Api.Reply health = api.callWithoutKey("GET", "health", "");
        assertThat(health.text(), is("{\"success\":true,\"data\":{\"status\":\"ok\"}}"));
        assertThat(
                api.callWithoutKey("GET", "rooms", "", "Authorization", "bearer lk_test_demo")
                        .outcome(),
                is("200"));
    }

    @Test
    void aSessionTokenSaysWhoIsMe() {
        Registration ann = api.register("Ann");
        api.register("Bob");
        Player me = api.get("players/me", "X-Session-Token", ann.sessionToken().reveal())
                .as(Player.class);
        assertThat(me.playerId(), is(ann.playerId()));
        Api.Reply nobody = api.get("players/me");
        assertThat(nobody.outcome(), is("403 FORBIDDEN"));
        assertThat(nobody.fields(), is(List.of("X-Session-Token")));
    }

    @Test
    void aSessionTokenIsGoodForADay() {
        String token = api.register("Ann").sessionToken().reveal();
        ludo.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(api.get("players/me", "X-Session-Token", token).outcome(), is("200"));
        ludo.advance(Duration.ofSeconds(1));
        assertThat(api.get("players/me", "X-Session-Token", token).outcome(), is("403 FORBIDDEN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Session-Token", "X-Player-Token"})
    void aTokenThatIsGivenIsCheckedWhateverTheCallIs(String header) {
        Room room = api.open(2, "classic");
        Registration ann = api.register("Ann");
        List<Api.Reply> replies = List.of(
                api.get("rooms", header, "nonsense"),
                api.get("rooms/" + room.code(), header, "no nsense"),
                api.get("players/" + ann.playerId(), header, "x.y.z"),
                api.post("rooms", "", header, "nonsense"),
                api.post("players", "{\"playerName\":\"Eve\"}", header, "nonsense"),
                api.post("rooms/" + room.code() + "/join", "{\"playerId\":\"" + ann.playerId() + "\"}", header, "no"),
                api.post("rooms/" + room.code() + "/start", "", header, "nonsense"));
        for (Api.Reply reply : replies) {
            assertThat(reply.outcome(), is("403 FORBIDDEN"));
            assertThat(reply.fields(), is(List.of(header)));
        }
    }

    @Test
    void whoJoinsWithASessionJoinsAsThatPlayer() {
        Room room = api.open(2, "classic");
        Registration ann = api.register("Ann");
        Registration bob = api.register("Bob");
        String join = "{\"playerId\":\"" + ann.playerId() + "\"}";
        String path = "rooms/" + room.code() + "/join";
        Api.Reply refused =
                api.post(path, join, "X-Session-Token", bob.sessionToken().reveal());
        assertThat(refused.outcome(), is("403 FORBIDDEN"));
        assertThat(refused.fields(), is(List.of("X-Session-Token")));
        assertThat(api.room(room).playerCount(), is(0));
        Api.Reply joined =
                api.post(path, join, "X-Session-Token", ann.sessionToken().reveal());
        assertThat(joined.as(Joined.class).playerId(), is(ann.playerId()));
    }

    @Test
    void aPlayerTokenActsForItsSeatOnly() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        GameState state = api.state(room);
        ludo.rollNext(6);
        assertThat(api.tryRoll(state, bob.header()).outcome(), is("409 NOT_YOUR_TURN"));
        assertThat(api.tryRoll(state, "X-Player-Token", "pt_nobody").outcome(), is("403 FORBIDDEN"));
        assertThat(api.tryRoll(state, ann.header()).outcome(), is("200"));
        assertThat(api.tryMove(state, "red-0", 0, bob.header()).outcome(), is("409 NOT_YOUR_TURN"));
        assertThat(api.tryMove(state, "red-0", 0, "X-Player-Token", "pt_nobody").outcome(), is("403 FORBIDDEN"));
        assertThat(api.tryMove(state, "red-0", 0, ann.header()).outcome(), is("200"));
    }

    @Test
    void aPlayerTokenOfAnotherRoomIsNoGoodInThisOne() {
        Room other = api.open(2, "classic");
        Api.Seated eve = api.seat(other, "Eve");
        Room room = api.open(2, "classic");
        api.seat(room, "Ann");
        api.seat(room, "Bob");
        GameState state = api.state(room);
        assertThat(api.tryRoll(state, eve.header()).outcome(), is("403 FORBIDDEN"));
        assertThat(api.tryMove(state, "red-0", 0, eve.header()).outcome(), is("403 FORBIDDEN"));
        assertThat(api.post("rooms/" + room.code() + "/leave", "", eve.header()).outcome(), is("403 FORBIDDEN"));
        assertThat(api.room(room).playerCount(), is(2));
    }

    @Test
    void theKeyAloneActsForWhoeversTurnItIs() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        GameState state = api.state(room);
        ludo.rollNext(1, 6);
        assertThat(state.turn().orElseThrow().playerId(), is(ann.playerId()));
        assertThat(api.roll(state).state().turn().orElseThrow().playerId(), is(bob.playerId()));
        api.roll(state);
        assertThat(api.tryMove(state, "yellow-3", 26).outcome(), is("200"));
    }

    @Test
    void leavingNeedsThePlayersTokenAlways() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        String leave = "rooms/" + room.code() + "/leave";
        Api.Reply refused = api.post(leave, "");
        assertThat(refused.outcome(), is("403 FORBIDDEN"));
        assertThat(refused.fields(), is(List.of("X-Player-Token")));
        assertThat(api.post(leave, "", ann.header()).as(Room.class).playerCount(), is(0));
        assertThat(
                "a token goes with its seat", api.post(leave, "", ann.header()).outcome(), is("403 FORBIDDEN"));
    }

    @Test
    void joiningAgainGivesTheSameSeatAndAFreshTokenInPlaceOfTheOld() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        GameState state = api.state(room);
        Joined again = api.join(room, ann.playerId());
        assertThat(again.playerToken().reveal(), not(ann.token()));
        assertThat(
                again.room().players().stream().map(p -> p.playerId()).toList(),
                is(List.of(ann.playerId(), bob.playerId())));
        assertThat(api.tryRoll(state, ann.header()).outcome(), is("403 FORBIDDEN"));
        assertThat(
                api.tryRoll(state, "X-Player-Token", again.playerToken().reveal())
                        .outcome(),
                is("200"));
    }
}
