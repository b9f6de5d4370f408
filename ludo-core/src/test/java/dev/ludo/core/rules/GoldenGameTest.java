package dev.ludo.core.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PlayerId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole games that other engines have played. */
class GoldenGameTest {
    @TestFactory
    Stream<DynamicTest> everyGoldenGameComesOutTheSame() {
        List<JsonObject> games =
                Recorded.text("golden-games.ndjson").lines().map(Recorded::json).toList();
        assertThat(games.isEmpty(), is(false));
        return games.stream()
                .map(game -> DynamicTest.dynamicTest(
                        game.getString("mode") + " " + game.get("seed") + " " + game.get("options"), () -> play(game)));
    }

    private static void play(JsonObject golden) throws NoSuchAlgorithmException {
        Recorded.checkKeys(golden, "players", "mode", "options", "seed", "steps", "expect");
        List<PlayerId> players = golden.getJsonArray("players").getValuesAs(JsonString.class).stream()
                .map(name -> PlayerId.of(name.getString()))
                .toList();
        Step step = Game.start(Recorded.rules(golden.getString("mode"), golden.getJsonObject("options")), players);
        List<RoomEvent> events = new ArrayList<>(step.events());
        for (JsonObject recorded : golden.getJsonArray("steps").getValuesAs(JsonObject.class)) {
            step = play(step.game(), recorded);
            events.addAll(step.events());
        }
        check(step.game(), events, golden.getJsonObject("expect"));
    }

    private static Step play(Game game, JsonObject recorded) {
        Recorded.checkKeys(recorded, "seat", "roll", "pieceId", "timeout", "leave");
        PlayerId who = Recorded.player(game, recorded.getInt("seat"));
        if (recorded.getBoolean("leave", false)) {
            return game.leave(who);
        }
        if (recorded.getBoolean("timeout", false)) {
            assertThat("out of time", game.currentPlayer(), is(Optional.of(who)));
            return game.timeout(Dice.scripted(recorded.getInt("roll")));
        }
        JsonValue piece = recorded.get("pieceId");
        return Transcript.play(
                game,
                who,
                recorded.getInt("roll"),
                piece instanceof JsonString name ? Optional.of(name.getString()) : Optional.empty(),
                Optional.empty());
    }

    private static void check(Game game, List<RoomEvent> events, JsonObject expect) throws NoSuchAlgorithmException {
        Recorded.checkKeys(expect, "ranking", "winner", "progress", "counts", "eventsSha256");
        assertThat("over", game.isOver(), is(true));
        assertThat(
                Recorded.seats(game, game.ranking()), is(List.of(Recorded.integers(expect.getJsonArray("ranking")))));
        assertThat(game.winner(), is(Optional.of(PlayerId.of(expect.getString("winner")))));
        JsonArray rows = expect.getJsonArray("progress");
        for (PlayerId who : game.players()) {
            int seat = Recorded.seat(game, who);
            assertThat(Recorded.row(game, seat), is(List.of(Recorded.integers(rows.getJsonArray(seat)))));
        }
        JsonObject counts = expect.getJsonObject("counts");
        Recorded.checkKeys(counts, "turns", "rolls", "moves", "captures");
        assertThat("turns", count(events, TurnChange.class), is(counts.getInt("turns")));
        assertThat("turn number", game.turnNumber(), is(counts.getInt("turns")));
        assertThat("rolls", count(events, DiceRolled.class), is(counts.getInt("rolls")));
        assertThat("moves", count(events, MoveCause.MOVED), is(counts.getInt("moves")));
        assertThat("captures", count(events, MoveCause.CAPTURED), is(counts.getInt("captures")));
        assertThat(sha256(Recorded.brief(game, events)), is(expect.getString("eventsSha256")));
    }

    private static int count(List<RoomEvent> events, Class<? extends RoomEvent> type) {
        return (int) events.stream().filter(type::isInstance).count();
    }

    private static int count(List<RoomEvent> events, MoveCause cause) {
        return (int) events.stream()
                .filter(event -> event instanceof PieceMoved moved && moved.cause() == cause)
                .count();
    }

    private static String sha256(List<String> lines) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        lines.forEach(line -> digest.update((line + "\n").getBytes(UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
