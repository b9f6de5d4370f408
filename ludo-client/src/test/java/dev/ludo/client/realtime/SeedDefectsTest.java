package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.client.realtime.ConnectionEvent.Reconnecting;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Defects that clients of this API have had, one test each, so that this one never gets them. */
@Timeout(60)
class SeedDefectsTest {
    private final PeerServer server;
    private final RoomSockets sockets;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    SeedDefectsTest() throws IOException {
        server = new PeerServer();
        sockets = server.sockets().sleeper(howLong -> {}).build();
    }

    @AfterEach
    void stop() throws IOException {
        sockets.close();
        server.close();
    }

    private String told() throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
    }

    private RoomConnection join() {
        return sockets.join(RoomCode.of("K7Q2MX"), Secret.of("pt_0123456789"))
                .on(RoomEvent.DiceRolled.class, e -> told.add("a " + e.value()))
                .onConnection(Reconnecting.class, e -> told.add("reconnecting " + e.attempt()))
                .onConnection(Closed.class, e -> told.add("closed " + e.code()));
    }

    private Peer open(RoomConnection connection) throws Exception {
        FutureTask<RoomEvent.RoomJoined> opened = new FutureTask<>(connection::open);
        Thread.ofVirtual().start(opened);
        Peer peer = server.peer();
        peer.expect("room:join");
        peer.say(Peer.JOINED);
        opened.get(20, TimeUnit.SECONDS);
        return peer;
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
