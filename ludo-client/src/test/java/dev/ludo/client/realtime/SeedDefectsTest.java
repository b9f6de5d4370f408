package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.client.realtime.ConnectionEvent.Reconnecting;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.event.RoomEvent;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Defects that clients of this API have had, one test each, so that this one never gets them. */
class SeedDefectsTest extends PeerTest {
    SeedDefectsTest() throws IOException {}

    @Override
    RoomSocketsBuilder settings() {
        return super.settings().sleeper(howLong -> {});
    }

    private RoomConnection join() {
        return sockets.join(ROOM, TOKEN)
                .on(RoomEvent.DiceRolled.class, e -> told.add("a " + e.value()))
                .onConnection(Reconnecting.class, e -> told.add("reconnecting " + e.attempt()))
                .onConnection(Closed.class, e -> told.add("closed " + e.code()));
    }

    @Test
    void defect5AGameThatLosesItsSocketManyTimesGoesOnAsLongAsSomethingComesInBetween() throws Exception {
        Peer peer = open(join());
        for (int seq = 5; seq < 25; seq++) {
            peer.cut();
            peer = server.peer();
            peer.expect("room:join");
            peer.rejoined(true, seq, "e1", "");
            peer.roll(seq);
            assertThat(told(), is("reconnecting 1"));
            assertThat(told(), is("a " + (seq % 6 + 1)));
        }
    }

    @Test
    void defect5AnApiThatTakesUsInAndThrowsUsOutAgainIsNotAskedForEver() throws Exception {
        Peer peer = open(join());
        for (int attempt = 1; attempt <= 5; attempt++) {
            peer.close(1011, "sick");
            assertThat(told(), is("reconnecting " + attempt));
            peer = server.peer();
            peer.expect("room:join");
            peer.rejoined(true, 4, "e1", "");
        }
        peer.close(1011, "sick");
        assertThat(told(), is("closed 1011"));
    }

    @Test
    void defect6ACleanCloseIsTheEndAndNoReasonToComeBack() throws Exception {
        open(join()).close(1000, "done");
        assertThat(told(), is("closed 1000"));
        assertThat(server.hasNoPeer(), is(true));
    }

    @Test
    void defect7AClosedRoomIsNotComeBackToWhateverTheSocketsEndIs() throws Exception {
        Peer peer = open(join());
        peer.say("{\"type\":\"room:closed\",\"seq\":5}");
        peer.cut();
        assertThat(told(), is("closed 1000"));
        assertThat(server.hasNoPeer(), is(true));
    }

    @Test
    void defect8AHandlerThatThrowsHarmsNeitherTheConnectionNorTheNextHandlerOfItsType() throws Exception {
        RoomConnection connection = join().on(RoomEvent.DiceRolled.class, e -> {
                    throw new IllegalStateException("handler");
                })
                .on(RoomEvent.DiceRolled.class, e -> told.add("again " + e.value()));
        Peer peer = open(connection);
        peer.roll(5);
        peer.roll(6);
        assertThat(told() + told() + told() + told(), is("a 6again 6a 1again 1"));
    }

    @Test
    void defect9ACommandThatCannotBeSentSaysSo() throws Exception {
        RoomConnection connection = join();
        CommandNotSentException early = assertThrows(CommandNotSentException.class, connection::roll);
        assertThat(early.getMessage(), containsString("not open yet"));
        Peer peer = open(connection);
        peer.close(4404, "");
        assertThat(told(), is("closed 4404"));
        assertThrows(CommandNotSentException.class, connection::roll);
    }

    @Test
    void defect10WhatHappenedDuringADropIsDeliveredOrSaidToBeLost() throws Exception {
        RoomConnection connection = join().onConnection(
                        ConnectionEvent.Resynced.class,
                        e -> told.add("lost " + (e.from().orElseThrow().seq() + 1) + " to "
                                + e.to().orElseThrow().seq()));
        Peer peer = open(connection);
        peer.cut();
        peer = server.peer();
        assertThat(peer.expect("room:join").getInt("lastSeq"), is(4));
        peer.rejoined(true, 6, "e1", "");
        peer.roll(5);
        peer.roll(6);
        assertThat(told() + ", " + told() + ", " + told(), is("reconnecting 1, a 6, a 1"));
        peer.cut();
        peer = server.peer();
        peer.expect("room:join");
        peer.rejoined(false, 300, "e1", "");
        assertThat(told() + ", " + told(), is("reconnecting 1, lost 7 to 300"));
    }
}
