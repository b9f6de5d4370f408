package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.rules.RuleSet.HomeEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BotPolicyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // captures before all else, and more before fewer
                "0: 15 54 40 0, 1: 7 0 0 0              | 5 | 0",
                "0: 15 54 26 0, 1: 7 0 0 0, 2: 5 5 0 0  | 5 | 2",
                "0: 14 51 30 0, 1: 7 0 0 0              | 6 | 0",
                // then home, then the furthest, then the lowest
                "0: 30 51 0 0                           | 6 | 1",
                "0: 30 40 0 0                           | 6 | 1",
                "0: 30 30 0 0                           | 3 | 0"
            })
    void theGreedyOneCapturesThenComesHomeThenRunsAhead(String rows, int roll, int piece) {
        assertThat(choice(BotPolicy.GREEDY, rows, roll), is(piece));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // from before an opponent onto a star
                "0: 5 40 0 0, 1: 43 0 0 0               | 4 | 0",
                // rather not from a star to before an opponent
                "0: 35 20 0 0, 1: 22 0 0 0              | 3 | 1",
                // of two in reach the further one goes
                "0: 20 30 0 0, 1: 6 16 0 0              | 6 | 1",
                // a roll reaches six squares and the last one of the track, but not the column
                "0: 20 30 0 0, 1: 1 0 0 0               | 3 | 0",
                "0: 21 30 0 0, 1: 1 0 0 0               | 3 | 1",
                "0: 51 30 0 0, 1: 37 0 0 0              | 1 | 0",
                "0: 52 30 0 0, 1: 37 0 0 0              | 1 | 0",
                // what is equally safe is weighed by the greedy order
                "0: 30 40 0 0                           | 3 | 1",
                "0: 15 53 0 0, 1: 7 0 0 0               | 4 | 1",
                "0: 15 30 0 0, 1: 7 0 0 0               | 5 | 0"
            })
    void theCarefulOneKeepsItsPiecesOutOfReach(String rows, int roll, int piece) {
        assertThat(choice(BotPolicy.CAREFUL, rows, roll), is(piece));
    }

    @Test
    void theGreedyOneComesHomeEvenIfAPieceThatBouncesIsAhead() {
        RuleSet bounce =
                RuleSet.classic().toBuilder().homeEntry(HomeEntry.BOUNCE).build();
        Table table = Table.of(bounce, 4, "0: 56 53 0 0", builder -> builder.dice(4));
        assertThat(choice(BotPolicy.GREEDY, table), is(1));
    }

    @Test
    void theCarefulOneFearsYardsWhereStartsAreNotSafeButNoLeavers() {
        RuleSet unsafe =
                RuleSet.classic().toBuilder().safeSquares(SafeSquares.NONE).build();
        Table table = Table.of(unsafe, 4, "0: 12 5 0 0", builder -> builder.dice(2));
        assertThat(choice(BotPolicy.CAREFUL, table), is(1));
        table.leave(1);
        assertThat(choice(BotPolicy.CAREFUL, table), is(0));
    }

    @Test
    void theRandomOneChoosesEachMoveSometimes() {
        Table table = Table.classic("0: 15 20 25 0");
        table.roll(6);
        RandomGenerator random = new SplittableRandom(1);
        Set<Integer> chosen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            chosen.add(BotPolicy.RANDOM.choose(table.game(), random).pieceId().index());
        }
        assertThat(chosen, is(Set.of(0, 1, 2, 3)));
    }

    @ParameterizedTest
    @EnumSource(BotPolicy.class)
    void everyBotPlaysAGameToItsEnd(BotPolicy policy) {
        Bot bot = policy.bot(new SplittableRandom(5));
        Dice dice = Dice.seeded(5);
        Game game = Game.start(RuleSet.classic(), Recorded.players(4)).game();
        for (int rolls = 0; !game.isOver(); rolls++) {
            assertThat("rolls to the end", rolls < 5_000, is(true));
            PlayerId who = game.currentPlayer().orElseThrow();
            game = game.roll(who, dice.roll()).game();
            if (!game.legalMoves().isEmpty()) {
                LegalMove move = bot.choose(game);
                assertThat(game.legalMoves().contains(move), is(true));
                game = game.move(who, move.pieceId(), move.targetPosition()).game();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BotPolicy.class)
    void noBotChoosesWhereNoMoveIsAwaited(BotPolicy policy) {
        Game game = Game.start(RuleSet.classic(), List.of(PlayerId.of("a"), PlayerId.of("b")))
                .game();
        assertThrows(IllegalArgumentException.class, () -> policy.choose(game, new SplittableRandom(1)));
    }

    private static int choice(BotPolicy policy, String rows, int roll) {
        Table table = Table.classic(rows);
        table.roll(roll);
        return choice(policy, table);
    }

    private static int choice(BotPolicy policy, Table table) {
        return policy.choose(table.game(), new SplittableRandom(1)).pieceId().index();
    }
}
