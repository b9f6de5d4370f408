package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The engine beside a second one that was written from the rules' text alone: the same events, the same state and the same
 * refusals on every step of games with random options. A failure names its seed.
 */
class OracleTest {
    private static final int GAMES = Boolean.getBoolean("ludo.soak") ? 2_000 : 200;
    /** Some options can stand still; the longest of the others was under 2,000. */
    private static final int STEPS = 3_000;

    @Test
    void bothEnginesSayTheSameUnderAllOptions() {
        for (int seed = 0; seed < GAMES; seed++) {
            play(seed, GamePropertiesTest.randomRules(new SplittableRandom(~seed)));
        }
    }

    @Test
    void bothEnginesSayTheSameUnderThePresets() {
        for (int seed = 0; seed < GAMES / 5; seed++) {
            play(seed, seed % 2 == 0 ? RuleSet.classic() : RuleSet.quick());
        }
    }

    private static void play(int seed, RuleSet rules) {
        SplittableRandom random = new SplittableRandom(seed);
        int players = 2 + random.nextInt(3);
        // Sixes are what most rules are about, so some games have many.
        int sixes = random.nextInt(3) * 25;
        int oddities = random.nextInt(3) * 8;
        List<String> log = new ArrayList<>();
        Oracle oracle = new Oracle(rules, players);
        Game game = Game.start(rules, Recorded.players(players)).game();
        try {
            for (int steps = 0; !oracle.hasEnded() && steps < STEPS; steps++) {
                checkRefusals(game, oracle);
                int value = random.nextInt(100) < sixes ? 6 : 1 + random.nextInt(6);
                game = act(game, oracle, random, value, random.nextInt(1_000) < oddities, log);
                assertThat("state", state(game), is(oracle.state()));
            }
        } catch (AssertionError | RuntimeException e) {
            int from = Math.max(0, log.size() - 30);
            throw new AssertionError(
                    "seed " + seed + ", " + players + " players, " + rules + ", last " + log.subList(from, log.size()),
                    e);
        }
    }

    private static Game act(
            Game game, Oracle oracle, SplittableRandom random, int value, boolean odd, List<String> log) {
        PlayerId who = game.currentPlayer().orElseThrow();
        Step step;
        if (odd && random.nextBoolean()) {
            log.add("timeout " + value);
            step = game.timeout(Dice.scripted(value));
            oracle.timeout(value);
        } else if (odd) {
            int seat = random.nextInt(4);
            log.add("leave " + seat);
            PlayerId leaver = Recorded.player(game, seat);
            if (!oracle.mayLeave(seat).equals("LEAVES")) {
                assertThat(Table.refusal(() -> game.leave(leaver)), is(Refusal.valueOf(oracle.mayLeave(seat))));
                return game;
            }
            step = game.leave(leaver);
            oracle.leave(seat);
        } else if (oracle.roll() == 0) {
            log.add("roll " + value);
            step = game.roll(who, value);
            oracle.roll(value);
        } else {
            List<String> legal = oracle.legal(oracle.roll());
            String move = legal.get(random.nextInt(legal.size()));
            int piece = move.charAt(0) - '0';
            log.add("move " + piece);
            step = game.move(who, PieceId.of(Color.ofSeat(oracle.turn()), piece));
            oracle.move(piece);
        }
        assertThat("events", Recorded.brief(game, step.events()), is(oracle.events()));
        return step.game();
    }

    /** Every piece that may not move is refused for the reason that the text names first. */
    private static void checkRefusals(Game game, Oracle oracle) {
        for (int piece = 0; piece < 4 && oracle.roll() > 0; piece++) {
            String verdict = oracle.verdict(piece, oracle.roll());
            PieceId id = PieceId.of(Color.ofSeat(oracle.turn()), piece);
            if (!verdict.equals("LEGAL")) {
                assertThat(
                        "piece " + piece,
                        Table.refusal(() -> game.move(game.currentPlayer().orElseThrow(), id)),
                        is(Refusal.valueOf(verdict)));
            }
        }
    }

    private static String state(Game game) {
        int[][] rows = new int[4][4];
        String[] status = {"EMPTY", "EMPTY", "EMPTY", "EMPTY"};
        int[] captures = new int[4];
        int[] missed = new int[4];
        for (PlayerId who : game.players()) {
            int seat = Recorded.seat(game, who);
            rows[seat] = Recorded.row(game, seat).stream().mapToInt(p -> p).toArray();
            status[seat] = game.seat(who).status().name();
            captures[seat] = game.seat(who).captures();
            missed[seat] = game.seat(who).missedTurns();
        }
        String act = game.isOver()
                ? "ended, ranking " + Recorded.seats(game, game.ranking())
                : "seat " + Recorded.seat(game, game.currentPlayer().orElseThrow()) + " die "
                        + game.dice().orElse(0) + " streak " + game.sixes() + " owed " + game.pendingRolls() + " legal "
                        + game.legalMoves().stream()
                                .map(move -> move.pieceId().index() + ">"
                                        + Recorded.progress(move.pieceId(), move.targetPosition()))
                                .toList();
        return act + " rows " + Arrays.deepToString(rows) + " status " + Arrays.toString(status) + " captures "
                + Arrays.toString(captures) + " missed " + Arrays.toString(missed);
    }
}
