package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.rules.RuleSet.BonusStacking;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.HomeEntry;
import dev.ludo.core.rules.RuleSet.LeaverPieces;
import dev.ludo.core.rules.RuleSet.OnTimeout;
import dev.ludo.core.rules.RuleSet.OwnStacking;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import dev.ludo.core.rules.RuleSet.SixWithoutMove;
import dev.ludo.core.rules.RuleSet.StackRule;
import dev.ludo.core.rules.RuleSet.TwoPlayerSeating;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds on every step of every game, shown on random games. A failure names the seed of its game. */
class GamePropertiesTest {
    private static final int GAMES = Boolean.getBoolean("ludo.soak") ? 10_000 : 500;
    /** No game of the presets comes near; the longest of 1,500 that were looked at had 797 rolls. */
    private static final int ROLLS = 5_000;

    @Test
    void theyHoldForThePresets() {
        for (int seed = 0; seed < GAMES; seed++) {
            RuleSet rules = seed % 2 == 0 ? RuleSet.classic() : RuleSet.quick();
            play(seed, rules, 0);
        }
    }

    @Test
    void theyHoldForThePresetsWithTimeoutsAndLeavers() {
        for (int seed = 0; seed < GAMES; seed++) {
            RuleSet rules = seed % 2 == 0 ? RuleSet.ranked() : RuleSet.quick();
            play(seed, rules, 30);
        }
    }

    @Test
    void theyHoldForAllCombinationsOfOptions() {
        for (int seed = 0; seed < 2 * GAMES; seed++) {
            play(seed, randomRules(new SplittableRandom(seed)), seed % 3 == 0 ? 0 : 50);
        }
    }

    /** Plays one game; {@code oddities} of a thousand steps are timeouts or somebody leaves. */
    private static void play(int seed, RuleSet rules, int oddities) {
        SplittableRandom random = new SplittableRandom(seed);
        int players = 2 + random.nextInt(3);
        try {
            Step opening = Game.start(rules, Recorded.players(players));
            Observer observer = new Observer(opening.game());
            int rolls = 0;
            while (!observer.game().isOver()) {
                boolean stuck = rolls > ROLLS;
                assertThat("rolls without an end", stuck && cannotStandStill(rules), is(false));
                if (observer.game().dice().isEmpty()) {
                    rolls++;
                }
                act(observer, random, stuck ? 1_000 : oddities);
            }
            observer.checkEnd();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", " + players + " players, " + rules, e);
        }
    }

    private static boolean cannotStandStill(RuleSet rules) {
        return !rules.requireCaptureToEnterHome() && rules.stackRule() != StackRule.BLOCK_PASSING;
    }

    private static void act(Observer observer, SplittableRandom random, int oddities) {
        Game game = observer.game();
        if (random.nextInt(1_000) < oddities) {
            if (random.nextInt(4) > 0) {
                int before = game.dice().isPresent() ? 0 : 1 + random.nextInt(6);
                observer.timeout(before == 0 ? Dice.scripted() : Dice.scripted(before));
            } else {
                observer.leave(anyOf(game.players(), random));
            }
        } else if (game.dice().isEmpty()) {
            observer.roll(1 + random.nextInt(6));
        } else {
            observer.move(anyOf(game.legalMoves(), random));
        }
    }

    private static <T> T anyOf(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    static RuleSet randomRules(SplittableRandom random) {
        return RuleSet.classic().toBuilder()
                .exitRolls(random.nextBoolean() ? new Integer[] {6} : new Integer[] {1, 6})
                .extraRollOn(
                        switch (random.nextInt(3)) {
                            case 0 -> new Integer[] {};
                            case 1 -> new Integer[] {6};
                            default -> new Integer[] {1, 6};
                        })
                .extraRollOnCapture(random.nextBoolean())
                .extraRollOnHome(random.nextBoolean())
                .bonusStacking(anyOf(List.of(BonusStacking.values()), random))
                .sixLimit(anyOf(List.of(0, 2, 3), random))
                .sixLimitRule(anyOf(List.of(SixLimitRule.values()), random))
                .sixWithoutMove(anyOf(List.of(SixWithoutMove.values()), random))
                .safeSquares(anyOf(
                        List.of(
                                SafeSquares.STARTS_AND_STARS,
                                SafeSquares.STARTS,
                                SafeSquares.STARS,
                                SafeSquares.NONE,
                                SafeSquares.of(2, 30, 31)),
                        random))
                .stackRule(anyOf(List.of(StackRule.values()), random))
                .ownStacking(anyOf(List.of(OwnStacking.values()), random))
                .homeEntry(anyOf(List.of(HomeEntry.values()), random))
                .requireCaptureToEnterHome(random.nextInt(4) == 0)
                .tokensToWin(1 + random.nextInt(4))
                .startPiecesOut(random.nextInt(5))
                .endCondition(anyOf(List.of(EndCondition.values()), random))
                .twoPlayerSeating(anyOf(List.of(TwoPlayerSeating.values()), random))
                .leaverPieces(anyOf(List.of(LeaverPieces.values()), random))
                .onTimeout(anyOf(List.of(OnTimeout.values()), random))
                .maxMissedTurns(anyOf(List.of(0, 1, 3), random))
                .announceExtraRoll(random.nextBoolean())
                .build();
    }
}
