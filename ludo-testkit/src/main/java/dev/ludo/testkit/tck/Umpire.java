package dev.ludo.testkit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.BotPolicy;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.RuleSet;
import dev.ludo.core.rules.Step;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Plays the same game by the rules beside the target's, and compares what both say. */
final class Umpire {
    private final SplittableRandom random = new SplittableRandom(7);
    private Game game;

    Umpire(Table table, GameState state) {
        List<PlayerId> players =
                state.players().stream().map(GamePlayer::playerId).toList();
        this.game = Game.start(RuleSet.of(table.mode()), players).game();
        check(state);
    }

    boolean isOver() {
        return game.isOver();
    }

    boolean awaitsRoll() {
        return game.phase() == TurnPhase.ROLL;
    }

    PlayerId toAct() {
        return game.currentPlayer().orElseThrow();
    }

    /** The move that captures most; so captures come soon. */
    LegalMove choose() {
        return BotPolicy.GREEDY.choose(game, random);
    }

    void rolled(RollResult result) {
        List<RoomEvent> ignored = rolled(result.value());
        assertEquals(
                game.legalMoves(),
                result.legalMoves(),
                () -> "legalMoves of a " + result.value() + " in " + game + ignored);
        check(result.state());
    }

    /** What everybody must be told of such a roll. */
    List<RoomEvent> rolled(int value) {
        return take(game.roll(toAct(), value));
    }

    void moved(LegalMove move, MoveResult result) {
        List<RoomEvent> expected = moved(move);
        assertEquals(expected, result.events().stream().map(RoomMessage::event).toList(), () -> "events of " + move);
        check(result.state().orElseThrow(() -> new AssertionError("the answer to a move has no state")));
    }

    /** What everybody must be told of such a move. */
    List<RoomEvent> moved(LegalMove move) {
        return take(game.move(toAct(), move.pieceId()));
    }

    private List<RoomEvent> take(Step step) {
        game = step.game();
        return step.events();
    }

    /** The state says what the rules say. */
    void check(GameState state) {
        String where = "game state after seq " + state.seq() + ": ";
        assertEquals(game.isOver() ? GameStatus.ENDED : GameStatus.PLAYING, state.status(), where + "status");
        assertEquals(game.ranking(), state.ranking(), where + "ranking");
        assertEquals(game.isOver() ? game.winner() : Optional.empty(), state.winnerId(), where + "winnerId");
        assertEquals(game.currentPlayer(), state.turn().map(turn -> turn.playerId()), where + "turn.playerId");
        state.turn().ifPresent(turn -> {
            assertEquals(game.phase(), turn.phase(), where + "turn.phase");
            assertEquals(game.dice(), turn.dice(), where + "turn.dice");
            assertEquals(game.sixes(), turn.sixes(), where + "turn.sixes");
            assertEquals(game.turnNumber(), turn.number(), where + "turn.number");
        });
        for (GamePlayer player : state.players()) {
            assertEquals(game.seat(player.playerId()).color(), player.color(), where + "color of " + player.playerId());
            assertEquals(
                    game.seat(player.playerId()).finishedRank(),
                    player.finishedRank(),
                    where + "finishedRank of " + player.playerId());
            assertEquals(4, player.pieces().size(), where + "pieces of " + player.playerId());
            player.pieces()
                    .forEach(piece ->
                            assertEquals(game.position(piece.pieceId()), piece.position(), where + piece.pieceId()));
        }
    }
}
