package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.core.event.RoomEvent;
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
import dev.ludo.core.rules.RuleSet.HomeEntry;
import dev.ludo.core.rules.RuleSet.StackRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Plays a game on and checks on every step what must hold on every step of every game. */
final class Observer {
    private Game game;
    private Game turnStart;
    private final List<PlayerId> left = new ArrayList<>();
    private final List<PlayerId> finished = new ArrayList<>();
    private boolean mayBeRebuilt = true;

    Observer(Game opening) {
        this.game = opening;
        this.turnStart = opening;
        checkState();
    }

    Game game() {
        return game;
    }

    void roll(int value) {
        PlayerId who = current();
        take(game.roll(who, value));
        if (!game.isOver() && game.status(who) == SeatStatus.ACTIVE) {
            assertThat("missed", game.missedTurns(who), is(0));
        }
    }

    void move(LegalMove move) {
        checkWhatMayMove();
        take(game.move(current(), move.pieceId(), move.targetPosition()));
    }

    void timeout(Dice automatic) {
        PlayerId who = current();
        int missed = game.missedTurns(who);
        take(game.timeout(automatic));
        assertThat("missed", game.missedTurns(who), is(missed + 1));
    }

    void leave(PlayerId who) {
        if (game.status(who) == SeatStatus.LEFT) {
            assertThat(Table.refusal(() -> game.leave(who)), is(Refusal.ALREADY_LEFT));
            return;
        }
        if (!game.currentPlayer().equals(Optional.of(who))) {
            // What was put back for a leaver cannot be told from outside, see the turn that is undone.
            mayBeRebuilt = false;
        }
        take(game.leave(who));
    }

    void checkEnd() {
        assertThat("rank", new HashSet<>(game.ranking()), is(Set.copyOf(game.players())));
        assertThat("rank", game.ranking(), hasSize(game.players().size()));
        assertThat("winner", game.winner(), is(Optional.of(game.ranking().getFirst())));
        assertThat(Table.refusal(() -> game.timeout(Dice.scripted())), is(Refusal.GAME_ENDED));
    }

    private PlayerId current() {
        return game.currentPlayer().orElseThrow();
    }

    private void take(Step step) {
        Game before = game;
        String shown = before.toString();
        game = step.game();
        assertThat("the game before", before.toString(), is(shown));
        checkEvents(before, step.events());
        for (PlayerId who : game.players()) {
            if (game.status(who) == SeatStatus.LEFT && !left.contains(who)) {
                left.add(who);
            }
            if (game.status(who) == SeatStatus.FINISHED && !finished.contains(who)) {
                finished.add(who);
            }
        }
        if (game.turnNumber() != before.turnNumber()) {
            turnStart = game;
            mayBeRebuilt = true;
        }
        checkState();
    }

    private void checkState() {
        for (PieceId piece : pieces()) {
            assertThat(piece.toString(), game.progress(piece), lessThanOrEqualTo(57));
        }
        List<PlayerId> active = game.players().stream()
                .filter(who -> game.status(who) == SeatStatus.ACTIVE)
                .toList();
        if (!game.isOver()) {
            assertThat("active", active.size(), greaterThan(1));
            assertThat("to act", active.contains(current()), is(true));
            assertThat("legal moves", game.legalMoves().isEmpty(), is(game.phase() == TurnPhase.ROLL));
            assertThat("die", game.dice().isPresent(), is(game.phase() == TurnPhase.MOVE));
        }
        StackRule stacks = game.rules().stackRule();
        if (stacks != StackRule.CAPTURE_ONE && stacks != StackRule.PROTECTED) {
            checkNoMixedSquare();
        }
        if (mayBeRebuilt) {
            assertThat("rebuilt", rebuilt(), is(game));
        }
    }

    private void checkNoMixedSquare() {
        Map<Position, Color> colors = new HashMap<>();
        for (PieceId piece : pieces()) {
            Position position = game.position(piece);
            if (position.isTrack() && !isSafe(position)) {
                Color first = colors.putIfAbsent(position, piece.color());
                assertThat("square " + position, first == null ? piece.color() : first, is(piece.color()));
            }
        }
    }

    /** The same situation set up from what can be asked. */
    private Game rebuilt() {
        Game.Builder builder = Game.builder(game.rules(), game.players())
                .dice(game.dice().orElse(0))
                .sixes(game.sixes())
                .pendingRolls(game.pendingRolls())
                .turnNumber(game.turnNumber())
                .finished(finished)
                .left(left)
                .turnStart(turnStart);
        game.currentPlayer().ifPresent(builder::turn);
        for (PlayerId who : game.players()) {
            builder.captures(who, game.captures(who)).missedTurns(who, game.missedTurns(who));
        }
        pieces().forEach(piece -> builder.progress(piece.color(), piece.index(), game.progress(piece)));
        return builder.build();
    }

    private void checkWhatMayMove() {
        PlayerId who = current();
        Set<Integer> movable = new HashSet<>();
        game.legalMoves().forEach(move -> movable.add(move.pieceId().index()));
        for (int i = 0; i < 4; i++) {
            PieceId piece = PieceId.of(game.color(who), i);
            if (!movable.contains(i)) {
                Refusal refusal = Table.refusal(() -> game.move(who, piece));
                assertThat(
                        refusal.compareTo(Refusal.PIECE_HOME) >= 0 && refusal.compareTo(Refusal.BLOCKED) <= 0,
                        is(true));
            }
        }
    }

    private void checkEvents(Game before, List<RoomEvent> events) {
        Map<PieceId, Position> places = new HashMap<>();
        pieces().forEach(piece -> places.put(piece, before.position(piece)));
        Optional<PlayerId> turn = before.currentPlayer();
        for (RoomEvent event : events) {
            switch (event) {
                case DiceRolled e -> assertThat("roller", e.playerId(), is(before.currentPlayer()));
                case PieceMoved e -> {
                    assertThat("from", e.from(), is(Optional.ofNullable(places.get(e.pieceId()))));
                    assertThat(
                            "owner", e.playerId(), is(game.playerOf(e.pieceId().color())));
                    checkMove(before, e);
                    places.put(e.pieceId(), e.position());
                }
                case TurnChange e -> turn = Optional.of(e.currentPlayerId());
                case PlayerFinished e ->
                    assertThat("rank", game.finishedRank(e.playerId()).orElse(0), is(e.rank()));
                case GameEnded e -> {
                    turn = Optional.empty();
                    assertThat("ranking", e.ranking(), is(game.ranking()));
                }
                default -> throw new AssertionError("the rules never say " + event);
            }
        }
        assertThat("turn", game.currentPlayer(), is(turn));
        pieces().forEach(piece -> assertThat(piece.toString(), game.position(piece), is(places.get(piece))));
    }

    private void checkMove(Game before, PieceMoved e) {
        Color color = e.pieceId().color();
        int from = e.from().orElseThrow().progress(color);
        int to = e.position().progress(color);
        switch (e.cause()) {
            case MOVED -> {
                assertThat("mover", e.playerId(), is(before.currentPlayer()));
                boolean bounced = game.rules().homeEntry() == HomeEntry.BOUNCE && from > 51 && to > 51;
                assertThat("forward", to > from || bounced, is(true));
            }
            case CAPTURED -> {
                Position square = e.from().orElseThrow();
                assertThat("to the yard", to, is(0));
                assertThat("captured on the open track", square.isTrack() && !isSafe(square), is(true));
                assertThat("by", e.byPieceId().map(game::position), is(e.from()));
            }
            case LEFT -> assertThat("to the yard", to, is(0));
            case REVERTED -> assertThat("back", to, is(turnStart.progress(e.pieceId())));
            case UNKNOWN -> throw new AssertionError("no cause: " + e);
        }
        if (e.cause() != MoveCause.CAPTURED) {
            assertThat("captor", e.byPieceId(), is(Optional.empty()));
        }
        assertThat("home is for ever", from < 57 || e.cause() == MoveCause.REVERTED, is(true));
    }

    private boolean isSafe(Position position) {
        return game.rules().safeSquares().contains(position.value());
    }

    private List<PieceId> pieces() {
        return game.players().stream()
                .map(game::color)
                .flatMap(color -> IntStream.range(0, 4).mapToObj(i -> PieceId.of(color, i)))
                .toList();
    }
}
