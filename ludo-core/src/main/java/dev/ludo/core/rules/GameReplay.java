package dev.ludo.core.rules;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.GameStarted;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerFinished;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.event.RoomEvent.StateReport;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.RuleSet.OnTimeout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Plays a room's events after, one by one, and says which is the first that the rules do not give, and why.
 *
 * <p>An event either begins something (a game that starts, a roll, a move, a turn that times out, a player who leaves) or is
 * what must follow from what began. What begins is played on a {@link Game}, what follows is compared with what that game
 * told; both must agree in all that the API says. An API that has only what is attested says less, and less is compared:
 * fields that are empty or {@code UNKNOWN} fit anything, and that a player finished may go unsaid. Events that are no matter
 * of the rules, such as who is connected, fit always. A {@link StateReport} is compared when nothing is half told.
 *
 * <p>Some things are not in the events and so not in the game: how many timeouts a player had before they were dismissed,
 * and turns that the API played for somebody, which look like their own.
 *
 * <p>After the first event that does not fit, nothing more is played. For one thread at a time.
 */
public final class GameReplay {
    private final Optional<RuleSet> rules;
    private final Deque<RoomEvent> awaited = new ArrayDeque<>();
    private Optional<Game> game = Optional.empty();
    private Optional<Misfit> misfit = Optional.empty();
    private long taken;

    /**
     * An event that the rules do not give.
     *
     * @param index how many events came before it
     * @param event the event
     * @param why what is wrong with it
     */
    public record Misfit(long index, RoomEvent event, String why) {}

    private GameReplay(Optional<RuleSet> rules) {
        this.rules = rules;
    }

    /**
     * A replay that waits for a game to start and takes the rules of the mode that it starts in.
     *
     * @return a replay without a game yet
     */
    public static GameReplay byMode() {
        return new GameReplay(Optional.empty());
    }

    /**
     * A replay that waits for a game to start, whatever its mode is called.
     *
     * @param rules what is played by
     * @return a replay without a game yet
     */
    public static GameReplay by(RuleSet rules) {
        return new GameReplay(Optional.of(rules));
    }

    /**
     * A replay that goes on with a game.
     *
     * @param game where it stands before the next event
     * @return a replay with that game
     */
    public static GameReplay from(Game game) {
        GameReplay replay = new GameReplay(Optional.of(game.rules()));
        replay.game = Optional.of(game);
        return replay;
    }

    /**
     * Takes the next event.
     *
     * @param event any event, in the order in which the room told them
     * @return the first event that did not fit, this one or an earlier one; empty while all fit
     */
    public Optional<Misfit> accept(RoomEvent event) {
        if (misfit.isEmpty()) {
            Optional<String> wrong = check(event);
            misfit = wrong.map(why -> new Misfit(taken, event, why));
            taken++;
        }
        return misfit;
    }

    /**
     * Takes events.
     *
     * @param events in the order in which the room told them
     * @return the first event that did not fit; empty if all fit
     */
    public Optional<Misfit> acceptAll(Iterable<? extends RoomEvent> events) {
        events.forEach(this::accept);
        return misfit;
    }

    /**
     * The game as far as all events fit.
     *
     * @return the game after the last action that began; empty before one has started
     */
    public Optional<Game> game() {
        return game;
    }

    /**
     * What was to follow from the last action and has not been told yet. A stream that ends here ends half-way.
     *
     * @return the events, in order; empty if all was told
     */
    public List<RoomEvent> awaited() {
        return List.copyOf(awaited);
    }

    private Optional<String> check(RoomEvent event) {
        return switch (event) {
            case GameStarted started -> start(started.state());
            case StateReport report ->
                awaited.isEmpty() ? game.flatMap(g -> Likeness.difference(g, report.state())) : fits();
            case PlayerLeft left -> game.filter(g -> !g.isOver()).flatMap(g -> leave(g, left));
            case DiceRolled rolled -> told(rolled).orElseGet(() -> play(event, g -> roll(g, rolled)));
            case PieceMoved moved -> told(moved).orElseGet(() -> play(event, g -> move(g, moved)));
            case TurnChange turn -> told(turn).orElseGet(() -> play(event, g -> timeout(g, turn)));
            case PlayerFinished finished -> told(finished).orElseGet(() -> unfounded(finished));
            case GameEnded ended -> told(ended).orElseGet(() -> unfounded(ended));
            case RoomEvent.PlayerJoined e -> fits();
            case RoomEvent.PlayerConnection e -> fits();
            case RoomEvent.RoomClosed e -> fits();
            case RoomEvent.RoomJoined e -> fits();
            case RoomEvent.RoomLeft e -> fits();
            case RoomEvent.Ack e -> fits();
            case RoomEvent.Pong e -> fits();
            case RoomEvent.Refused e -> fits();
            case RoomEvent.UnknownEvent e -> fits();
        };
    }

    private static Optional<String> fits() {
        return Optional.empty();
    }

    private Optional<String> start(GameState state) {
        if (!awaited.isEmpty()) {
            return Optional.of(missing());
        }
        if (game.isPresent() && !game.get().isOver()) {
            return Optional.of("a game began before the one before it ended");
        }
        if (rules.isEmpty() && state.gameMode() == GameMode.UNKNOWN) {
            return Optional.of("the game's mode is not known, so its rules are not");
        }
        Step opening;
        try {
            opening = Game.start(
                    rules.orElseGet(() -> RuleSet.of(state.gameMode())),
                    state.players().stream().map(player -> player.playerId()).toList());
        } catch (IllegalArgumentException e) {
            return Optional.of("no game can begin so: " + e.getMessage());
        }
        Optional<String> difference = Likeness.difference(opening.game(), state);
        if (difference.isEmpty()) {
            game = Optional.of(opening.game());
            awaited.addAll(opening.events());
        }
        return difference;
    }

    /** Whether the event is what was awaited; empty if nothing was. */
    private Optional<Optional<String>> told(RoomEvent event) {
        while (awaited.peek() instanceof PlayerFinished && !(event instanceof PlayerFinished)) {
            awaited.remove(); // an API that has only what is attested does not say it
        }
        RoomEvent next = awaited.poll();
        if (next == null) {
            return Optional.empty();
        }
        return Optional.of(Likeness.fits(next, event) ? fits() : Optional.of("the rules give " + next + " here"));
    }

    private interface Action {
        Step on(Game game);
    }

    /** Plays what an event began, which must then tell that event first. */
    private Optional<String> play(RoomEvent event, Action action) {
        if (game.isEmpty()) {
            return Optional.of("no game has started");
        }
        Step step;
        try {
            step = action.on(game.get());
        } catch (RefusedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return Optional.of("nothing brings it about: " + e.getMessage());
        }
        awaited.addAll(step.events());
        Optional<Optional<String>> first = told(event);
        if (first.isEmpty() || first.get().isPresent()) {
            awaited.clear();
            return first.orElseGet(() -> Optional.of("the rules give nothing here"));
        }
        game = Optional.of(step.game());
        return fits();
    }

    private static Step roll(Game game, DiceRolled rolled) {
        return game.roll(rolled.playerId().orElseGet(() -> current(game)), rolled.value());
    }

    private static Step move(Game game, PieceMoved moved) {
        if (moved.cause() != MoveCause.MOVED && moved.cause() != MoveCause.UNKNOWN) {
            throw new IllegalArgumentException(
                    "no piece was to be " + moved.cause().word());
        }
        return game.move(moved.playerId().orElseGet(() -> current(game)), moved.pieceId(), moved.position());
    }

    private static Step timeout(Game game, TurnChange turn) {
        boolean mayBe = turn.reason() == TurnReason.TIMEOUT || turn.reason() == TurnReason.UNKNOWN;
        if (!mayBe || game.rules().onTimeout() != OnTimeout.SKIP) {
            throw new IllegalArgumentException("the turn does not pass without a roll, a move or a leave");
        }
        return game.timeout(Dice.scripted());
    }

    private Optional<String> leave(Game before, PlayerLeft left) {
        if (!awaited.isEmpty()) {
            return Optional.of(missing());
        }
        PlayerId who = left.playerId();
        try {
            Step step = before.leave(who);
            awaited.addAll(step.events());
            game = Optional.of(step.game());
            return fits();
        } catch (RefusedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private String missing() {
        return "the rules give " + awaited.element() + " before that";
    }

    private Optional<String> unfounded(RoomEvent event) {
        return Optional.of(game.isEmpty() ? "no game has started" : "nothing brings it about: " + event.type());
    }

    private static PlayerId current(Game game) {
        return game.currentPlayer().orElseGet(() -> game.players().getFirst());
    }
}
