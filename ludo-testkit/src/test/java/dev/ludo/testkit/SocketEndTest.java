package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.event.RoomEvent.RoomClosed;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketEndTest extends WithFake {
    private Room room;
    private Api.Seated ann;
    private Api.Seated bob;

    @BeforeEach
    void seatTwo() {
        room = api.open(3, "classic");
        ann = api.seat(room, "Ann");
        bob = api.seat(room, "Bob");
    }

    private TestSocket watcher() {
        TestSocket watcher = TestSocket.watch(ludo, room, "");
        watcher.joined();
        return watcher;
    }

    private TestSocket player(Api.Seated who) {
        TestSocket player = TestSocket.join(ludo, room, who, "");
        player.joined();
        return player;
    }

    @Test
    void whoDoesNotJoinWithinTenSecondsIsClosed() {
        try (TestSocket silent = TestSocket.open(ludo);
                TestSocket watcher = watcher()) {
            ludo.advance(Duration.ofSeconds(10).minusMillis(1));
            try (TestSocket late = TestSocket.open(ludo)) {
                ludo.advance(Duration.ofMillis(1));
                silent.endsWith(4408);
                late.send("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
                late.joined();
            }
            watcher.send("{\"type\":\"ping\"}");
            watcher.next();
        }
    }

    @Test
    void aRoomThatIsNotThereCannotBeJoined() {
        try (TestSocket socket = TestSocket.open(ludo)) {
            socket.send("{\"type\":\"room:watch\",\"roomCode\":\"ZZZZ\"}");
            socket.endsWith(4404);
        }
        try (TestSocket socket = TestSocket.open(ludo)) {
            socket.send("{\"type\":\"room:join\",\"roomCode\":\"ZZZZ\",\"playerToken\":\"" + ann.token() + "\"}");
            socket.endsWith(4404);
        }
    }

    @Test
    void aTokenMustBeOneOfTheRoomAndTheNewest() {
        Room other = api.open(2, "classic");
        for (Api.Seated bad : List.of(new Api.Seated(ann.playerId(), "pt_nobody"), api.seat(other, "Eve"))) {
            try (TestSocket socket = TestSocket.join(ludo, room, bad, "")) {
                socket.endsWith(4403);
            }
        }
        String fresh = api.join(room, ann.playerId()).playerToken().reveal();
        try (TestSocket socket = TestSocket.join(ludo, room, ann, "")) {
            socket.endsWith(4403);
        }
        player(new Api.Seated(ann.playerId(), fresh)).close();
    }

    @Test
    void aPlayersSecondSocketTakesThePlaceOfTheFirst() {
        try (TestSocket watcher = watcher();
                TestSocket first = player(ann)) {
            first.next(PlayerConnection.class);
            assertThat(watcher.nextEvent(), is(new PlayerConnection(ann.playerId(), true)));
            try (TestSocket second = player(ann)) {
                first.endsWith(4409);
                assertThat(api.room(room).players().getFirst().connected(), is(true));
                second.send("{\"type\":\"room:leave\"}");
                second.end();
            }
            assertThat(
                    "nothing was told of the change",
                    watcher.nextEvent(),
                    is(new PlayerLeft(ann.playerId(), "Ann", 1)));
        }
    }

    @Test
    void aPlayersComingAndGoingIsTold() {
        try (TestSocket watcher = watcher()) {
            TestSocket player = player(bob);
            assertThat(watcher.nextEvent(), is(new PlayerConnection(bob.playerId(), true)));
            assertThat(connected(), is(List.of(false, true)));
            player.raw().sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
            assertThat(watcher.nextEvent(), is(new PlayerConnection(bob.playerId(), false)));
            assertThat(connected(), is(List.of(false, false)));
            assertThat("the close is answered with its code", player.endCode(), is(1000));
            player.close();
            TestSocket another = player(bob);
            assertThat(watcher.nextEvent(), is(new PlayerConnection(bob.playerId(), true)));
            another.close();
            assertThat("without a close", watcher.nextEvent(), is(new PlayerConnection(bob.playerId(), false)));
        }
    }

    private List<Boolean> connected() {
        return api.room(room).players().stream().map(p -> p.connected()).toList();
    }

    @Test
    void aRoomThatClosesSaysSoAndEndsAllSockets() {
        try (TestSocket watcher = watcher();
                TestSocket player = player(ann)) {
            watcher.next();
            player.next();
            ludo.advance(Duration.ofMinutes(30));
            for (TestSocket socket : List.of(watcher, player)) {
                assertThat(socket.nextEvent(), is(new RoomClosed(Optional.of("nobody started the game"))));
                socket.endsWith(1000);
            }
        }
        assertThat(connected(), is(List.of(false, false)));
        assertThat(
                "room:closed is the last word",
                ludo.messages(room.code()).getLast().event(),
                is(new RoomClosed(Optional.of("nobody started the game"))));
    }

    @Test
    void aClosedRoomTellsWhatWasMissedAndIsClosedAgain() {
        String epoch;
        long seq;
        try (TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            RoomJoined joined = watcher.joined();
            epoch = joined.epoch();
            seq = joined.seq();
        }
        ludo.advance(Duration.ofMinutes(30));
        try (TestSocket back = TestSocket.watch(ludo, room, ",\"lastSeq\":" + seq + ",\"epoch\":\"" + epoch + '"')) {
            assertThat(back.joined().resumed(), is(true));
            back.next(RoomClosed.class);
            back.endsWith(1000);
        }
        try (TestSocket late = TestSocket.watch(ludo, room, "")) {
            assertThat(late.joined().room().orElseThrow().status(), is(RoomStatus.CLOSED));
            late.endsWith(1000);
        }
        ludo.advance(Duration.ofMinutes(10));
        try (TestSocket never = TestSocket.watch(ludo, room, "")) {
            never.endsWith(4404);
        }
    }

    @Test
    void theLastPlayerWhoLeavesAnEndedRoomIsToldSoFirst() {
        Room two = api.open(2, "classic");
        Api.Seated cid = api.seat(two, "Cid");
        Api.Seated dan = api.seat(two, "Dan");
        api.post("rooms/" + two.code() + "/leave", "", cid.header());
        try (TestSocket last = TestSocket.join(ludo, two, dan, "");
                TestSocket watcher = TestSocket.watch(ludo, two, "")) {
            last.joined();
            last.next(PlayerConnection.class);
            watcher.joined();
            last.send("{\"type\":\"room:leave\"}");
            assertThat(last.next().event().type(), is("room:left"));
            last.endsWith(1000);
            assertThat(
                    watcher.rest().stream().map(m -> m.event().type()).toList(),
                    is(List.of("room:player-left", "room:closed")));
        }
    }

    @Test
    void closingTheFakeClosesAllSocketsAtOnce() {
        List<TestSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(i % 2 == 0 ? watcher() : TestSocket.open(ludo));
        }
        assertThat(ludo.openSockets(), is(20));
        ludo.close();
        sockets.forEach(socket -> socket.endsWith(1001));
        assertThat(ludo.openSockets(), is(0));
        sockets.forEach(TestSocket::close);
    }

    @Test
    void aResetClosesAllSocketsAndLetsNewOnesIn() {
        try (TestSocket player = player(ann);
                TestSocket silent = TestSocket.open(ludo)) {
            player.next();
            ludo.reset();
            player.endsWith(1001);
            silent.endsWith(1001);
        }
        room = api.open(3, "classic");
        ann = api.seat(room, "Ann");
        try (TestSocket player = player(ann)) {
            RoomMessage first = player.next();
            assertThat(first.event(), is(new PlayerConnection(ann.playerId(), true)));
            assertThat(first.at().orElseThrow().seq(), is(2L));
        }
    }

    @Test
    void aClosedFakeTakesNoSockets() {
        ludo.close();
        assertThrows(CompletionException.class, () -> TestSocket.open(ludo));
    }
}
