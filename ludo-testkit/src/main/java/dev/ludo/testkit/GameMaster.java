package dev.ludo.testkit;

import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameStarted;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.model.AppliedMove;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.rules.Game;
import dev.ludo.core.rules.SeatStatus;
import dev.ludo.core.rules.Step;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs the games of all rooms: takes what players do to the engine, and what comes of it to the room's log, the turn's
 * time, the bots and the players' stats. Guarded by the world's lock.
 */
final class GameMaster {
    private final Registry registry;
    private final Players players;
    private final RoomLife life;
    private final DiceBox dice;
    private final FakeSetup setup;
    private final InstantSource clock;
    private final BotDriver bots;

    GameMaster(Registry registry, Players players, RoomLife life, DiceBox dice, FakeSetup setup) {
        this.registry = registry;
        this.players = players;
        this.life = life;
        this.dice = dice;
        this.setup = setup;
        this.clock = setup.clock();
        this.bots = new BotDriver(this, setup);
    }

    void start(FakeRoom room) {
        Map<PlayerId, String> names = new LinkedHashMap<>();
        room.seats().forEach(seat -> names.put(seat.playerId(), seat.playerName()));
        Step opening = room.opening().apply(setup.rules().apply(room.wish().gameMode()), List.copyOf(names.keySet()));
        FakeGame game = new FakeGame(registry.freshGameId(), names, dice.forNewGame(), opening.game(), clock.instant());
        room.seats()
                .forEach(seat -> room.put(
                        seat.withColor(opening.game().seat(seat.playerId()).color())));
        room.game(game);
        registry.addGame(room);
        life.started(room);
        beginTurn(room);
        // The opening as everybody sees it contains the message that carries it.
        room.log().append(new GameStarted(game.id(), game.state(room, room.log().top() + 1)));
        opening.events().forEach(room.log()::append);
        bots.wake(room);
    }

    /** Rolls for a player, or for whoever is to act if nobody is named. */
    RollResult roll(FakeRoom room, Optional<PlayerId> actor) {
        FakeGame game = room.game();
        Step step = game.game().roll(actor(game, actor), game.dice().peek());
        game.dice().roll();
        apply(room, step, List.of());
        DiceRolled rolled = step.events().stream()
                .filter(DiceRolled.class::isInstance)
                .map(DiceRolled.class::cast)
                .findFirst()
                .orElseThrow();
        return new RollResult(rolled.value(), rolled.legalMoves(), room.state());
    }

    /** Moves for a player, or for whoever is to act if nobody is named. */
    MoveResult move(FakeRoom room, Optional<PlayerId> actor, Move move) {
        FakeGame game = room.game();
        if (game.game().playerOf(move.pieceId().color()).isEmpty()) {
            throw new InvalidRequestException(List.of(
                    new FieldError("pieceId", "is of a colour that is not in this game, was " + move.pieceId())));
        }
        long before = room.log().top();
        apply(room, game.game().move(actor(game, actor), move.pieceId(), move.targetPosition()), List.of());
        return new MoveResult(room.log().after(before), Optional.of(room.state()));
    }

    // Once the game has ended nobody is to act; the engine then refuses whoever tries.
    private static PlayerId actor(FakeGame game, Optional<PlayerId> named) {
        return named.or(game.game()::currentPlayer).orElse(game.game().players().getFirst());
    }

    /** Takes a player out of the game that goes on; their seat is gone already. */
    void leave(FakeRoom room, PlayerLeft left) {
        apply(room, room.game().game().leave(left.playerId()), List.of(left));
    }

    private void timeOut(FakeRoom room) {
        FakeGame game = room.game();
        PlayerId late = game.game().currentPlayer().orElseThrow();
        Step step = game.game().timeout(game.dice()::roll);
        boolean dismissed = step.game().seat(late).status() == SeatStatus.LEFT;
        apply(room, step, dismissed ? List.of(unseat(room, late)) : List.of());
    }

    /** Takes a seat away and says what is told of it. */
    PlayerLeft unseat(FakeRoom room, PlayerId who) {
        Seat seat = room.seat(who).orElseThrow();
        registry.unseat(room, seat);
        return new PlayerLeft(who, seat.playerName(), room.seats().size());
    }

    private void apply(FakeRoom room, Step step, List<PlayerLeft> first) {
        Game before = room.game().game();
        Game next = step.game();
        room.game().update(next, clock.instant());
        if (next.isOver()) {
            players.count(next, room.wish().gameMode());
            life.ended(room);
        } else if (next.turnNumber() != before.turnNumber()) {
            beginTurn(room);
        }
        first.forEach(room.log()::append);
        tell(room, before.dice(), step.events());
        if (!next.isOver()) {
            bots.wake(room);
        }
    }

    /** Tells everybody what happened, and keeps the moves among it. */
    private void tell(FakeRoom room, OptionalInt rolledBefore, List<RoomEvent> events) {
        OptionalInt die = rolledBefore;
        for (RoomEvent event : events) {
            room.log().append(event);
            if (event instanceof DiceRolled rolled) {
                die = OptionalInt.of(rolled.value());
            } else if (event instanceof PieceMoved moved && moved.cause() == MoveCause.MOVED) {
                keep(room, moved, die.orElseThrow(), events);
            }
        }
    }

    private void keep(FakeRoom room, PieceMoved moved, int die, List<RoomEvent> events) {
        List<PieceId> captured = new ArrayList<>();
        for (RoomEvent event : events) {
            if (event instanceof PieceMoved other && other.cause() == MoveCause.CAPTURED) {
                captured.add(other.pieceId());
            }
        }
        room.game()
                .moves()
                .add(new AppliedMove(
                        room.log().top(),
                        moved.playerId().orElseThrow(),
                        moved.pieceId(),
                        moved.from().orElseThrow(),
                        moved.position(),
                        die,
                        captured,
                        Optional.of(clock.instant())));
    }

    private void beginTurn(FakeRoom room) {
        Duration turnTime = setup.turnTime();
        if (turnTime.isPositive()) {
            room.game().deadline(Optional.of(clock.instant().plus(turnTime)));
            room.turnEnd.plan(clock.instant().plus(turnTime), () -> timeOut(room));
        }
    }
}
