package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.TurnPhase;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Short pieces of play whose outcome was worked out by hand. */
class VectorTest {
    @TestFactory
    Stream<DynamicTest> everyVectorComesOutAsWorkedOut() {
        List<JsonObject> vectors = Recorded.json(Recorded.text("vectors.json"))
                .getJsonArray("vectors")
                .getValuesAs(JsonObject.class);
        assertThat(vectors.isEmpty(), is(false));
        return vectors.stream()
                .map(v -> DynamicTest.dynamicTest(v.getString("id") + " " + v.getString("note"), () -> play(v)));
    }

    private static void play(JsonObject vector) {
        Recorded.checkKeys(
                vector, "id", "note", "n", "mode", "opt", "opening", "pos", "turn", "streak", "set", "steps");
        RuleSet rules = Recorded.rules(
                vector.getString("mode", "classic"),
                vector.containsKey("opt") ? vector.getJsonObject("opt") : JsonValue.EMPTY_JSON_OBJECT);
        List<PlayerId> players = Recorded.players(vector.getInt("n", 4));
        if (vector.containsKey("opening")) {
            checkRows(Game.start(rules, players).game(), vector.get("opening"));
        }
        Game game = setUp(rules, players, vector);
        for (JsonObject step : vector.getJsonArray("steps").getValuesAs(JsonObject.class)) {
            game = new Attempt(game, step).check();
        }
    }

    private static Game setUp(RuleSet rules, List<PlayerId> players, JsonObject vector) {
        Game opening = Game.start(rules, players).game();
        GameBuilder builder = Game.builder(rules, players);
        if (vector.containsKey("pos")) {
            vector.getJsonObject("pos")
                    .forEach((seat, row) -> builder.progress(
                            Color.ofSeat(Integer.parseInt(seat)),
                            Stream.of(Recorded.integers(row)).mapToInt(i -> i).toArray()));
        }
        if (vector.containsKey("turn")) {
            builder.turn(Recorded.player(opening, vector.getInt("turn")));
        }
        if (vector.containsKey("streak")) {
            builder.sixes(vector.getInt("streak"));
        }
        if (vector.containsKey("set")) {
            JsonObject pos = vector.containsKey("pos") ? vector.getJsonObject("pos") : JsonValue.EMPTY_JSON_OBJECT;
            set(builder, opening, vector.getJsonObject("set"), pos);
        }
        return builder.build();
    }

    private static void set(GameBuilder builder, Game opening, JsonObject state, JsonObject pos) {
        Recorded.checkKeys(
                state,
                "status",
                "finishOrder",
                "leaveOrder",
                "missed",
                "captures",
                "sixStreak",
                "pendingRolls",
                "phase",
                "roll");
        if (state.containsKey("sixStreak")) {
            builder.sixes(state.getInt("sixStreak"));
        }
        builder.pendingRolls(state.getInt("pendingRolls", 0));
        if (state.get("roll") instanceof JsonNumber roll) {
            builder.dice(roll.intValueExact());
        }
        List<PlayerId> finished = order(opening, state, "finishOrder", "FINISHED");
        // Where it does not matter to a vector, it leaves out that finishers are home.
        finished.stream()
                .map(who -> opening.seat(who).color())
                .filter(color -> !pos.containsKey(Integer.toString(color.seat())))
                .forEach(color -> builder.progress(color, 57, 57, 57, 57));
        builder.finished(finished);
        builder.left(order(opening, state, "leaveOrder", "LEFT"));
        for (int seat = 0; seat < 4; seat++) {
            if (opening.playerOf(Color.ofSeat(seat)).isPresent()) {
                PlayerId who = Recorded.player(opening, seat);
                builder.missedTurns(
                        who,
                        state.containsKey("missed")
                                ? state.getJsonArray("missed").getInt(seat)
                                : 0);
                builder.captures(
                        who,
                        state.containsKey("captures")
                                ? state.getJsonArray("captures").getInt(seat)
                                : 0);
            }
        }
    }

    /** The recorded order, or that of the seats where only the status is recorded. */
    private static List<PlayerId> order(Game opening, JsonObject state, String key, String status) {
        IntStream seats = state.containsKey(key)
                ? Stream.of(Recorded.integers(state.getJsonArray(key))).mapToInt(i -> i)
                : IntStream.range(0, state.containsKey("status") ? 4 : 0)
                        .filter(seat ->
                                state.getJsonArray("status").getString(seat).equals(status));
        return seats.mapToObj(seat -> Recorded.player(opening, seat)).toList();
    }

    private static void checkRows(Game game, JsonValue rows) {
        for (int seat = 0; seat < 4; seat++) {
            JsonValue row =
                    rows instanceof JsonArray list ? list.get(seat) : ((JsonObject) rows).get(Integer.toString(seat));
            if (JsonValue.NULL.equals(row)) {
                assertThat("player on seat " + seat, game.playerOf(Color.ofSeat(seat)), is(Optional.empty()));
            } else if (row != null) {
                assertThat("seat " + seat, Recorded.row(game, seat), is(List.of(Recorded.integers(row))));
            }
        }
    }

    /** One step of a vector, tried on the game before it. */
    private record Attempt(Game game, JsonObject step) {
        Attempt {
            Recorded.checkKeys(
                    step,
                    "roll",
                    "piece",
                    "targetPosition",
                    "seat",
                    "timeout",
                    "leave",
                    "rollOnly",
                    "legal",
                    "events",
                    "pos",
                    "next",
                    "phase",
                    "streakAfter",
                    "missed",
                    "status",
                    "ranking",
                    "winner",
                    "error");
        }

        Game check() {
            if (step.containsKey("legal")) {
                Step rolled = game.roll(who(), step.getInt("roll"));
                assertThat("legal", legal(rolled.game()), is(expectedLegal()));
                assertThat(
                        "announced",
                        ((DiceRolled) rolled.events().getFirst()).legalMoves(),
                        is(rolled.game().legalMoves()));
            }
            if (step.containsKey("error")) {
                Game before = game;
                int hash = game.hashCode();
                RefusedException e = assertThrows(RefusedException.class, this::play);
                assertThat(e.refusal(), is(Refusal.valueOf(step.getString("error"))));
                assertThat("state", game, is(before));
                assertThat("state", game.hashCode(), is(hash));
                return game;
            }
            Step played = play();
            if (step.containsKey("events")) {
                List<String> events = step.getJsonArray("events").getValuesAs(JsonString::getString);
                assertThat("events", Recorded.brief(game, played.events()), is(events));
            }
            checkState(played.game());
            return played.game();
        }

        private Step play() {
            if (step.getBoolean("timeout", false)) {
                return game.timeout(step.containsKey("roll") ? Dice.scripted(step.getInt("roll")) : Dice.scripted());
            }
            if (step.getBoolean("leave", false)) {
                return game.leave(who());
            }
            Optional<String> piece =
                    Optional.ofNullable(step.get("piece")).map(value -> Recorded.pieceName(value, seat()));
            Optional<Position> target = Optional.ofNullable(step.getJsonNumber("targetPosition"))
                    .map(number -> Position.atProgress(Color.ofSeat(seat()), number.intValueExact()));
            if (!step.containsKey("roll")) {
                return Transcript.move(game, who(), piece.orElseThrow(), target);
            }
            return step.getBoolean("rollOnly", false)
                    ? game.roll(who(), step.getInt("roll"))
                    : Transcript.play(game, who(), step.getInt("roll"), piece, target);
        }

        /** The seat that acts: the one named, else the one to act. */
        private int seat() {
            return step.containsKey("seat")
                    ? step.getInt("seat")
                    : game.currentPlayer().map(who -> Recorded.seat(game, who)).orElse(0);
        }

        private PlayerId who() {
            return Recorded.player(game, seat());
        }

        private List<List<Object>> legal(Game rolled) {
            return rolled.legalMoves().stream().map(move -> legal(rolled, move)).toList();
        }

        private List<Object> legal(Game rolled, LegalMove move) {
            List<String> captured = rolled.move(rolled.currentPlayer().orElseThrow(), move.pieceId()).events().stream()
                    .filter(event -> event instanceof PieceMoved moved && moved.cause() == MoveCause.CAPTURED)
                    .map(event -> ((PieceMoved) event).pieceId().toString())
                    .toList();
            return List.of(move.pieceId().index(), Recorded.progress(move.pieceId(), move.targetPosition()), captured);
        }

        private List<List<Object>> expectedLegal() {
            List<List<Object>> expected = new ArrayList<>();
            for (JsonArray move : step.getJsonArray("legal").getValuesAs(JsonArray.class)) {
                List<String> captured =
                        move.size() > 2 ? move.getJsonArray(2).getValuesAs(JsonString::getString) : List.of();
                expected.add(List.of(move.getInt(0), move.getInt(1), captured));
            }
            return expected;
        }

        private void checkState(Game after) {
            if (step.containsKey("pos")) {
                checkRows(after, step.get("pos"));
            }
            if (step.containsKey("next")) {
                Optional<Integer> next = step.get("next") instanceof JsonNumber seat
                        ? Optional.of(seat.intValueExact())
                        : Optional.empty();
                assertThat("next", after.currentPlayer().map(who -> Recorded.seat(after, who)), is(next));
            }
            if (step.containsKey("phase")) {
                assertThat("phase", phase(after), is(step.getString("phase")));
            }
            if (step.containsKey("streakAfter")) {
                assertThat("streak", after.sixes(), is(step.getInt("streakAfter")));
            }
            if (step.containsKey("missed")) {
                for (PlayerId who : after.players()) {
                    int expected = step.getJsonArray("missed").getInt(Recorded.seat(after, who));
                    assertThat("missed by " + who, after.seat(who).missedTurns(), is(expected));
                }
            }
            if (step.containsKey("status")) {
                assertThat(
                        "status",
                        statuses(after),
                        is(step.getJsonArray("status").getValuesAs(JsonString::getString)));
            }
            if (step.containsKey("ranking")) {
                assertThat(
                        "ranking",
                        Recorded.seats(after, after.ranking()),
                        is(List.of(Recorded.integers(step.getJsonArray("ranking")))));
            }
            if (step.containsKey("winner")) {
                assertThat("winner", after.winner(), is(Optional.of(PlayerId.of(step.getString("winner")))));
            }
        }

        private static String phase(Game game) {
            if (game.isOver()) {
                return "ENDED";
            }
            return game.phase() == TurnPhase.ROLL ? "AWAITING_ROLL" : "AWAITING_MOVE";
        }

        private static List<String> statuses(Game game) {
            return Color.SEATS.stream()
                    .map(color -> game.playerOf(color)
                            .map(who -> game.seat(who).status().name())
                            .orElse("EMPTY"))
                    .toList();
        }
    }
}
