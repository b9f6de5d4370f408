package dev.ludo.core.rules;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A game in play, so that tests read as transcripts. Players are {@code p0}, {@code p1} …; seats are numbers; what
 * happens is answered in the short form, such as {@code D5 M0.0>20 T1}.
 */
final class Table {
    private Game game;
    private List<RoomEvent> told = List.of();

    private Table(Game game) {
        this.game = game;
    }

    static Table with(Game game) {
        return new Table(game);
    }

    /**
     * A table set up.
     *
     * @param rows such as {@code "0: 15 0 0 0, 1: 0 0 7 0"}; seats that are not named are at their opening
     */
    static Table of(RuleSet rules, int players, String rows, Consumer<GameBuilder> more) {
        GameBuilder builder = builder(rules, players, rows);
        more.accept(builder);
        return new Table(builder.build());
    }

    static Table of(RuleSet rules, int players, String rows) {
        return of(rules, players, rows, builder -> {});
    }

    static Table classic(String rows) {
        return of(RuleSet.classic(), 4, rows);
    }

    static GameBuilder builder(RuleSet rules, int players, String rows) {
        GameBuilder builder = Game.builder(rules, Recorded.players(players));
        for (String row : rows.isEmpty() ? new String[0] : rows.split(",\\s*", -1)) {
            String[] seatAndPieces = row.split(":\\s*", -1);
            builder.progress(
                    Color.ofSeat(Integer.parseInt(seatAndPieces[0])),
                    Stream.of(seatAndPieces[1].split(" ", -1))
                            .mapToInt(Integer::parseInt)
                            .toArray());
        }
        return builder;
    }

    Game game() {
        return game;
    }

    /** What the last step told, in full. */
    List<RoomEvent> told() {
        return told;
    }

    String roll(int value) {
        return take(game.roll(current(), value));
    }

    String move(int piece) {
        return take(game.move(current(), piece(piece)));
    }

    /** Rolls, then moves, and gives the events of both. */
    String play(int value, int piece) {
        String rolled = roll(value);
        return rolled + ' ' + move(piece);
    }

    String timeout(int... automatic) {
        return take(game.timeout(Dice.scripted(automatic)));
    }

    String leave(int seat) {
        return take(game.leave(Recorded.player(game, seat)));
    }

    /** What can be moved, such as {@code 0>20 1>25}. */
    String legal() {
        return game.legalMoves().stream()
                .map(move -> move.pieceId().index() + ">" + Recorded.progress(move.pieceId(), move.targetPosition()))
                .collect(Collectors.joining(" "));
    }

    /** A seat's pieces, such as {@code 15 0 0 57}. */
    String row(int seat) {
        return Recorded.row(game, seat).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    String ranking() {
        return Recorded.seats(game, game.ranking()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    int turn() {
        return Recorded.seat(game, current());
    }

    Refusal refusedMove(int piece) {
        return refusal(() -> game.move(current(), piece(piece)));
    }

    Refusal refusedMove(int piece, int targetProgress) {
        Position target = Position.atProgress(Color.ofSeat(turn()), targetProgress);
        return refusal(() -> game.move(current(), piece(piece), target));
    }

    static Refusal refusal(Supplier<Step> action) {
        return refused(action).refusal();
    }

    static ErrorCode errorCode(Supplier<Step> action) {
        return refused(action).errorCode();
    }

    static RefusedException refused(Supplier<Step> action) {
        return assertThrows(RefusedException.class, action::get);
    }

    PlayerId current() {
        return game.currentPlayer().orElseThrow();
    }

    private PieceId piece(int index) {
        return PieceId.of(Color.ofSeat(turn()), index);
    }

    private String take(Step step) {
        String brief = String.join(" ", Recorded.brief(game, step.events()));
        game = step.game();
        told = step.events();
        return brief;
    }
}
