package dev.ludo.testkit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.RollResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Coming back to a room after a connection was lost. Section 2 of the contract, Resume. */
public abstract class ResumeTck extends TckSuite {
    /** For subclasses. */
    protected ResumeTck() {}

    private Socket back(Table table, long lastSeq, String epoch) {
        return socket(table)
                .send("{\"type\":\"room:watch\",\"roomCode\":\"" + table.code() + "\",\"lastSeq\":" + lastSeq
                        + ",\"epoch\":\"" + epoch + "\"}");
    }

    @TckCase("2: Resume, resumed:true")
    void whoComesBackIsToldWhatWasMissed() {
        Table table = playing(2, GameMode.CLASSIC);
        Socket stayed = watching(table);
        long seen = stayed.event(RoomJoined.class).seq();
        GameState before = table.state();
        RollResult rolled = table.rollUntilMovable(before);
        int missed = (int) (rolled.state().seq() - seen);
        List<RoomEvent> all = stayed.broadcasts(missed);
        Socket back = back(table, seen, before.epoch());
        RoomJoined joined = back.event(RoomJoined.class);
        assertEquals(true, joined.resumed());
        assertEquals(rolled.state().seq(), joined.seq());
        List<Long> numbers = new ArrayList<>();
        List<RoomEvent> events = new ArrayList<>();
        for (int i = 0; i < missed; i++) {
            Socket.Told told = back.nextBroadcast();
            numbers.add(told.seq());
            events.add(told.event());
        }
        assertEquals(LongStream.rangeClosed(seen + 1, seen + missed).boxed().toList(), numbers);
        assertEquals(all, events, "what was missed must come as it was told");
    }

    @TckCase("2: Resume, nothing missed")
    void whoMissedNothingIsResumedWithNothing() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.state();
        Socket back = back(table, state.seq(), state.epoch());
        RoomJoined joined = back.event(RoomJoined.class);
        assertEquals(true, joined.resumed());
        assertEquals(state.seq(), joined.seq());
        table.roll(state);
        assertEquals(state.seq() + 1, back.nextBroadcast().seq());
    }

    @TckCase("2: Resume, nothing seen")
    void whoHasSeenNothingIsToldAllFromTheBeginning() {
        Table table = table(2, GameMode.CLASSIC);
        RoomJoined first = watching(table).event(RoomJoined.class);
        assertEquals(0, first.seq(), "nothing has happened in the room yet");
        table.seat("Ann");
        Socket back = back(table, 0, first.epoch());
        assertEquals(true, back.event(RoomJoined.class).resumed());
        assertEquals(1, back.nextBroadcast().seq());
    }

    @TckCase("2: Resume, a player")
    void aPlayerComesBackToTheSeat() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.state();
        Table.Seat seat = table.seat(1);
        Socket back = socket(table)
                .send("{\"type\":\"room:join\",\"roomCode\":\"" + table.code() + "\",\"playerToken\":\""
                        + seat.token().reveal() + "\",\"lastSeq\":" + (state.seq() - 1) + ",\"epoch\":\""
                        + state.epoch() + "\"}");
        RoomJoined joined = back.event(RoomJoined.class);
        assertEquals(true, joined.resumed());
        assertEquals(Optional.of(seat.playerId()), joined.playerId());
        assertEquals(state.seq(), back.nextBroadcast().seq());
    }

    @TckCase("2: Resume, resumed:false")
    void anotherHistoryIsNotResumedButToldAnew() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.state();
        assertAnew(state, back(table, 1, "another-epoch"));
        assertAnew(state, back(table, state.seq() + 5, state.epoch()));
        table.roll(state);
    }

    private static void assertAnew(GameState state, Socket back) {
        RoomJoined joined = back.event(RoomJoined.class);
        assertEquals(false, joined.resumed());
        assertEquals(state.seq(), joined.seq());
        assertEquals(Optional.of(state), joined.state());
    }

    @TckCase("2: Resume, a first join")
    void aFirstJoinIsNoResume() {
        Table table = playing(2, GameMode.CLASSIC);
        assertAnew(table.state(), watching(table));
    }

    @TckCase(value = "2: Resume, at least 256 broadcasts a room", needs = TckFeature.LONG_CASES)
    void theLast256BroadcastsCanBeMissed() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState state = table.state();
        long seen = state.seq();
        while (state.seq() < seen + 256) {
            RollResult rolled = table.roll(state);
            state = rolled.legalMoves().isEmpty()
                    ? rolled.state()
                    : table.move(rolled.state(), rolled.legalMoves().getFirst())
                            .state()
                            .orElseThrow();
        }
        Socket back = back(table, state.seq() - 256, state.epoch());
        assertEquals(true, back.event(RoomJoined.class).resumed());
        for (long seq = state.seq() - 255; seq <= state.seq(); seq++) {
            assertEquals(seq, back.nextBroadcast().seq());
        }
    }
}
