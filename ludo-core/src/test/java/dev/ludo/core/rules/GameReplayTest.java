package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.GameStarted;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.PlayerFinished;
import dev.ludo.core.event.RoomEvent.PlayerLeft;
import dev.ludo.core.event.RoomEvent.StateReport;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Turn;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.GameReplay.Misfit;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams of events against the rules: those that the rules give fit, and of others the first wrong event is named. */
class GameReplayTest {
    private static final PlayerId P0 = PlayerId.of("p0");
    private static final PlayerId P1 = PlayerId.of("p1");

    private static final List<RuleSet> RULES = List.of(
            RuleSet.classic(),
            RuleSet.quick(),
            RuleSet.classic().toBuilder()
                    .sixLimitRule(SixLimitRule.REVERT_TURN)
                    .announceExtraRoll(true)
                    .build(),
            RuleSet.classic().toBuilder()
                    .bonusStacking(RuleSet.BonusStacking.ACCUMULATE)
                    .sixWithoutMove(RuleSet.SixWithoutMove.ROLL_AGAIN)
                    .tokensToWin(2)
                    .build());

    /** A game as a room tells it, and where it ended. */
    private record Told(Game game, List<RoomEvent> events) {}

    private static Told tell(RuleSet rules, int players, long seed, int oddities) {
        SplittableRandom random = new SplittableRandom(seed);
        Step step = Game.start(rules, Recorded.players(players));
        List<RoomEvent> events = new ArrayList<>();
        events.add(new GameStarted(GameId.of("g"), state(step.game())));
        events.addAll(step.events());
        Game game = step.game();
        while (!game.isOver()) {
            PlayerId current = game.currentPlayer().orElseThrow();
            int odd = random.nextInt(1_000);
            if (odd < oddities / 3) {
                PlayerId who = game.players().get(random.nextInt(players));
                if (game.seat(who).status() != SeatStatus.LEFT) {
                    events.add(new PlayerLeft(who, who.value(), 0));
                    step = game.leave(who);
                } else {
                    events.add(new PlayerConnection(who, false));
                    step = new Step(game, List.of());
                }
            } else if (odd < oddities) {
                step = game.timeout(Dice.scripted());
                if (step.game().seat(current).status() == SeatStatus.LEFT) {
                    events.add(new PlayerLeft(current, current.value(), 0));
                }
            } else if (game.dice().isEmpty()) {
                step = game.roll(current, 1 + random.nextInt(6));
            } else {
                step = game.move(
                        current,
                        game.legalMoves()
                                .get(random.nextInt(game.legalMoves().size()))
                                .pieceId());
            }
            events.addAll(step.events());
            game = step.game();
            if (random.nextInt(50) == 0) {
                events.add(new StateReport(state(game)));
            }
        }
        return new Told(game, events);
    }

    private static GameState state(Game game) {
        return new GameState(
                GameId.of("g"),
                RoomCode.of("ABCD23"),
                GameMode.CLASSIC,
                game.isOver() ? GameStatus.ENDED : GameStatus.PLAYING,
                game.currentPlayer()
                        .map(who -> new Turn(
                                who, game.phase(), game.dice(), game.sixes(), game.turnNumber(), Optional.empty())),
                game.players().stream()
                        .map(who -> new GamePlayer(
                                who,
                                who.value(),
                                game.seat(who).color(),
                                game.seat(who).finishedRank(),
                                IntStream.range(0, 4)
                                        .mapToObj(i -> PieceId.of(game.seat(who).color(), i))
                                        .map(piece -> new Piece(piece, game.position(piece)))
                                        .toList()))
                        .toList(),
                game.ranking(),
                game.isOver() ? game.winner() : Optional.empty(),
                0,
                "",
                Optional.empty());
    }

    @Test
    void whatTheRulesGiveFits() {
        for (int seed = 0; seed < 200; seed++) {
            RuleSet rules = RULES.get(seed % RULES.size());
            Told told = tell(rules, 2 + seed % 3, seed, seed % 2 == 0 ? 0 : 30);
            GameReplay replay = GameReplay.by(rules);
            assertThat("seed " + seed, replay.acceptAll(told.events()), is(Optional.empty()));
            assertThat("seed " + seed, replay.awaited(), is(List.of()));
            Game game = replay.game().orElseThrow();
            assertThat("seed " + seed, game.toString(), is(told.game().toString()));
            if (seed % 2 == 0) {
                assertThat("seed " + seed, game, is(told.game()));
            }
        }
    }

    @Test
    void whatAnApiThatSaysLittleTellsFits() {
        for (int seed = 0; seed < 40; seed++) {
            RuleSet rules = RULES.get(seed % RULES.size());
            Told told = tell(rules, 2 + seed % 3, seed, 0);
            GameReplay replay = GameReplay.by(rules);
            List<RoomEvent> attested = told.events().stream()
                    .filter(event -> !(event instanceof PlayerFinished))
                    .map(GameReplayTest::attested)
                    .toList();
            assertThat("seed " + seed, replay.acceptAll(attested), is(Optional.empty()));
            assertThat("seed " + seed, replay.game(), is(Optional.of(told.game())));
        }
    }

    private static RoomEvent attested(RoomEvent event) {
        return switch (event) {
            case DiceRolled e -> new DiceRolled(e.value(), Optional.empty(), List.of());
            case PieceMoved e ->
                new PieceMoved(
                        e.pieceId(),
                        e.position(),
                        Optional.empty(),
                        Optional.empty(),
                        MoveCause.UNKNOWN,
                        Optional.empty());
            case TurnChange e -> new TurnChange(e.currentPlayerId(), TurnReason.UNKNOWN);
            case GameEnded e -> new GameEnded(e.winnerId(), List.of());
            default -> event;
        };
    }

    @Test
    void anEventThatIsLeftOutIsNoticedAtTheNextOne() {
        for (int seed = 0; seed < 6; seed++) {
            List<RoomEvent> events = tell(RULES.get(seed % RULES.size()), 2, seed, 0).events().stream()
                    .filter(event -> !(event instanceof StateReport))
                    .toList();
            for (int i = 0; i < events.size() - 1; i += 3) {
                if (events.get(i) instanceof PlayerFinished) {
                    continue; // which may go unsaid
                }
                List<RoomEvent> holed = new ArrayList<>(events);
                holed.remove(i);
                Misfit misfit = GameReplay.by(RULES.get(seed % RULES.size()))
                        .acceptAll(holed)
                        .orElseThrow();
                assertThat("seed " + seed + " without " + events.get(i), misfit.index(), is((long) i));
                assertThat(misfit.event(), is(holed.get(i)));
            }
        }
    }

    @Test
    void anEventThatComesTwiceIsNoticed() {
        List<RoomEvent> events = tell(RuleSet.classic(), 2, 3, 0).events().stream()
                .filter(event -> !(event instanceof StateReport))
                .toList();
        for (int i = 0; i < events.size(); i++) {
            List<RoomEvent> doubled = new ArrayList<>(events);
            doubled.add(i, events.get(i));
            Optional<Misfit> misfit = GameReplay.byMode().acceptAll(doubled);
            assertThat(i + " " + events.get(i), misfit.map(Misfit::index), is(Optional.of(i + 1L)));
        }
    }

    @Test
    void aHalfToldActionIsKnown() {
        GameReplay replay = started();
        assertThat(replay.awaited(), is(List.of(new TurnChange(P0, TurnReason.STARTED))));
        replay.accept(new TurnChange(P0, TurnReason.STARTED));
        replay.accept(new DiceRolled(3, Optional.of(P0), List.of()));
        assertThat(replay.awaited(), is(List.of(new TurnChange(P1, TurnReason.NO_LEGAL_MOVE))));
        assertThat(
                "no report is looked at half-way",
                replay.accept(new StateReport(state(opening()))),
                is(Optional.empty()));
    }

    @Test
    void theReasonSaysWhatTheRulesGive() {
        assertThat(why(new TurnChange(P1, TurnReason.STARTED)), containsString("TurnChange[currentPlayerId=p0"));
        assertThat(why(begun(), new DiceRolled(3, Optional.of(P1), List.of())), containsString("NOT_YOUR_TURN"));
        assertThat(
                why(begun(), new DiceRolled(6, Optional.of(P0), List.of())),
                containsString("the rules give DiceRolled"));
        assertThat(why(begun(), new TurnChange(P1, TurnReason.MOVED)), containsString("nothing brings it about"));
        assertThat(why(begun(), new GameEnded(P0, List.of(P0, P1))), is("nothing brings it about: game:ended"));
        assertThat(why(begun(), new PlayerFinished(P0, 1)), is("nothing brings it about: game:player-finished"));
        assertThat(why(begun(), moved("red-0", 0, MoveCause.MOVED)), containsString("WRONG_PHASE"));
        assertThat(
                why(begun(), moved("red-0", -1, MoveCause.LEFT)),
                is("nothing brings it about: no piece was to be left"));
        assertThat(why(begun(), new PlayerLeft(PlayerId.of("p9"), "", 1)), containsString("UNKNOWN_SEAT"));
        assertThat(why(started(), new PlayerLeft(P1, "", 1)), containsString("before that"));
        assertThat(
                why(begun(), new GameStarted(GameId.of("h"), state(opening()))),
                containsString("before the one before"));
        assertThat(why(started(), new GameStarted(GameId.of("h"), state(opening()))), containsString("before that"));
        assertThat(why(GameReplay.byMode(), new DiceRolled(1, Optional.empty(), List.of())), is("no game has started"));
        assertThat(why(GameReplay.byMode(), new PlayerFinished(P0, 1)), is("no game has started"));
    }

    @Test
    void aTurnThatTimesOutPasses() {
        assertThat(begun().accept(new TurnChange(P1, TurnReason.TIMEOUT)), is(Optional.empty()));
        assertThat(begun().accept(new TurnChange(P1, TurnReason.UNKNOWN)), is(Optional.empty()));
        assertThat(why(begun(), new TurnChange(P0, TurnReason.TIMEOUT)), containsString("the rules give"));
        RuleSet played = RuleSet.classic().toBuilder()
                .onTimeout(RuleSet.OnTimeout.AUTO_PLAY)
                .build();
        Game game = Game.start(played, Recorded.players(2)).game();
        assertThat(
                why(GameReplay.from(game), new TurnChange(P1, TurnReason.TIMEOUT)),
                containsString("does not pass without"));
    }

    @Test
    void afterTheFirstMisfitNothingMoreIsPlayed() {
        GameReplay replay = begun();
        Optional<Misfit> first = replay.accept(new DiceRolled(3, Optional.of(P1), List.of()));
        assertThat(replay.accept(new DiceRolled(3, Optional.of(P0), List.of())), is(first));
        assertThat(first.map(Misfit::index), is(Optional.of(2L)));
        assertThat(replay.game(), is(Optional.of(opening())));
    }

    @Test
    void aStateThatIsReportedIsCompared() {
        GameState good = state(opening());
        assertThat(begun().accept(new StateReport(good)), is(Optional.empty()));
        assertThat(difference(opening().roll(P0, 6).game()), is("a roll is due, not a move"));
        assertThat(difference(opening().roll(P0, 1).game()), is("it is the turn of p0, not of p1"));
        assertThat(difference(opening().leave(P1).game()), is("the game has not ended"));
        assertThat(difference(Table.of(RuleSet.classic(), 2, "0: 5 0 0 0").game()), is("red-0 stands at -1, not at 4"));
        assertThat(
                difference(Game.start(RuleSet.classic(), Recorded.players(3)).game()),
                is("the players are [p0, p1], not [p0, p1, p2]"));
        Game adjacent = Game.start(
                        RuleSet.classic().toBuilder()
                                .twoPlayerSeating(RuleSet.TwoPlayerSeating.ADJACENT)
                                .build(),
                        Recorded.players(2))
                .game();
        assertThat(difference(adjacent), is("p1 is yellow, not green"));
        Game four = opening().roll(P0, 6).game();
        Game other =
                Table.of(RuleSet.classic(), 2, "0: 1 0 0 0", b -> b.dice(5)).game();
        GameState wrongDie = good.withTurn(new Turn(P0, TurnPhase.MOVE, OptionalInt.of(5), 0, 1, Optional.empty()));
        assertThat(
                GameReplay.from(four).accept(new StateReport(wrongDie)).map(Misfit::why),
                is(Optional.of("the die does not show 5")));
        assertThat(GameReplay.from(other).accept(new StateReport(state(other))), is(Optional.empty()));
        Game ended = opening().leave(P1).game();
        GameState wrongRanking = state(ended);
        GameReplay atEnd = GameReplay.from(opening().leave(P0).game());
        assertThat(
                atEnd.accept(new StateReport(wrongRanking)).map(Misfit::why),
                is(Optional.of("the ranking is [p1, p0], not [p0, p1]")));
    }

    @Test
    void aGameThatCannotBeginSoIsNone() {
        GameState state = state(opening());
        GameState unknown = state.withGameMode(GameMode.UNKNOWN);
        assertThat(
                why(GameReplay.byMode(), new GameStarted(GameId.of("g"), unknown)),
                is("the game's mode is not known, so its rules are not"));
        GameState alone = state.withPlayers(state.players().subList(0, 1));
        assertThat(
                why(GameReplay.byMode(), new GameStarted(GameId.of("g"), alone)),
                containsString("players must be 2..4"));
        Game moved = Table.of(RuleSet.classic(), 2, "0: 1 0 0 0").game();
        GameReplay replay = GameReplay.byMode();
        assertThat(why(replay, new GameStarted(GameId.of("g"), state(moved))), is("red-0 stands at -1, not at 0"));
        assertThat(replay.game(), is(Optional.empty()));
    }

    private static String difference(Game reported) {
        return begun().accept(new StateReport(state(reported))).orElseThrow().why();
    }

    private static RoomEvent moved(String piece, int position, MoveCause cause) {
        return new PieceMoved(
                PieceId.parse(piece),
                Position.of(position),
                Optional.of(P0),
                Optional.empty(),
                cause,
                Optional.empty());
    }

    private static Game opening() {
        return Game.start(RuleSet.classic(), Recorded.players(2)).game();
    }

    private static GameReplay started() {
        GameReplay replay = GameReplay.byMode();
        assertThat(replay.accept(new GameStarted(GameId.of("g"), state(opening()))), is(Optional.empty()));
        return replay;
    }

    private static GameReplay begun() {
        GameReplay replay = started();
        assertThat(replay.accept(new TurnChange(P0, TurnReason.STARTED)), is(Optional.empty()));
        return replay;
    }

    private static String why(RoomEvent event) {
        return why(started(), event);
    }

    private static String why(GameReplay replay, RoomEvent event) {
        return replay.accept(event).orElseThrow().why();
    }
}
