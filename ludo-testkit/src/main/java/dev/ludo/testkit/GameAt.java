package dev.ludo.testkit;

import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.GameBuilder;
import dev.ludo.core.rules.RuleSet;
import dev.ludo.core.rules.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where a game is to begin: {@code GameAt.players(2).piece("red-0", 55).dice(2)} is one move from bringing a piece home.
 * What is not said is as at the start of any game. Immutable: each method gives a new one.
 */
public final class GameAt {
    private final int players;
    private final GameMode mode;
    private final Map<PieceId, Position> pieces;
    private final Optional<Color> turn;
    private final OptionalInt dice;

    private GameAt(int players, GameMode mode, Map<PieceId, Position> pieces, Optional<Color> turn, OptionalInt dice) {
        this.players = players;
        this.mode = mode;
        this.pieces = pieces;
        this.turn = turn;
        this.dice = dice;
    }

    /**
     * A classic game at its beginning.
     *
     * @param count how many play, 2 to 4: red and yellow, red, green and yellow, or all
     * @return where it is to begin
     * @throws IllegalArgumentException out of range
     */
    public static GameAt players(int count) {
        if (count < 2 || count > 4) {
            throw new IllegalArgumentException("players must be 2 to 4, was " + count);
        }
        return new GameAt(count, GameMode.CLASSIC, Map.of(), Optional.empty(), OptionalInt.empty());
    }

    /**
     * By which rules it is played.
     *
     * @param other classic, quick or ranked
     * @return the same, played so
     */
    public GameAt mode(GameMode other) {
        return new GameAt(players, other, pieces, turn, dice);
    }

    /**
     * Puts a piece somewhere.
     *
     * @param pieceId such as {@code red-0}, of a colour that plays
     * @param position -1 to 57, as on the wire
     * @return the same, with the piece there
     * @throws IllegalArgumentException if there is no such piece or position, or the piece never comes there
     */
    public GameAt piece(String pieceId, int position) {
        PieceId id = PieceId.parse(pieceId);
        Position place = Position.of(position);
        try {
            var unused = place.progress(id.color());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("position must be one where the piece comes: " + e.getMessage(), e);
        }
        Map<PieceId, Position> more = new LinkedHashMap<>(pieces);
        more.put(id, place);
        return new GameAt(players, mode, more, turn, dice);
    }

    /**
     * Whose turn it is; red's by default.
     *
     * @param color one that plays
     * @return the same, with that player to act
     */
    public GameAt turn(Color color) {
        return new GameAt(players, mode, pieces, Optional.of(color), dice);
    }

    /**
     * Has the player to act rolled already, so that a move is due; by default a roll is.
     *
     * @param value 1 to 6, by which some piece can move
     * @return the same, with a move due
     * @throws IllegalArgumentException out of range
     */
    public GameAt dice(int value) {
        if (value < 1 || value > 6) {
            throw new IllegalArgumentException("dice must be 1 to 6, was " + value);
        }
        return new GameAt(players, mode, pieces, turn, OptionalInt.of(value));
    }

    int count() {
        return players;
    }

    GameMode mode() {
        return mode;
    }

    /**
     * The opening of such a game.
     *
     * @throws IllegalArgumentException if it cannot arise, or is over; the message says why
     */
    Step opening(RuleSet rules, List<PlayerId> who) {
        Game bare = Game.start(rules, who).game();
        pieces.keySet().stream()
                .filter(piece -> bare.playerOf(piece.color()).isEmpty())
                .findFirst()
                .ifPresent(piece -> {
                    throw new IllegalArgumentException("pieceId must be of a colour that plays, was " + piece);
                });
        GameBuilder builder = Game.builder(rules, who);
        pieces.forEach(
                (piece, position) -> builder.progress(piece.color(), piece.index(), position.progress(piece.color())));
        turn.ifPresent(color -> builder.turn(bare.playerOf(color)
                .orElseThrow(
                        () -> new IllegalArgumentException("turn must be a colour that plays, was " + color.word()))));
        dice.ifPresent(value -> builder.dice(value).sixes(value == 6 ? 1 : 0));
        builder.finished(who.stream()
                .filter(player -> home(bare.seat(player).color()) >= rules.tokensToWin())
                .toList());
        Game game = builder.build();
        PlayerId current = game.currentPlayer()
                .orElseThrow(() -> new IllegalArgumentException("pieces must leave a game to play, were " + pieces));
        return new Step(game, List.of(new TurnChange(current, TurnReason.STARTED)));
    }

    private long home(Color color) {
        return IntStream.range(0, 4)
                .mapToObj(i -> PieceId.of(color, i))
                .filter(piece -> Position.HOME.equals(pieces.get(piece)))
                .count();
    }

    /** What was said, for messages. */
    @Override
    public String toString() {
        return "GameAt[" + players + " players, " + mode.word() + ", " + pieces + ", turn " + turn.map(Color::word)
                + ", dice " + dice + ']';
    }
}
