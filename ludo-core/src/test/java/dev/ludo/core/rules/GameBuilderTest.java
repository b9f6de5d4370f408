package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.RuleSet.BonusStacking;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GameBuilderTest {
    private static final PlayerId P0 = PlayerId.of("p0");
    private static final PlayerId P1 = PlayerId.of("p1");
    private static final PlayerId P2 = PlayerId.of("p2");
    private static final PlayerId STRANGER = PlayerId.of("stranger");

    @Test
    void itBeginsAtTheOpening() {
        for (RuleSet rules : List.of(RuleSet.classic(), RuleSet.quick())) {
            assertThat(
                    Game.builder(rules, Recorded.players(3)).build(),
                    is(Game.start(rules, Recorded.players(3)).game()));
        }
    }

    @Test
    void everythingCanBeSet() {
        RuleSet rules = RuleSet.classic().toBuilder()
                .bonusStacking(BonusStacking.ACCUMULATE)
                .build();
        Game game = Game.builder(rules, Recorded.players(4))
                .progress(Color.RED, 57, 57, 57, 57)
                .progress(Color.BLUE, 3, 9)
                .turnStart(Game.start(rules, Recorded.players(4)).game())
                .turn(PlayerId.of("p3"))
                .dice(6)
                .sixes(1)
                .pendingRolls(2)
                .captures(P1, 5)
                .missedTurns(P1, 2)
                .finished(List.of(P0))
                .left(List.of(P2))
                .turnNumber(77)
                .build();
        assertThat(game.currentPlayer(), is(game.playerOf(Color.BLUE)));
        assertThat(game.phase(), is(TurnPhase.MOVE));
        assertThat(game.dice(), is(OptionalInt.of(6)));
        assertThat(game.legalMoves().size(), is(4));
        assertThat(game.sixes(), is(1));
        assertThat(game.pendingRolls(), is(2));
        assertThat(game.seat(P1).captures(), is(5));
        assertThat(game.seat(P1).missedTurns(), is(2));
        assertThat(game.seat(P0).status(), is(SeatStatus.FINISHED));
        assertThat(game.seat(P2).status(), is(SeatStatus.LEFT));
        assertThat(game.progress(PieceId.of(Color.BLUE, 3)), is(9));
        assertThat(game.turnNumber(), is(77));
    }

    @Test
    void theTurnIsTheFirstPlayersWhoStillPlays() {
        Game game = Game.builder(RuleSet.classic(), Recorded.players(4))
                .left(List.of(P0, P1))
                .build();
        assertThat(game.currentPlayer(), is(Optional.of(P2)));
    }

    @Test
    void aGameWhoseEndIsReachedHasEnded() {
        Game left = Game.builder(RuleSet.classic(), Recorded.players(3))
                .left(List.of(P2, P0))
                .build();
        assertThat(left.ranking(), is(List.of(P1, P0, P2)));
        Game won = Game.builder(RuleSet.quick(), Recorded.players(3))
                .progress(Color.GREEN, 1, 57)
                .finished(List.of(P1))
                .build();
        assertThat(won.isOver(), is(true));
        assertThat(won.ranking(), is(List.of(P1, P2, P0)));
        RuleSet keepsTurns = RuleSet.classic().toBuilder()
                .sixLimitRule(SixLimitRule.REVERT_TURN)
                .build();
        assertThat(
                Game.builder(keepsTurns, Recorded.players(2)).left(List.of(P1)).build(),
                is(Game.start(keepsTurns, Recorded.players(2)).game().leave(P1).game()));
    }

    @Test
    void itMayBeUsedAgain() {
        GameBuilder builder = Game.builder(RuleSet.classic(), Recorded.players(2));
        Game first = builder.build();
        Game second = builder.progress(Color.RED, 0, 5).dice(0).turn(P0).build();
        assertThat(first.progress(PieceId.of(Color.RED, 0)), is(0));
        assertThat(second.progress(PieceId.of(Color.RED, 0)), is(5));
    }

    @Test
    void theMessageNamesWhatIsWrong() {
        check(b -> b.progress(Color.RED, 1, 58), "progress of red-1 must be 0..57, was 58");
        check(b -> b.progress(Color.RED, 1, -1), "progress of red-1 must be 0..57, was -1");
        check(b -> b.progress(Color.RED, 4, 1), "piece must be 0..3, was 4");
        check(b -> b.progress(Color.RED, 1, 2, 3), "progress of red must be 4 numbers, was 3");
        check(b -> b.progress(Color.BLUE, 0, 1), "color must be one in this game, was blue");
        check(b -> b.progress(Color.UNKNOWN, 0, 1), "color must be one in this game, was unknown");
        check(b -> b.turn(STRANGER), "turn must name a player of this game, was stranger");
        check(b -> b.dice(7), "dice must be 1..6, or 0 for none, was 7");
        check(b -> b.dice(5), "dice must be one by which p0 can move, was 5");
        check(b -> b.sixes(3), "sixes must be 0..2, was 3");
        check(b -> b.sixes(-1), "sixes must be 0..2, was -1");
        check(b -> b.dice(6).sixes(3), "sixes must be 0..2, was 3");
        check(b -> b.pendingRolls(1), "pendingRolls must be 0, or more where rolls accumulate, was 1");
        check(b -> b.captures(P0, -1), "captures of p0 must not be negative, was -1");
        check(b -> b.captures(STRANGER, 1), "captures must name a player of this game, was stranger");
        check(b -> b.missedTurns(P0, -1), "missedTurns of p0 must not be negative, was -1");
        check(b -> b.missedTurns(P0, 3), "missedTurns of p0 must be 0..2, was 3");
        check(b -> b.missedTurns(P0, 4).left(List.of(P0)), "missedTurns of p0 must be 0..3, was 4");
        check(b -> b.turnNumber(0), "turnNumber must be at least 1, was 0");
        check(b -> b.finished(List.of(P1)), "finished must name players with 4 pieces home, but p1 has 0");
        check(b -> b.progress(Color.GREEN, 57, 57, 57, 57), "finished must name p1, who has 4 pieces home");
        check(
                b -> b.progress(Color.GREEN, 57, 57, 57, 57).finished(List.of(P1, P1)),
                "finished must name a player once, was [p1, p1]");
        check(
                b -> b.progress(Color.GREEN, 57, 57, 57, 57)
                        .finished(List.of(P1))
                        .left(List.of(P1)),
                "left must name a player once and none who has finished, was [p1]");
        check(b -> b.left(List.of(STRANGER)), "left must name a player of this game, was stranger");
        check(b -> b.left(List.of(P0, P1, P2)), "finished and left must leave a player out, were [] and [p0, p1, p2]");
        check(b -> b.left(List.of(P0)).turn(P0), "turn must be that of a player who still plays, was that of p0");
        check(b -> b.left(List.of(P0, P1)).turn(P2), "turn must not be set once the game has ended, was that of p2");
        check(b -> b.left(List.of(P0, P1)).dice(6), "dice must not be set once the game has ended, was 6");
        check(
                b -> b.turnStart(
                        Game.start(RuleSet.quick(), Recorded.players(3)).game()),
                "turnStart must be a game of [p0, p1, p2] by the same rules, was one of [p0, p1, p2]");
        check(
                b -> b.turnStart(
                        Game.start(RuleSet.classic(), Recorded.players(2)).game()),
                "turnStart must be a game of [p0, p1, p2] by the same rules, was one of [p0, p1]");
    }

    @Test
    void onlyOneFinisherFitsAGameThatEndsWithTheFirst() {
        RuleSet rules = RuleSet.classic().toBuilder()
                .endCondition(EndCondition.FIRST_WINNER)
                .build();
        GameBuilder builder = Game.builder(rules, Recorded.players(3))
                .progress(Color.RED, 57, 57, 57, 57)
                .progress(Color.GREEN, 57, 57, 57, 57)
                .finished(List.of(P0, P1));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
        assertThat(e.getMessage(), is("finished must name one player where the first one ends the game, was [p0, p1]"));
    }

    @Test
    void theLimitOnSixesIsThatOfTheRules() {
        RuleSet none = RuleSet.classic().toBuilder().sixLimit(0).build();
        assertThat(Game.builder(none, Recorded.players(2)).sixes(9).build().sixes(), is(9));
        RuleSet played = RuleSet.classic().toBuilder()
                .sixLimitRule(SixLimitRule.PLAY_LAST)
                .build();
        Game last = Game.builder(played, Recorded.players(2)).sixes(3).dice(6).build();
        assertThat(last.sixes(), is(3));
        GameBuilder rolling = Game.builder(played, Recorded.players(2)).sixes(3);
        assertThrows(IllegalArgumentException.class, rolling::build);
    }

    private static void check(Consumer<GameBuilder> change, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> {
            GameBuilder builder = Game.builder(RuleSet.classic(), Recorded.players(3));
            change.accept(builder);
            builder.build();
        });
        assertThat(e.getMessage(), is(message));
    }
}
