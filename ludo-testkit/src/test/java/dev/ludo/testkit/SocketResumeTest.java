package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketResumeTest extends WithFake {
    private Room room;
    private Api.Seated ann;
    private GameState start;

    @BeforeEach
    void play() {
        room = api.open(2, "classic");
        ann = api.seat(room, "Ann");
        api.seat(room, "Bob");
        start = api.state(room);
    }

    /** Rolls that move nothing: two broadcasts each. */
    private void pass(int times) {
        for (int i = 0; i < times; i++) {
            ludo.rollNext(1);
            api.roll(start);
        }
    }

    private TestSocket backAt(long lastSeq, String epoch) {
        return TestSocket.watch(ludo, room, ",\"lastSeq\":" + lastSeq + ",\"epoch\":\"" + epoch + '"');
    }

    @Test
    void aPlayerWhoComesBackMissesNothing() {
        List<RoomMessage> seen = new ArrayList<>();
        long last;
        try (TestSocket socket = TestSocket.join(ludo, room, ann, "")) {
            last = socket.joined().seq();
            pass(2);
            for (int i = 0; i < 5; i++) {
                seen.add(socket.next());
            }
            last += 5;
        }
        pass(3);
        try (TestSocket back =
                TestSocket.join(ludo, room, ann, ",\"lastSeq\":" + last + ",\"epoch\":\"" + start.epoch() + '"')) {
            RoomJoined joined = back.joined();
            assertThat(joined.resumed(), is(true));
            assertThat(joined.state(), is(Optional.empty()));
            pass(1);
            long end = joined.seq() + 3;
            for (long seq = last + 1; seq <= end; seq++) {
                seen.add(back.next());
            }
        }
        List<RoomMessage> all = ludo.messages(room.code());
        List<RoomMessage> since = all.subList((int) start.seq(), (int) start.seq() + seen.size());
        assertThat(
                seen.stream().map(m -> m.at().orElseThrow().seq()).toList(),
                is(LongStream.rangeClosed(start.seq() + 1, start.seq() + seen.size())
                        .boxed()
                        .toList()));
        assertThat(
                seen.stream().map(RoomMessage::event).toList(),
                is(since.stream().map(RoomMessage::event).toList()));
    }

    @Test
    void whoMissedNothingIsToldSo() {
        try (TestSocket back = backAt(start.seq(), start.epoch())) {
            RoomJoined joined = back.joined();
            assertThat(joined.resumed(), is(true));
            assertThat(joined.seq(), is(start.seq()));
            pass(1);
            assertThat(back.nextNumbers(2), is(List.of(start.seq() + 1, start.seq() + 2)));
        }
    }

    @Test
    void theLast256BroadcastsCanBeMissedAndNoMore() {
        pass(150);
        long top = api.state(room).seq();
        try (TestSocket back = backAt(top - 256, start.epoch())) {
            RoomJoined joined = back.joined();
            assertThat(joined.resumed(), is(true));
            assertThat(
                    back.nextNumbers(256),
                    is(LongStream.rangeClosed(top - 255, top).boxed().toList()));
        }
        try (TestSocket back = backAt(top - 257, start.epoch())) {
            assertStartsAnew(back, top);
        }
    }

    /** It gets the state instead of what it missed, and all that comes after. */
    private void assertStartsAnew(TestSocket back, long top) {
        RoomJoined joined = back.joined();
        assertThat(joined.resumed(), is(false));
        assertThat(joined.seq(), is(top));
        assertThat(joined.state().map(GameState::seq), is(Optional.of(top)));
        pass(1);
        assertThat(back.nextNumbers(2), is(List.of(top + 1, top + 2)));
    }

    @Test
    void anUnknownHistoryIsNotResumed() {
        try (TestSocket back = backAt(2, "another")) {
            assertStartsAnew(back, start.seq());
        }
    }

    @Test
    void aNumberWithoutAHistoryIsNotResumed() {
        try (TestSocket back = TestSocket.watch(ludo, room, ",\"lastSeq\":2")) {
            assertStartsAnew(back, start.seq());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 1000, Long.MAX_VALUE})
    void aNumberAboveTheTopIsNotResumed(long lastSeq) {
        try (TestSocket back = backAt(lastSeq, start.epoch())) {
            assertStartsAnew(back, start.seq());
        }
    }

    @Test
    void whoHasSeenNothingIsToldAllFromTheBeginning() {
        try (TestSocket back = backAt(0, start.epoch())) {
            RoomJoined joined = back.joined();
            assertThat(joined.resumed(), is(true));
            assertThat(joined.state(), is(Optional.empty()));
            assertThat(
                    back.nextNumbers((int) start.seq()),
                    is(LongStream.rangeClosed(1, start.seq()).boxed().toList()));
        }
        pass(150);
        try (TestSocket back = backAt(0, start.epoch())) {
            assertStartsAnew(back, api.state(room).seq());
        }
    }
}
