package dev.ludo.client.realtime;

import dev.ludo.core.error.CallException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.TurnPhase;
import java.util.Optional;
import java.util.function.Function;

/** Remembers who the client is and which game is played, and judges by a state what became of a move. */
final class Observer {
    private final Function<GameId, Optional<GameState>> states;
    private Optional<PlayerId> me = Optional.empty();
    private Optional<GameId> game = Optional.empty();

    Observer(Function<GameId, Optional<GameState>> states) {
        this.states = states;
    }

    void see(RoomEvent event) {
        switch (event) {
            case RoomJoined joined -> {
                me = joined.playerId().or(() -> me);
                game = joined.room().flatMap(Room::gameId).or(() -> game);
                joined.state().ifPresent(this::see);
            }
            case RoomEvent.GameStarted started -> game = Optional.of(started.gameId());
            case RoomEvent.StateReport report -> see(report.state());
            default -> {}
        }
    }

    void play(GameId played) {
        game = Optional.of(played);
    }

    private void see(GameState state) {
        game = Optional.of(state.gameId());
    }

    /**
     * The state of the game in the room that was joined: what the API said, or says when it is asked.
     *
     * @throws CallException if it could not be had
     */
    Optional<GameState> stateAt(RoomJoined joined) {
        Optional<GameState> state = joined.state();
        if (state.isEmpty()) {
            state = joined.room().flatMap(Room::gameId).or(() -> game).flatMap(states);
        }
        state.ifPresent(this::see);
        return state;
    }

    /**
     * Whether a move was made, as far as a state can tell: a piece that stands where it was to go has gone there; while its
     * player's move is still awaited it has not.
     */
    Optional<Boolean> wasApplied(Move move, GameState state) {
        Optional<Position> stands = state.players().stream()
                .map(GamePlayer::pieces)
                .flatMap(pieces -> pieces.stream())
                .filter(piece -> piece.pieceId().equals(move.pieceId()))
                .map(Piece::position)
                .findFirst();
        if (stands.isEmpty()) {
            return Optional.empty();
        }
        if (stands.get().equals(move.targetPosition())) {
            return Optional.of(true);
        }
        boolean awaited = state.turn()
                .filter(turn -> turn.phase() == TurnPhase.MOVE)
                .filter(turn -> me.equals(Optional.of(turn.playerId())))
                .isPresent();
        return awaited ? Optional.of(false) : Optional.empty();
    }
}
