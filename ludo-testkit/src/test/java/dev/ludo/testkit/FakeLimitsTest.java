package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomEvent.Pong;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import dev.ludo.core.rules.Dice;
import dev.ludo.core.rules.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FakeLimitsTest {
    private static FakeLudoBuilder setup() {
        return FakeLudo.builder().clock(VirtualClock.manual(WithFake.START));
    }

    @Test
    void theFreeTierTakesAHundredCallsAMinute() {
        try (FakeLudo ludo = setup().freeTier().start();
                Api api = new Api(ludo)) {
            for (int i = 0; i < 100; i++) {
                assertThat(api.get("health").status(), is(200));
                assertThat(api.get("rooms").status(), is(200));
            }
            assertThat(api.get("rooms").outcome(), is("429 RATE_LIMITED"));
            ludo.advance(Duration.ofMinutes(1));
            assertThat(api.get("rooms").header("X-RateLimit-Limit"), is(Optional.of("100")));
        }
    }

    @Test
    void aSocketThatSendsTooMuchIsClosedAndMaySendAgainInTheNextWindow() {
        try (FakeLudo ludo = setup().messageLimit(3).start()) {
            Room room = ludo.openRoom();
            try (TestSocket socket = TestSocket.watch(ludo, room, "");
                    TestSocket patient = TestSocket.watch(ludo, room, "")) {
                socket.joined();
                patient.joined();
                for (int i = 0; i < 2; i++) {
                    socket.send("{\"type\":\"ping\"}");
                    socket.next(Pong.class);
                    patient.send("{\"type\":\"ping\"}");
                    patient.next(Pong.class);
                }
                socket.raw().sendPing(java.nio.ByteBuffer.allocate(0)).join();
                socket.pong();
                socket.send("{\"type\":\"ping\"}");
                socket.endsWith(4429);
                ludo.advance(Duration.ofSeconds(20));
                patient.send("{\"type\":\"ping\"}");
                patient.next(Pong.class);
            }
        }
    }

    @Test
    void soManyBroadcastsAreKeptAsTheFakeIsTold() {
        try (FakeLudo ludo = setup().resumeWindow(2).start();
                Api api = new Api(ludo)) {
            Room room = ludo.openRoom();
            api.seat(room, "Ann");
            api.seat(room, "Bob");
            api.seat(room, "Cid");
            assertThat(ludo.messages(room.code()).size(), is(2));
            String epoch;
            try (TestSocket socket = TestSocket.watch(ludo, room, "")) {
                epoch = socket.joined().epoch();
            }
            assertThat(resumed(ludo, room, 1, epoch), is(true));
            assertThat(resumed(ludo, room, 0, epoch), is(false));
        }
    }

    private static boolean resumed(FakeLudo ludo, Room room, long last, String epoch) {
        try (TestSocket socket = TestSocket.watch(ludo, room, ",\"lastSeq\":" + last + ",\"epoch\":\"" + epoch + '"')) {
            return socket.next(RoomJoined.class).resumed();
        }
    }

    @Test
    void aClosedRoomMakesWayForANewOneAndOpenOnesDoNot() {
        try (FakeLudo ludo = setup().maxRooms(2).start();
                Api api = new Api(ludo)) {
            Room first = ludo.openRoom();
            Room second = ludo.openRoom();
            Api.Reply refused = api.post("rooms", "");
            assertThat(refused.outcome(), is("503 UNAVAILABLE"));
            assertThrows(IllegalStateException.class, ludo::openRoom);
            ludo.advance(Duration.ofMinutes(30));
            Room third = ludo.openRoom();
            assertThat(api.get("rooms/" + first.code()).outcome(), is("404 ROOM_NOT_FOUND"));
            assertThat(ludo.rooms().stream().map(Room::code).toList(), is(List.of(second.code(), third.code())));
            assertThat(ludo.openRoom().equals(third), is(false));
            ludo.advance(Duration.ofMinutes(10));
            assertThat(ludo.rooms().size(), is(2));
        }
    }

    @Test
    void otherRulesAndDiceCanBePlayed() {
        RuleSet withOnes = RuleSet.classic().toBuilder().exitRolls(1).build();
        try (FakeLudo ludo = setup().rules(withOnes)
                        .rules(GameMode.QUICK, RuleSet.quick())
                        .dice(() -> Dice.scripted(1, 5))
                        .start();
                Api api = new Api(ludo)) {
            for (int i = 0; i < 2; i++) {
                Table table = ludo.gameAt(GameAt.players(2));
                assertThat(api.roll(table.game()).value(), is(1));
                api.tryMove(table.game(), "red-2", 0).data();
                assertThat(api.roll(table.game()).legalMoves(), is(List.of()));
                assertThat("the dice have no more", api.tryRoll(table.game()).outcome(), is("500 INTERNAL"));
            }
            Table quick = ludo.gameAt(GameAt.players(2).mode(GameMode.QUICK));
            assertThat(quick.game().players().getFirst().pieces().getFirst().position(), is(Position.of(0)));
            ludo.reseed(42);
            assertThat(api.roll(ludo.gameAt(GameAt.players(2)).game()).value(), is(4));
        }
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        FakeLudoBuilder builder = FakeLudo.builder();
        assertThat(refusal(() -> builder.messageLimit(-1)), is("messageLimit must not be negative, was -1"));
        assertThat(refusal(() -> builder.resumeWindow(-1)), is("resumeWindow must not be negative, was -1"));
        assertThat(refusal(() -> builder.socketBuffer(0)), is("socketBuffer must be at least 1, was 0"));
        assertThat(refusal(() -> builder.maxRooms(0)), is("maxRooms must be at least 1, was 0"));
    }

    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
