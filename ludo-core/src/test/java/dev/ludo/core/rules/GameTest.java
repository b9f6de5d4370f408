package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerFinished;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GameTest {
    private static final PlayerId P0 = PlayerId.of("p0");
    private static final PlayerId P1 = PlayerId.of("p1");
    private static final PlayerId P2 = PlayerId.of("p2");
    private static final PlayerId STRANGER = PlayerId.of("stranger");
    private static final PieceId RED_0 = PieceId.of(Color.RED, 0);
    private static final PieceId GREEN_2 = PieceId.of(Color.GREEN, 2);

    @Test
    void theFirstPlayerBeginsAndIsToldSo() {
        Step step = Game.start(RuleSet.classic(), Recorded.players(4));
        assertThat(step.events(), is(List.of(new TurnChange(P0, TurnReason.STARTED))));
        Game game = step.game();
        assertThat(game.currentPlayer(), is(Optional.of(P0)));
        assertThat(game.phase(), is(TurnPhase.ROLL));
        assertThat(game.dice(), is(OptionalInt.empty()));
        assertThat(game.turnNumber(), is(1));
        assertThat(game.sixes(), is(0));
        assertThat(game.legalMoves(), is(List.of()));
        assertThat(game.winner(), is(Optional.empty()));
        assertThat(game.ranking(), is(List.of()));
        assertThat(game.position(RED_0), is(Position.YARD));
        assertThat(game.isOver(), is(false));
    }

    @Test
    void seatsAreDealtInJoiningOrder() {
        Game two = Game.start(RuleSet.classic(), List.of(P1, P0)).game();
        assertThat(List.of(two.seat(P1).color(), two.seat(P0).color()), is(List.of(Color.RED, Color.YELLOW)));
        assertThat(two.playerOf(Color.GREEN), is(Optional.empty()));
        assertThat(two.playerOf(Color.UNKNOWN), is(Optional.empty()));
        Game three = Game.start(RuleSet.classic(), Recorded.players(3)).game();
        assertThat(three.playerOf(Color.YELLOW), is(Optional.of(P2)));
        assertThat(three.playerOf(Color.BLUE), is(Optional.empty()));
    }

    @Test
    void twoToFourDistinctPlayersPlay() {
        for (List<PlayerId> players : List.of(List.<PlayerId>of(), List.of(P0), List.of(P0, P0), Recorded.players(5))) {
            assertThrows(IllegalArgumentException.class, () -> Game.start(RuleSet.classic(), players));
        }
    }

    @Test
    void eventsSayAllThereIsToSay() {
        Table table = Table.classic("0: 15 0 0 0, 1: 0 0 7 0");
        table.roll(5);
        LegalMove only = new LegalMove(RED_0, Position.of(19));
        assertThat(table.told(), is(List.of(new DiceRolled(5, Optional.of(P0), List.of(only)))));
        assertThat(table.game().legalMoves(), is(List.of(only)));
        table.move(0);
        assertThat(
                table.told(),
                is(List.of(
                        new PieceMoved(
                                RED_0,
                                Position.of(19),
                                Optional.of(P0),
                                Optional.of(Position.of(14)),
                                MoveCause.MOVED,
                                Optional.empty()),
                        new PieceMoved(
                                GREEN_2,
                                Position.YARD,
                                Optional.of(P1),
                                Optional.of(Position.of(19)),
                                MoveCause.CAPTURED,
                                Optional.of(RED_0)))));
        assertThat(table.game().seat(P0).captures(), is(1));
        assertThat(table.game().seat(P1).captures(), is(0));
    }

    @Test
    void whyTheTurnPassesIsSaid() {
        Table table = Table.of(RuleSet.classic(), 2, "0: 1 0 0 0");
        table.play(3, 0);
        assertThat(table.told().getLast(), is(new TurnChange(P1, TurnReason.MOVED)));
        table.roll(3);
        assertThat(table.told().getLast(), is(new TurnChange(P0, TurnReason.NO_LEGAL_MOVE)));
        table.play(6, 0);
        table.play(6, 0);
        table.roll(6);
        assertThat(table.told().getLast(), is(new TurnChange(P1, TurnReason.THREE_SIXES)));
        Table extra =
                Table.of(RuleSet.classic().toBuilder().announceExtraRoll(true).build(), 2, "0: 1 0 0 0");
        extra.play(6, 0);
        assertThat(extra.told().getLast(), is(new TurnChange(P0, TurnReason.EXTRA_ROLL)));
        assertThat(extra.game().turnNumber(), is(1));
        Table undone = Table.of(
                RuleSet.classic().toBuilder()
                        .sixLimitRule(SixLimitRule.REVERT_TURN)
                        .build(),
                2,
                "0: 1 0 0 0");
        undone.play(6, 0);
        undone.play(6, 0);
        undone.roll(6);
        assertThat(
                undone.told().get(1),
                is(new PieceMoved(
                        RED_0,
                        Position.of(0),
                        Optional.of(P0),
                        Optional.of(Position.of(12)),
                        MoveCause.REVERTED,
                        Optional.empty())));
        undone.roll(1);
        undone.play(4, 0);
        undone.leave(0);
        assertThat(
                undone.told().getFirst(),
                is(new PieceMoved(
                        RED_0,
                        Position.YARD,
                        Optional.of(P0),
                        Optional.of(Position.of(4)),
                        MoveCause.LEFT,
                        Optional.empty())));
    }

    @Test
    void everyFinisherIsToldBeforeTheTurnPassesOrTheGameEnds() {
        Table table = Table.of(RuleSet.classic(), 3, "0: 57 57 57 56, 1: 57 57 57 56");
        table.play(1, 3);
        assertThat(
                table.told().subList(1, 3),
                is(List.of(new PlayerFinished(P0, 1), new TurnChange(P1, TurnReason.MOVED))));
        assertThat(table.game().winner(), is(Optional.of(P0)));
        assertThat(table.game().isOver(), is(false));
        table.play(1, 3);
        assertThat(
                table.told().subList(1, 3),
                is(List.of(new PlayerFinished(P1, 2), new GameEnded(P0, List.of(P0, P1, P2)))));
        assertThat(table.game().seat(P0).finishedRank(), is(OptionalInt.of(1)));
        assertThat(table.game().seat(P1).finishedRank(), is(OptionalInt.of(2)));
        assertThat(table.game().seat(P2).finishedRank(), is(OptionalInt.empty()));
    }

    @Test
    void turnsAreCountedByChangesOfPlayer() {
        Table table = Table.of(RuleSet.classic(), 2, "0: 1 0 0 0");
        table.play(6, 0);
        assertThat(table.game().turnNumber(), is(1));
        table.play(3, 0);
        assertThat(table.game().turnNumber(), is(2));
        table.roll(3);
        assertThat(table.game().turnNumber(), is(3));
    }

    @Test
    void nothingIsAwaitedOnceTheGameHasEnded() {
        Table table = Table.of(RuleSet.classic(), 2, "0: 51 57 57 57");
        table.play(6, 0);
        Game game = table.game();
        assertThat(game.isOver(), is(true));
        assertThat(game.currentPlayer(), is(Optional.empty()));
        assertThat(game.dice(), is(OptionalInt.empty()));
        assertThat(game.sixes(), is(0));
        assertThat(game.legalMoves(), is(List.of()));
        assertThat(game.ranking(), is(List.of(P0, P1)));
        assertThat(game.standings(), is(game.ranking()));
        assertThat(game.winner(), is(Optional.of(P0)));
        assertThat(game.turnNumber(), is(1));
        assertThrows(IllegalStateException.class, game::phase);
    }

    @Test
    void whoIsNotInTheGameCannotBeAskedFor() {
        Game game = Game.start(RuleSet.classic(), Recorded.players(2)).game();
        assertThrows(IllegalArgumentException.class, () -> game.seat(STRANGER).color());
        assertThrows(IllegalArgumentException.class, () -> game.seat(STRANGER).status());
        assertThrows(IllegalArgumentException.class, () -> game.seat(STRANGER).captures());
        assertThrows(IllegalArgumentException.class, () -> game.seat(STRANGER).missedTurns());
        assertThrows(IllegalArgumentException.class, () -> game.position(GREEN_2));
        assertThrows(IllegalArgumentException.class, () -> game.progress(GREEN_2));
    }

    @Test
    void anActionLeavesTheGameBeforeItAsItWas() {
        Table table = Table.classic("0: 15 0 0 0, 1: 0 0 7 0");
        table.roll(5);
        Game before = table.game();
        String shown = before.toString();
        table.move(0);
        table.leave(3);
        assertThat(before.toString(), is(shown));
        assertThat(before.progress(RED_0), is(15));
        assertThat(table.game().progress(RED_0), is(20));
        assertThat(before.seat(PlayerId.of("p3")).status(), is(SeatStatus.ACTIVE));
    }

    @Test
    void gamesAreEqualWhenTheyStandAlike() {
        Game one = Table.classic("0: 15 0 0 0, 1: 0 0 7 0").game();
        Game same = Table.classic("0: 15 0 0 0, 1: 0 0 7 0").game();
        assertThat(one, is(same));
        assertThat(one.hashCode(), is(same.hashCode()));
        assertThat(one.equals(new Object()), is(false));
        List<Game> others = List.of(
                Table.of(RuleSet.quick(), 4, "0: 15 0 0 0, 1: 0 0 7 0, 2: 0 0 0 0, 3: 0 0 0 0")
                        .game(),
                Table.of(RuleSet.classic(), 3, "0: 15 0 0 0, 1: 0 0 7 0").game(),
                Table.classic("0: 16 0 0 0, 1: 0 0 7 0").game(),
                variant(b -> b.turn(P1)),
                variant(b -> b.turnNumber(2)),
                variant(b -> b.dice(1)),
                variant(b -> b.sixes(1)),
                variant(b -> b.captures(P1, 1)),
                variant(b -> b.missedTurns(P1, 1)),
                variant(b -> b.left(List.of(P2))));
        for (Game other : others) {
            assertThat(other.toString(), one, is(not(other)));
        }
    }

    private static Game variant(java.util.function.Consumer<GameBuilder> change) {
        return Table.of(RuleSet.classic(), 4, "0: 15 0 0 0, 1: 0 0 7 0", change).game();
    }

    @Test
    void itCanBeRead() {
        Table table = Table.of(RuleSet.classic(), 2, "0: 15 0 57 0");
        assertThat(table.game().toString(), is("turn 1: p0 (red) to roll; red 15 0 57 0, yellow 0 0 0 0"));
        table.roll(3);
        assertThat(table.game().toString(), containsString("p0 (red) to move by 3"));
        table.leave(0);
        assertThat(table.game().toString(), is("turn 1: ended, ranking [p1, p0]; red 0 0 57 0 left, yellow 0 0 0 0"));
    }
}
