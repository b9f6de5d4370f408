package dev.ludo.client.realtime;

import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.client.realtime.RoomNotice.Diverged;
import dev.ludo.client.realtime.RoomNotice.Received;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomPlayer;
import dev.ludo.core.model.Turn;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.GameBuilder;
import dev.ludo.core.rules.GameReplay;
import dev.ludo.core.rules.RuleSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The game as it follows from what was told, played after by the rules. It starts with the game, or from a state; when
 * something does not fit, it is given up until the next state. To be fed by one thread, and asked by any.
 */
final class GameView {
    private @Nullable GameReplay replay;
    private volatile Optional<Game> game = Optional.empty();

    Optional<Game> game() {
        return game;
    }

    /** Takes what is about to be told; gives what in it does not fit. */
    Optional<Diverged> see(RoomNotice notice) {
        return switch (notice) {
            case Received(RoomMessage message) -> see(message.event());
            case Resynced resynced -> {
                restart(resynced.state(), resynced.room());
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<Diverged> see(RoomEvent event) {
        switch (event) {
            case RoomEvent.RoomJoined joined -> {
                restart(joined.state(), joined.room());
                return Optional.empty();
            }
            case RoomEvent.GameStarted started -> replay = GameReplay.byMode();
            case RoomEvent.StateReport report -> {
                if (replay == null) {
                    restart(Optional.of(report.state()), Optional.empty());
                    return Optional.empty();
                }
            }
            default -> {}
        }
        GameReplay playing = replay;
        if (playing == null) {
            return Optional.empty();
        }
        Optional<GameReplay.Misfit> misfit = playing.accept(event);
        if (misfit.isEmpty()) {
            game = playing.game();
            return Optional.empty();
        }
        Diverged diverged = new Diverged(event, misfit.get().why(), playing.game());
        restart(
                event instanceof RoomEvent.StateReport report ? Optional.of(report.state()) : Optional.empty(),
                Optional.empty());
        return Optional.of(diverged);
    }

    private void restart(Optional<GameState> state, Optional<Room> room) {
        game = state.flatMap(now -> gameOf(now, room));
        replay = game.map(GameReplay::from).orElse(null);
    }

    /** The game that stands as a state says, as far as it says; empty if it cannot stand so by the rules of its mode. */
    private static Optional<Game> gameOf(GameState state, Optional<Room> room) {
        if (state.gameMode() == GameMode.UNKNOWN || state.players().size() < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(built(state, room));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the API plays by other rules, and what it says is all there is
        }
    }

    private static Game built(GameState state, Optional<Room> room) {
        List<PlayerId> players =
                state.players().stream().map(GamePlayer::playerId).toList();
        GameBuilder builder = Game.builder(RuleSet.of(state.gameMode()), players);
        for (GamePlayer player : state.players()) {
            for (Piece piece : player.pieces()) {
                builder.progress(
                        player.color(),
                        piece.pieceId().index(),
                        piece.position().progress(player.color()));
            }
        }
        builder.finished(state.players().stream()
                .filter(player -> player.finishedRank().isPresent())
                .sorted(Comparator.comparingInt(player -> player.finishedRank().getAsInt()))
                .map(GamePlayer::playerId)
                .toList());
        builder.left(leavers(state, room));
        state.turn().ifPresent(turn -> act(builder, turn));
        return builder.build();
    }

    private static void act(GameBuilder builder, Turn turn) {
        builder.turn(turn.playerId()).sixes(turn.sixes()).turnNumber(Math.max(1, turn.number()));
        if (turn.phase() == TurnPhase.MOVE) {
            builder.dice(turn.dice().orElse(0));
        }
    }

    // A state does not say who has left, but they have no seat in the room any more.
    private static List<PlayerId> leavers(GameState state, Optional<Room> room) {
        if (room.isEmpty()) {
            return List.of();
        }
        Set<PlayerId> seated =
                room.get().players().stream().map(RoomPlayer::playerId).collect(Collectors.toSet());
        return state.players().stream()
                .filter(player -> player.finishedRank().isEmpty())
                .map(GamePlayer::playerId)
                .filter(player -> !seated.contains(player))
                .toList();
    }
}
