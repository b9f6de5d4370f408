package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.BotPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotsTest extends WithFake {
    private static final Duration PACE = Duration.ofMillis(700);

    private Room ended(Room room) throws InterruptedException {
        return ludo.awaitRoom(room.code(), r -> r.status() == RoomStatus.ENDED, SOON);
    }

    @ParameterizedTest
    @EnumSource
    void botsPlayToTheEndByThemselves(BotPolicy policy) throws InterruptedException {
        Room room = ludo.openRoom(NewRoom.DEFAULT);
        Room seated = ludo.seatBots(room.code(), 4, policy, Duration.ZERO);
        assertThat(seated.playerCount(), is(4));
        assertThat(seated.players().stream().allMatch(p -> p.connected()), is(true));
        ended(room);
        GameState state = api.state(room);
        assertThat(state.ranking().size(), is(4));
        assertThat("nothing had to wait", state.updatedAt().orElseThrow(), is(START));
    }

    @Test
    void manyGamesOfBotsLeaveTheApiFreeToAnswer() throws InterruptedException {
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Room room = ludo.openRoom(NewRoom.DEFAULT);
            rooms.add(room);
            ludo.seatBots(room.code(), 4, BotPolicy.RANDOM, Duration.ZERO);
            assertThat(api.get("rooms/" + room.code()).outcome(), is("200"));
        }
        for (Room room : rooms) {
            ended(room);
        }
    }

    @Test
    void halfTheDelayPassesBeforeTheRollAndHalfBeforeTheMove() {
        Room room = api.open(2, "classic");
        ludo.rollNext(6, 5);
        api.control("POST", "rooms/" + room.code() + "/bots", "{\"count\":2,\"policy\":\"greedy\",\"delayMs\":700}")
                .data();
        ludo.advance(Duration.ofMillis(349));
        assertThat(phase(room), is(TurnPhase.ROLL));
        ludo.advance(Duration.ofMillis(1));
        assertThat(phase(room), is(TurnPhase.MOVE));
        ludo.advance(Duration.ofMillis(349));
        assertThat(phase(room), is(TurnPhase.MOVE));
        ludo.advance(Duration.ofMillis(1));
        assertThat(phase(room), is(TurnPhase.ROLL));
        assertThat(
                api.state(room)
                        .players()
                        .getFirst()
                        .pieces()
                        .getFirst()
                        .position()
                        .value(),
                is(0));
    }

    private TurnPhase phase(Room room) {
        return api.state(room).turn().orElseThrow().phase();
    }

    @Test
    void aMoveComesEveryDelayAndTheClockStepsThroughThem() {
        Room room = api.open(2, "classic");
        ludo.seatBots(room.code(), 2, BotPolicy.CAREFUL, PACE);
        ludo.advance(Duration.ofSeconds(30));
        List<RoomMessage> messages = ludo.messages(room.code());
        List<Instant> rolls = messages.stream()
                .filter(m -> m.event().type().equals("game:dice-rolled"))
                .map(m -> m.sentAt().orElseThrow())
                .toList();
        for (int i = 1; i < rolls.size(); i++) {
            Duration gap = Duration.between(rolls.get(i - 1), rolls.get(i));
            boolean moved = moveBetween(messages, rolls.get(i - 1), rolls.get(i));
            assertThat("after roll " + i, gap, is(moved ? PACE : PACE.dividedBy(2)));
        }
        assertThat(rolls.size() >= 42, is(true));
    }

    private static boolean moveBetween(List<RoomMessage> messages, Instant from, Instant to) {
        return messages.stream()
                .filter(m -> m.event().type().equals("game:piece-moved"))
                .map(m -> m.sentAt().orElseThrow())
                .anyMatch(at -> at.isAfter(from) && at.isBefore(to));
    }

    @Test
    void botsWaitForThePersonsWhoPlayWithThem() {
        Room room = api.open(3, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        ludo.seatBots(room.code(), 2, BotPolicy.RANDOM, Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            ludo.advance(Duration.ZERO);
            GameState state = api.state(room);
            assertThat(state.turn().orElseThrow().playerId(), is(ann.playerId()));
            ludo.rollNext(state.gameId(), 1);
            if (!api.roll(state, ann.header()).legalMoves().isEmpty()) {
                throw new AssertionError("a one lets nothing out");
            }
        }
    }

    @Test
    void whoActsForABotWithTheKeyDoesNotConfuseIt() {
        Room room = api.open(2, "classic");
        ludo.seatBots(room.code(), 2, BotPolicy.GREEDY, PACE);
        GameState state = api.state(room);
        ludo.rollNext(6);
        ludo.advance(Duration.ofMillis(200));
        api.roll(state);
        ludo.advance(Duration.ofMillis(350));
        assertThat("it moves half its delay after the roll", phase(room), is(TurnPhase.ROLL));
        assertThat(
                api.state(room)
                        .players()
                        .getFirst()
                        .pieces()
                        .getFirst()
                        .position()
                        .value(),
                is(0));
    }

    @Test
    void aBotIsNobodyToJoinAs() {
        Room room = api.open(4, "classic");
        Room seated = ludo.seatBots(room.code(), 1, BotPolicy.CAREFUL, Duration.ZERO);
        PlayerId bot = seated.players().getFirst().playerId();
        assertThat(seated.players().getFirst().playerName(), is("Careful bot 1"));
        assertThat(api.get("players/" + bot).as(Player.class).playerName(), is("Careful bot 1"));
        assertThat(api.tryJoin(room, bot).outcome(), is("403 FORBIDDEN"));
    }

    @Test
    void aSlowBotIsLateLikeAnybodyElse() {
        Room room = api.open(2, "classic");
        ludo.seatBots(room.code(), 2, BotPolicy.GREEDY, Duration.ofSeconds(61));
        ludo.advance(Duration.ofSeconds(30));
        assertThat(api.state(room).turn().orElseThrow().number(), is(2));
        assertThat(phase(room), is(TurnPhase.ROLL));
    }

    @Test
    void botsGoWithTheirRoom() throws InterruptedException {
        Room room = ludo.openRoom(NewRoom.DEFAULT);
        PlayerId bot = ludo.seatBots(room.code(), 4, BotPolicy.GREEDY, Duration.ZERO)
                .players()
                .getFirst()
                .playerId();
        ended(room);
        ludo.advance(RoomLife.ENDED.plus(RoomLife.CLOSED));
        assertThat(ludo.room(room.code()).isPresent(), is(false));
        assertThat(api.get("players/" + bot).outcome(), is("404 PLAYER_NOT_FOUND"));
    }

    @Test
    void aRoomHasPlaceForSoManyBots() {
        Room room = api.open(3, "classic");
        api.seat(room, "Ann");
        String bots = "rooms/" + room.code() + "/bots";
        Api.Reply refused = api.control("POST", bots, "{\"count\":3,\"policy\":\"random\"}");
        assertThat(refused.outcome(), is("409 ROOM_FULL"));
        assertThat(refused.fields(), is(List.of("count")));
        assertThat(api.room(room).playerCount(), is(1));
        assertThat(
                api.control("POST", bots, "{\"count\":1,\"policy\":\"random\"}").status(), is(201));
        Api.Reply last = api.control("POST", bots, "{\"count\":1,\"policy\":\"random\"}");
        assertThat("the last seat starts the game", last.as(Room.class).status(), is(RoomStatus.PLAYING));
        assertThat(
                api.control("POST", bots, "{\"count\":1,\"policy\":\"random\"}").outcome(), is("409 ALREADY_STARTED"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1})
    void javaIsToldWhatIsWrongWithTheCount(int count) {
        Room room = ludo.openRoom(NewRoom.DEFAULT);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> ludo.seatBots(room.code(), count, BotPolicy.RANDOM, Duration.ZERO));
        assertThat(e.getMessage(), is("count must be 1 to 4, was " + count));
    }

    @Test
    void javaIsToldWhatIsWrongWithTheRestToo() {
        Room room = ludo.openRoom(NewRoom.DEFAULT);
        for (Duration delay : List.of(Duration.ofMillis(-1), Duration.ofDays(1).plusMillis(1))) {
            assertThrows(IllegalArgumentException.class, () -> ludo.seatBots(room.code(), 1, BotPolicy.RANDOM, delay));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ludo.seatBots(RoomCode.of("AAAA"), 1, BotPolicy.RANDOM, Duration.ZERO));
        ludo.seatBots(room.code(), 3, BotPolicy.RANDOM, Duration.ZERO);
        IllegalStateException e = assertThrows(
                IllegalStateException.class, () -> ludo.seatBots(room.code(), 2, BotPolicy.RANDOM, Duration.ZERO));
        assertThat(e.getMessage(), is("room " + room.code() + " has 1 free seats, not 2"));
    }
}
