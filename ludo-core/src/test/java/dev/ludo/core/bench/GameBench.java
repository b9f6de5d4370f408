package dev.ludo.core.bench;

import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.rules.Dice;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.RuleSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Whole random games through the public, immutable API, every event made as if somebody listened. */
@State(Scope.Thread)
public class GameBench {
    @Param({"4", "2"})
    public int players;

    private long seed;

    /** Games to their end. */
    @Benchmark
    public void classicGames(Spent spent, Blackhole hole) {
        spent.ours(10, () -> hole.consume(play(RuleSet.classic(), players, seed++)));
    }

    /** A game at its end, and how it came there. */
    record Played(Game game, int rolls, int moves) {}

    static Played play(RuleSet rules, int players, long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        Dice dice = Dice.seeded(seed);
        List<PlayerId> who = IntStream.range(0, players)
                .mapToObj(i -> PlayerId.of("player-" + i))
                .toList();
        Game game = Game.start(rules, who).game();
        int rolls = 0;
        int moves = 0;
        while (!game.isOver()) {
            PlayerId current = game.currentPlayer().orElseThrow();
            game = game.roll(current, dice.roll()).game();
            rolls++;
            List<LegalMove> legal = game.legalMoves();
            if (!legal.isEmpty()) {
                LegalMove move = legal.get(random.nextInt(legal.size()));
                game = game.move(current, move.pieceId(), move.targetPosition()).game();
                moves++;
            }
        }
        return new Played(game, rolls, moves);
    }
}
