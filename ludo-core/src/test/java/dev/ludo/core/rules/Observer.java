package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Plays a game on and checks on every step what must hold on every step of every game. */
final class Observer {
    private Game game;
    private Game turnStart;
    private final List<PlayerId> left = new ArrayList<>();
    private final List<PlayerId> finished = new ArrayList<>();
    private final List<PieceId> pieces;
    private boolean mayBeRebuilt = true;
    private int steps;

    Observer(Game opening) {
        this.game = opening;
        this.turnStart = opening;
        this.pieces = opening.players().stream()
                .map(who -> opening.seat(who).color())
                .flatMap(color -> IntStream.range(0, 4).mapToObj(i -> PieceId.of(color, i)))
                .toList();
        checkState();
    }

    Game game() {
        return game;
    }

    void roll(int value) {
        PlayerId who = current();
        take(game.roll(who, value));
        if (!game.isOver() && game.seat(who).status() == SeatStatus.ACTIVE) {
            assertThat("missed", game.seat(who).missedTurns(), is(0));
        }
    }

    void move(LegalMove move) {
        checkWhatMayMove();
        take(game.move(current(), move.pieceId(), move.targetPosition()));
    }

    void timeout(Dice automatic) {
        PlayerId who = current();
        int missed = game.seat(who).missedTurns();
        take(game.timeout(automatic));
        assertThat("missed", game.seat(who).missedTurns(), is(missed + 1));
    }

    void leave(PlayerId who) {
        if (game.seat(who).status() == SeatStatus.LEFT) {
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
        int hash = before.hashCode();
        game = step.game();
        check(before.hashCode() == hash, "the game before changed", before);
        steps++;
        checkEvents(before, step.events());
        for (PlayerId who : game.players()) {
            if (game.seat(who).status() == SeatStatus.LEFT && !left.contains(who)) {
                left.add(who);
            }
            if (game.seat(who).status() == SeatStatus.FINISHED && !finished.contains(who)) {
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
        int active = 0;
        for (PlayerId who : game.players()) {
            active += game.seat(who).status() == SeatStatus.ACTIVE ? 1 : 0;
        }
        for (PieceId piece : pieces) {
            int progress = game.progress(piece);
            check(progress >= 0 && progress <= 57, "out of bounds", piece);
        }
        if (!game.isOver()) {
            check(active > 1, "too few are active", game);
            check(game.seat(current()).status() == SeatStatus.ACTIVE, "who is to act does not play", game);
            check(game.legalMoves().isEmpty() == (game.phase() == TurnPhase.ROLL), "legal moves", game);
            check(game.dice().isPresent() == (game.phase() == TurnPhase.MOVE), "die", game);
        }
        StackRule stacks = game.rules().stackRule();
        if (stacks != StackRule.CAPTURE_ONE && stacks != StackRule.PROTECTED) {
            checkNoMixedSquare();
        }
        // Setting up costs more than all the rest, so not every step is.
        if (mayBeRebuilt && (steps % 16 == 0 || game.isOver())) {
            assertThat("rebuilt", rebuilt(), is(game));
        }
    }

    private void checkNoMixedSquare() {
        int[] owners = new int[52];
        for (PieceId piece : pieces) {
            Position position = game.position(piece);
            if (position.isTrack() && !isSafe(position)) {
                int seat = 1 + piece.color().seat();
                int other = owners[position.value()];
                check(other == 0 || other == seat, "two colours on one square", position);
                owners[position.value()] = seat;
            }
        }
    }

    /** The same situation set up from what can be asked. */
    private Game rebuilt() {
        GameBuilder builder = Game.builder(game.rules(), game.players())
                .dice(game.dice().orElse(0))
                .sixes(game.sixes())
                .pendingRolls(game.pendingRolls())
                .turnNumber(game.turnNumber())
                .finished(finished)
                .left(left)
                .turnStart(turnStart);
        game.currentPlayer().ifPresent(builder::turn);
        for (PlayerId who : game.players()) {
            builder.captures(who, game.seat(who).captures())
                    .missedTurns(who, game.seat(who).missedTurns());
        }
        pieces.forEach(piece -> builder.progress(piece.color(), piece.index(), game.progress(piece)));
        return builder.build();
    }

    private void checkWhatMayMove() {
        PlayerId who = current();
        int movable = 0;
        for (LegalMove move : game.legalMoves()) {
            movable |= 1 << move.pieceId().index();
        }
        for (int i = 0; i < 4; i++) {
            // An exception costs a hundred steps, so not every one is asked for.
            if ((movable & (1 << i)) == 0 && steps % 8 == i) {
                PieceId piece = PieceId.of(game.seat(who).color(), i);
                Refusal refusal = Table.refusal(() -> game.move(who, piece));
                check(
                        refusal.compareTo(Refusal.PIECE_HOME) >= 0 && refusal.compareTo(Refusal.BLOCKED) <= 0,
                        "refused for another reason",
                        refusal);
            }
        }
    }

    private void checkEvents(Game before, List<RoomEvent> events) {
        Position[] places = new Position[16];
        for (PieceId piece : pieces) {
            places[index(piece)] = before.position(piece);
        }
        Optional<PlayerId> turn = before.currentPlayer();
        for (RoomEvent event : events) {
            switch (event) {
                case DiceRolled e -> check(e.playerId().equals(before.currentPlayer()), "roller", e);
                case PieceMoved e -> {
                    check(e.from().equals(Optional.of(places[index(e.pieceId())])), "from", e);
                    check(e.playerId().equals(game.playerOf(e.pieceId().color())), "owner", e);
                    checkMove(before, e);
                    places[index(e.pieceId())] = e.position();
                }
                case TurnChange e -> turn = Optional.of(e.currentPlayerId());
                case PlayerFinished e ->
                    check(game.seat(e.playerId()).finishedRank().orElse(0) == e.rank(), "rank", e);
                case GameEnded e -> {
                    turn = Optional.empty();
                    check(e.ranking().equals(game.ranking()), "ranking", e);
                    check(e.equals(events.getLast()), "something follows the end", events);
                }
                default -> throw new AssertionError("the rules never say " + event);
            }
        }
        check(game.currentPlayer().equals(turn), "turn", game);
        for (PieceId piece : pieces) {
            check(game.position(piece).equals(places[index(piece)]), "moved without an event", piece);
        }
    }

    private static int index(PieceId piece) {
        return 4 * piece.color().seat() + piece.index();
    }

    private void checkMove(Game before, PieceMoved e) {
        Color color = e.pieceId().color();
        int from = e.from().orElseThrow().progress(color);
        int to = e.position().progress(color);
        switch (e.cause()) {
            case MOVED -> {
                check(e.playerId().equals(before.currentPlayer()), "mover", e);
                boolean bounced = game.rules().homeEntry() == HomeEntry.BOUNCE && from > 51 && to > 51;
                check(to > from || bounced, "backwards", e);
            }
            case CAPTURED -> {
                Position square = e.from().orElseThrow();
                check(to == 0, "not to the yard", e);
                check(square.isTrack() && !isSafe(square), "captured where it is safe", e);
                check(e.byPieceId().map(game::position).equals(e.from()), "by", e);
            }
            case LEFT -> check(to == 0, "not to the yard", e);
            case REVERTED -> check(to == turnStart.progress(e.pieceId()), "not back", e);
            case UNKNOWN -> throw new AssertionError("no cause: " + e);
        }
        check(e.cause() == MoveCause.CAPTURED || e.byPieceId().isEmpty(), "captor", e);
        check(from < 57 || e.cause() == MoveCause.REVERTED, "home is for ever", e);
    }

    /** Thousands of games are watched, so nothing is put into words unless it is wrong. */
    private static void check(boolean holds, String what, Object where) {
        if (!holds) {
            throw new AssertionError(what + ": " + where);
        }
    }

    private boolean isSafe(Position position) {
        return game.rules().safeSquares().contains(position.value());
    }
}
