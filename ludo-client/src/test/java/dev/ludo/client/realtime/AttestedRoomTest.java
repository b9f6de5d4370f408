package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.LudoClient;
import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.client.realtime.ConnectionEvent.Reconnecting;
import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.client.realtime.RoomNotice.Received;
import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RoomRole;
import dev.ludo.core.model.Secret;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.GameAt;
import dev.ludo.testkit.SeatedPlayer;
import dev.ludo.testkit.Table;
import dev.ludo.testkit.fault.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rooms of an API that has only what is attested: no answer to a join, no numbers, moves over REST. */
@Timeout(60)
class AttestedRoomTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeLudo fake =
            FakeLudo.builder().attestedOnly().turnTime(Duration.ZERO).start();
    private final FaultProxy line = FaultProxy.to(fake.wsUri());
    private final LudoClient client = LudoClient.builder()
            .baseUri(fake.baseUri())
            .wsUri(line.through(fake.wsUri()))
            .apiKey(fake.apiKey().reveal())
            .joinSilence(Duration.ofMillis(50))
            .reconnects(new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 5))
            .build();

    AttestedRoomTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        client.close();
        line.close();
        fake.close();
    }

    private static RoomNotice next(RoomEvents events) {
        return events.poll(SOON).orElseThrow();
    }

    private static RoomEvent told(RoomEvents events) {
        return ((Received) next(events)).message().event();
    }

    private void move(Table table, int position) {
        client.post(
                new Move(PieceId.of(Color.RED, 0), Position.of(position)),
                "/games/{gameId}/move",
                table.game().gameId());
    }

    @Test
    void aQuietRoomIsJoinedAndWhatHappensInItIsToldAlsoAfterAReconnectWithTheState() throws Exception {
        fake.rollNext(2, 3);
        Table table = fake.gameAt(
                GameAt.players(2).piece("red-0", 4).piece("yellow-0", 6).dice(2));
        SeatedPlayer red = table.player(Color.RED);
        RoomConnection room = client.join(table.room().code(), red.playerToken())
                .playing(table.game().gameId());
        RoomEvents events = room.events();
        RoomJoined joined = room.open();
        assertThat(joined.role(), is(RoomRole.PLAYER));
        assertThat(joined.epoch(), is(""));
        assertThat(told(events), is(joined));
        assertThat(room.status(), is(ConnectionStatus.JOINED));
        move(table, 6);
        assertThat(((PieceMoved) told(events)).position(), is(Position.of(6)));
        assertThat(((PieceMoved) told(events)).position(), is(Position.YARD));
        assertThat(((DiceRolled) told(events)).value(), is(2));
        line.resetAll();
        assertThat(next(events), is(instanceOf(Reconnecting.class)));
        Resynced back = (Resynced) next(events);
        assertThat(back.from(), is(Optional.empty()));
        assertThat(back.to(), is(Optional.empty()));
        assertThat(
                back.state()
                        .orElseThrow()
                        .player(red.playerId())
                        .orElseThrow()
                        .pieces()
                        .getFirst()
                        .position(),
                is(Position.of(6)));
        move(table, 8);
        assertThat(((PieceMoved) told(events)).position(), is(Position.of(8)));
        assertThat(told(events), is(instanceOf(TurnChange.class)));
        assertThat(((DiceRolled) told(events)).value(), is(3));
        room.close();
        assertThat(next(events), is(instanceOf(Closed.class)));
    }

    @Test
    void aTokenThatIsRefusedIsNotTakenForSilence() {
        Table table = fake.gameAt(GameAt.players(2));
        RoomConnection room = client.join(table.room().code(), Secret.of("pt_wrong_token_000"));
        CommandRejectedException no = assertThrows(CommandRejectedException.class, room::open);
        assertThat(no.code(), is(ErrorCode.FORBIDDEN));
    }
}
