package dev.ludo.core.rules;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Turn;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import java.util.List;
import java.util.Optional;

/** Whether what an API says agrees with what the rules give, as far as the API says anything. */
final class Likeness {
    private Likeness() {}

    /** Whether an event says nothing else than the one that the rules give. */
    static boolean fits(RoomEvent given, RoomEvent said) {
        return switch (given) {
            case DiceRolled g ->
                said instanceof DiceRolled s
                        && s.value() == g.value()
                        && agree(s.playerId(), g.playerId())
                        // Only an API that says who rolled is one that lists what may be moved.
                        && ((s.playerId().isEmpty() && s.legalMoves().isEmpty())
                                || s.legalMoves().equals(g.legalMoves()));
            case PieceMoved g ->
                said instanceof PieceMoved s
                        && s.pieceId().equals(g.pieceId())
                        && s.position().equals(g.position())
                        && agree(s.playerId(), g.playerId())
                        && agree(s.from(), g.from())
                        && (s.cause() == MoveCause.UNKNOWN || s.cause() == g.cause())
                        && agree(s.byPieceId(), g.byPieceId());
            case TurnChange g ->
                said instanceof TurnChange s
                        && s.currentPlayerId().equals(g.currentPlayerId())
                        && (s.reason() == TurnReason.UNKNOWN || s.reason() == g.reason());
            case GameEnded g ->
                said instanceof GameEnded s
                        && s.winnerId().equals(g.winnerId())
                        && (s.ranking().isEmpty() || s.ranking().equals(g.ranking()));
            default -> given.equals(said);
        };
    }

    private static <T> boolean agree(Optional<T> said, Optional<T> given) {
        return said.isEmpty() || said.equals(given);
    }

    /** In what a state differs from a game, if it does. */
    static Optional<String> difference(Game game, GameState state) {
        List<PlayerId> players =
                state.players().stream().map(GamePlayer::playerId).toList();
        if (!players.equals(game.players())) {
            return Optional.of("the players are " + game.players() + ", not " + players);
        }
        for (GamePlayer player : state.players()) {
            Optional<String> difference = difference(game, player);
            if (difference.isPresent()) {
                return difference;
            }
        }
        if (state.status() != GameStatus.UNKNOWN && (state.status() == GameStatus.ENDED) != game.isOver()) {
            return Optional.of(game.isOver() ? "the game has ended" : "the game has not ended");
        }
        if (!state.ranking().isEmpty() && !state.ranking().equals(game.ranking())) {
            return Optional.of("the ranking is " + game.ranking() + ", not " + state.ranking());
        }
        return state.turn().flatMap(turn -> difference(game, turn));
    }

    private static Optional<String> difference(Game game, GamePlayer player) {
        if (player.color() != game.seat(player.playerId()).color()) {
            return Optional.of(player.playerId() + " is "
                    + game.seat(player.playerId()).color().word() + ", not "
                    + player.color().word());
        }
        for (Piece piece : player.pieces()) {
            if (piece.pieceId().color() != player.color()) {
                return Optional.of(piece.pieceId() + " is no piece of " + player.playerId());
            }
            Position position = game.position(piece.pieceId());
            if (!position.equals(piece.position())) {
                return Optional.of(piece.pieceId() + " stands at " + position + ", not at " + piece.position());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(Game game, Turn turn) {
        if (!game.currentPlayer().equals(Optional.of(turn.playerId()))) {
            return Optional.of("it is the turn of "
                    + game.currentPlayer().map(PlayerId::value).orElse("nobody") + ", not of " + turn.playerId());
        }
        if (turn.phase() != TurnPhase.UNKNOWN && turn.phase() != game.phase()) {
            return Optional.of("a " + game.phase().word() + " is due, not a "
                    + turn.phase().word());
        }
        if (turn.dice().isPresent() && !turn.dice().equals(game.dice())) {
            return Optional.of("the die does not show " + turn.dice().getAsInt());
        }
        return Optional.empty();
    }
}
