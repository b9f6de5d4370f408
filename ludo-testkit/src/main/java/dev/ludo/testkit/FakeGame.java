package dev.ludo.testkit;

import dev.ludo.core.model.AppliedMove;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Turn;
import dev.ludo.core.rules.Game;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The game of a room: the engine's present moment and what the engine does not know. Guarded by the world's lock. */
final class FakeGame {
    private final GameId id;
    private final Map<PlayerId, String> names;
    private final DiceBox.GameDice dice;
    private Game game;
    private Instant updatedAt;
    private final Instant startedAt;
    private final List<AppliedMove> moves = new ArrayList<>();
    private Optional<Instant> deadline = Optional.empty();

    FakeGame(GameId id, Map<PlayerId, String> names, DiceBox.GameDice dice, Game game, Instant now) {
        this.id = id;
        this.names = Map.copyOf(names);
        this.dice = dice;
        this.game = game;
        this.updatedAt = now;
        this.startedAt = now;
    }

    GameId id() {
        return id;
    }

    Game game() {
        return game;
    }

    DiceBox.GameDice dice() {
        return dice;
    }

    void update(Game next, Instant now) {
        game = next;
        updatedAt = now;
    }

    /** When the present turn times out. */
    void deadline(Optional<Instant> newDeadline) {
        deadline = newDeadline;
    }

    /** The moves made, in their order. */
    List<AppliedMove> moves() {
        return moves;
    }

    /** The game as lists show it. */
    GameSummary summary(FakeRoom room) {
        boolean over = game.isOver();
        return new GameSummary(
                id,
                room.code(),
                room.wish().gameMode(),
                over ? GameStatus.ENDED : GameStatus.PLAYING,
                game.players().stream()
                        .map(who -> new GameSummary.Seat(
                                who,
                                names.getOrDefault(who, ""),
                                game.seat(who).color(),
                                game.seat(who).finishedRank()))
                        .toList(),
                over ? game.winner() : Optional.empty(),
                Optional.of(startedAt),
                over ? Optional.of(updatedAt) : Optional.empty());
    }

    /** The game for everybody to see, as of a message of the room's log. */
    GameState state(FakeRoom room, long seq) {
        boolean over = game.isOver();
        return new GameState(
                id,
                room.code(),
                room.wish().gameMode(),
                over ? GameStatus.ENDED : GameStatus.PLAYING,
                game.currentPlayer().map(this::turn),
                game.players().stream().map(this::player).toList(),
                game.ranking(),
                over ? game.winner() : Optional.empty(),
                seq,
                room.log().epoch(),
                Optional.of(updatedAt));
    }

    private Turn turn(PlayerId current) {
        return new Turn(current, game.phase(), game.dice(), game.sixes(), game.turnNumber(), deadline);
    }

    private GamePlayer player(PlayerId who) {
        Color color = game.seat(who).color();
        return new GamePlayer(
                who,
                names.getOrDefault(who, ""),
                color,
                game.seat(who).finishedRank(),
                IntStream.range(0, 4)
                        .mapToObj(i -> PieceId.of(color, i))
                        .map(piece -> new Piece(piece, game.position(piece)))
                        .toList());
    }
}
