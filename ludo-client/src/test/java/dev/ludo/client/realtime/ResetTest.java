package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.LudoClient;
import dev.ludo.client.realtime.ConnectionEvent.Reconnecting;
import dev.ludo.client.realtime.ConnectionEvent.Resumed;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.GameAt;
import dev.ludo.testkit.Table;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.fault.Stage;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A socket whose connection the API resets, as TCP knows it, is replaced, and what happened is told once. */
@Timeout(60)
class ResetTest {
    @ParameterizedTest
    @EnumSource
    void aResetAroundAMessageLosesNothing(Stage stage) throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (FakeLudo ludo = FakeLudo.start();
                LudoClient client = LudoClient.builder()
                        .baseUri(ludo.baseUri())
                        .apiKey(ludo::apiKey)
                        .build()) {
            Table table = ludo.gameAt(GameAt.players(2));
            RoomConnection room = client.watch(table.room().code())
                    .on(DiceRolled.class, rolled -> told.add("rolled"))
                    .onConnection(
                            Reconnecting.class,
                            lost -> told.add("lost " + lost.cause().code() + ' '
                                    + lost.cause().cause().orElseThrow().getMessage()))
                    .onConnection(Resumed.class, resumed -> told.add("resumed"));
            room.open();
            ludo.faults()
                    .add(new FaultRule(
                            FaultMatch.message("game:dice-rolled"),
                            stage,
                            Fault.reset(),
                            1,
                            0,
                            1,
                            OptionalLong.empty()));
            client.games().roll(table.game().gameId());
            List<String> all = Stream.generate(() -> next(told)).limit(3).toList();
            assertThat(
                    all,
                    is(
                            stage == Stage.AFTER
                                    ? List.of(
                                            "rolled", "lost 1006 java.net.SocketException: Connection reset", "resumed")
                                    : List.of(
                                            "lost 1006 java.net.SocketException: Connection reset",
                                            "resumed",
                                            "rolled")));
            room.close();
            assertThat("nothing else was told", told.isEmpty(), is(true));
        }
    }

    private static String next(BlockingQueue<String> told) {
        try {
            return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing more was told");
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a test", e);
        }
    }
}
