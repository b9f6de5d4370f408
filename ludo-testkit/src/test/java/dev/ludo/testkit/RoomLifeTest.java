package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.event.RoomEvent.RoomClosed;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.TurnReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomLifeTest extends WithFake {
    @Test
    void aRoomThatNobodyStartsClosesAfterHalfAnHour() {
        Room room = api.open(4, "classic");
        api.seat(room, "Ann");
        api.seat(room, "Bob");
        ludo.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(api.room(room).status(), is(RoomStatus.WAITING));
        ludo.advance(Duration.ofMillis(1));
        assertThat(api.room(room).status(), is(RoomStatus.CLOSED));
        assertThat(lastEvents(room, 1), is(List.of(new RoomClosed(Optional.of("nobody started the game")))));
    }

    @Test
    void aStartedRoomDoesNotCloseWhileItIsPlayedIn() {
        Room room = api.open(2, "classic");
        api.seat(room, "Ann");
        api.seat(room, "Bob");
        GameState state = api.state(room);
        for (int i = 0; i < 120; i++) {
            ludo.rollNext(1);
            api.roll(state);
            ludo.advance(Duration.ofSeconds(29));
        }
        assertThat(api.room(room).status(), is(RoomStatus.PLAYING));
    }

    @Test
    void aRoomClosesAMinuteAfterItsGame() {
        Room room = endedWithOneLeft();
        ludo.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThat(api.room(room).status(), is(RoomStatus.ENDED));
        ludo.advance(Duration.ofMillis(1));
        assertThat(api.room(room).status(), is(RoomStatus.CLOSED));
    }

    private Room endedWithOneLeft() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        api.seat(room, "Bob");
        leave(room, ann);
        return room;
    }

    private Api.Reply leave(Room room, Api.Seated who) {
        return api.post("rooms/" + room.code() + "/leave", "", who.header());
    }

    @Test
    void anEndedRoomClosesWithItsLastSeat() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        assertThat(leave(room, ann).as(Room.class).status(), is(RoomStatus.ENDED));
        assertThat(leave(room, bob).as(Room.class).status(), is(RoomStatus.CLOSED));
        assertThat(
                lastEvents(room, 2),
                is(List.of(
                        new PlayerLeft(bob.playerId(), "Bob", 0), new RoomClosed(Optional.of("everybody has left")))));
    }

    @Test
    void aClosedRoomIsReadableForTenMinutesAndThenForgotten() {
        Room room = endedWithOneLeft();
        GameState state = api.state(room);
        ludo.advance(RoomLife.ENDED.plus(Duration.ofMinutes(10)).minusMillis(1));
        assertThat(api.room(room).status(), is(RoomStatus.CLOSED));
        assertThat(api.get("games/" + state.gameId() + "/state").outcome(), is("200"));
        ludo.advance(Duration.ofMillis(1));
        assertThat(api.get("rooms/" + room.code()).outcome(), is("404 ROOM_NOT_FOUND"));
        assertThat(api.get("games/" + state.gameId() + "/state").outcome(), is("404 GAME_NOT_FOUND"));
        assertThat(ludo.rooms(), is(List.of()));
    }

    @Test
    void aClosedRoomCannotBeLeft() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        ludo.advance(RoomLife.UNSTARTED);
        assertThat(leave(room, ann).outcome(), is("409 ROOM_CLOSED"));
    }

    @Test
    void whoLeavesAGameOfTwoLosesIt() {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        leave(room, ann);
        GameState state = api.state(room);
        assertThat(state.status(), is(GameStatus.ENDED));
        assertThat(state.turn(), is(Optional.empty()));
        assertThat(state.winnerId(), is(Optional.of(bob.playerId())));
        assertThat(state.ranking(), is(List.of(bob.playerId(), ann.playerId())));
        assertThat(
                lastEvents(room, 2),
                is(List.of(
                        new PlayerLeft(ann.playerId(), "Ann", 1),
                        new GameEnded(bob.playerId(), List.of(bob.playerId(), ann.playerId())))));
        assertThat(api.tryRoll(state).outcome(), is("409 GAME_OVER"));
        assertThat(api.tryMove(state, "red-0", 0).outcome(), is("409 GAME_OVER"));
        assertThat(api.tryRoll(state, bob.header()).outcome(), is("409 GAME_OVER"));
    }

    @Test
    void aGameOfThreeGoesOnWithoutTheOneWhoLeaves() {
        Room room = api.open(3, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        api.seat(room, "Cid");
        GameState state = api.state(room);
        ludo.rollNext(6, 1);
        api.roll(state);
        api.tryMove(state, "red-2", 0);
        api.roll(state);
        assertThat(leave(room, ann).as(Room.class).playerCount(), is(2));
        PieceId red2 = PieceId.of(Color.RED, 2);
        assertThat(
                lastEvents(room, 3),
                is(List.of(
                        new PlayerLeft(ann.playerId(), "Ann", 2),
                        new PieceMoved(
                                red2,
                                Position.YARD,
                                Optional.of(ann.playerId()),
                                Optional.of(Position.of(0)),
                                MoveCause.LEFT,
                                Optional.empty()),
                        new TurnChange(bob.playerId(), TurnReason.LEFT))));
        GameState after = api.state(room);
        assertThat(after.turn().orElseThrow().playerId(), is(bob.playerId()));
        assertThat(
                "the game still knows who played",
                after.player(ann.playerId()).orElseThrow().playerName(),
                is("Ann"));
        assertThat(api.tryJoin(room, ann.playerId()).outcome(), is("409 ALREADY_STARTED"));
    }

    private List<RoomEvent> lastEvents(Room room, int count) {
        List<RoomEvent> all =
                ludo.messages(room.code()).stream().map(RoomMessage::event).toList();
        return all.subList(all.size() - count, all.size());
    }
}
