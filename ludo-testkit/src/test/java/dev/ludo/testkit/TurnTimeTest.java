package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Turn;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnTimeTest extends WithFake {
    private static final Duration TURN = Duration.ofSeconds(30);

    private record Table(Api api, FakeLudo ludo, Room room, Api.Seated ann, Api.Seated bob, GameState state) {
        Turn turn() {
            return api.state(room).turn().orElseThrow();
        }

        Room now() {
            return api.room(room);
        }

        List<RoomEvent> lastEvents(int count) {
            List<RoomEvent> all =
                    ludo.messages(room.code()).stream().map(RoomMessage::event).toList();
            return all.subList(all.size() - count, all.size());
        }

        /** Ann is late, Bob is not. */
        void missTurns(int count) {
            for (int i = 0; i < count; i++) {
                ludo.advance(TURN);
                ludo.rollNext(1);
                api.roll(state, bob.header());
            }
        }
    }

    private Table begin(int players) {
        Room room = api.open(players, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        for (int i = 2; i < players; i++) {
            api.seat(room, "Player " + i);
        }
        return new Table(api, ludo, room, ann, bob, api.state(room));
    }

    @Test
    void aTurnThatTakesTooLongPasses() {
        Table table = begin(2);
        assertThat(table.turn().deadline(), is(Optional.of(START.plus(TURN))));
        ludo.advance(TURN.minusMillis(1));
        assertThat(table.turn().playerId(), is(table.ann().playerId()));
        ludo.advance(Duration.ofMillis(1));
        assertThat(table.turn().playerId(), is(table.bob().playerId()));
        assertThat(table.turn().deadline(), is(Optional.of(START.plus(TURN).plus(TURN))));
        assertThat(table.lastEvents(1), is(List.of(new TurnChange(table.bob().playerId(), TurnReason.TIMEOUT))));
    }

    @Test
    void aRollThatWasMadeIsLostWithTheTurn() {
        Table table = begin(2);
        ludo.rollNext(6);
        api.roll(table.state());
        assertThat(table.turn().phase(), is(TurnPhase.MOVE));
        ludo.advance(TURN);
        assertThat(table.turn().playerId(), is(table.bob().playerId()));
        assertThat(table.turn().phase(), is(TurnPhase.ROLL));
    }

    @Test
    void theTimeIsThatOfTheWholeTurn() {
        Table table = begin(2);
        ludo.rollNext(6);
        ludo.advance(Duration.ofSeconds(20));
        api.roll(table.state());
        api.tryMove(table.state(), "red-0", 0).data();
        assertThat(
                "she rolls again in the same turn",
                table.turn().playerId(),
                is(table.ann().playerId()));
        assertThat(table.turn().deadline(), is(Optional.of(START.plus(TURN))));
        ludo.advance(Duration.ofSeconds(10));
        assertThat(table.turn().playerId(), is(table.bob().playerId()));
    }

    @Test
    void whoMissesThreeTurnsInARowIsDismissed() {
        Table table = begin(2);
        table.missTurns(2);
        assertThat(table.now().playerCount(), is(2));
        ludo.advance(TURN);
        assertThat(table.now().status(), is(RoomStatus.ENDED));
        assertThat(
                table.now().players().stream().map(p -> p.playerId()).toList(),
                is(List.of(table.bob().playerId())));
        assertThat(
                table.lastEvents(2),
                is(List.of(
                        new PlayerLeft(table.ann().playerId(), "Ann", 1),
                        new GameEnded(
                                table.bob().playerId(),
                                List.of(table.bob().playerId(), table.ann().playerId())))));
        assertThat(api.tryRoll(table.state(), table.ann().header()).outcome(), is("403 FORBIDDEN"));
    }

    @Test
    void whoIsDismissedFromAGameOfThreeIsSkippedFromThenOn() {
        Table table = begin(3);
        for (int i = 0; i < 6; i++) {
            ludo.advance(TURN);
        }
        assertThat(table.turn().playerId(), is(table.ann().playerId()));
        ludo.advance(TURN);
        assertThat(
                table.lastEvents(2),
                is(List.of(
                        new PlayerLeft(table.ann().playerId(), "Ann", 2),
                        new TurnChange(table.bob().playerId(), TurnReason.LEFT))));
        assertThat(table.now().playerCount(), is(2));
    }

    @Test
    void anOwnRollMakesMissedTurnsForgotten() {
        Table table = begin(2);
        table.missTurns(2);
        ludo.rollNext(1, 1);
        api.roll(table.state(), table.ann().header());
        api.roll(table.state(), table.bob().header());
        table.missTurns(2);
        assertThat(table.now().status(), is(RoomStatus.PLAYING));
        ludo.advance(TURN);
        assertThat(table.now().status(), is(RoomStatus.ENDED));
    }

    @Test
    void oneLongStepOfTheClockIsAsManyTurnsAsItHoldsEachAtItsOwnTime() {
        Table table = begin(3);
        ludo.advance(TURN.multipliedBy(5));
        List<RoomMessage> passed = ludo.messages(table.room().code());
        List<RoomMessage> timeouts = passed.subList(passed.size() - 5, passed.size());
        assertThat(
                timeouts.stream().map(m -> m.sentAt().orElseThrow()).toList(),
                is(IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> START.plus(TURN.multipliedBy(i)))
                        .toList()));
        assertThat(table.turn().number(), is(6));
    }

    @Test
    void withoutATurnTimeNobodyIsLate() {
        try (FakeLudo patient = setup().turnTime(Duration.ZERO).start();
                Api calls = new Api(patient)) {
            Room quiet = calls.open(2, "classic");
            calls.seat(quiet, "Ann");
            calls.seat(quiet, "Bob");
            patient.advance(Duration.ofDays(30));
            Turn turn = calls.state(quiet).turn().orElseThrow();
            assertThat(turn.number(), is(1));
            assertThat(turn.deadline(), is(Optional.empty()));
        }
    }
}
